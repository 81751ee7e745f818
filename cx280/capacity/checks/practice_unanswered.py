"""Practices nobody has answered (280.9-g1)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-g1"


@implements(RULE)
def practice_unanswered(facts: AssessmentFacts) -> list[Finding]:
    """An INFO for each function with unanswered practices: neither zero nor not evidenced."""
    found = []
    for function in facts.template.functions:
        silent = [each.title for each in function.practices if each.code not in facts.answers]
        if silent and len(silent) < len(function.practices):
            found.append(
                Finding(
                    RULE,
                    Severity.INFO,
                    f"{function.name}: {len(silent)} of {len(function.practices)} practices are"
                    f" not answered: {', '.join(silent)}.",
                    f"{function.code}.practices",
                    "Answer them, or say that they are not evidenced.",
                )
            )
    return found
