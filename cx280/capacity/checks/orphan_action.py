"""An action of the plan that is tied to no objective and no investment (280.9-c4)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-c4"


@implements(RULE)
def orphan_action(facts: AssessmentFacts) -> list[Finding]:
    """A WARN that lists every action without a strategic objective or an investment."""
    orphans = [each.words for each in facts.improvements if each.is_action and not each.serves]
    if not orphans:
        return []
    named = "; ".join(f"“{each}”" for each in orphans)
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Actions that name no objective or investment: {len(orphans)}. {named}.",
            "alignment",
            "Write down what each action serves, with the objective’s or the investment’s number.",
        )
    ]
