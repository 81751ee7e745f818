"""An action that does not say what will change (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f1"
# Ours: fewer words cannot say what changes for whom.
FEWEST_WORDS = 4


@implements(RULE)
def vague(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action whose change is missing or only a few words."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{each.named} does not say what will change for customers.",
            each.where,
            "Write the change in a sentence: what will be different, where, for whom.",
        )
        for each in plan.actions
        if len(each.change.split()) < FEWEST_WORDS
    ]
