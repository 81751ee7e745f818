"""No step to greater maturity, and no word why there is none (280.17-c2)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-c2"


@implements(RULE)
def no_initiative(facts: AssessmentFacts) -> list[Finding]:
    """An ERROR when nothing is underway or planned and nobody said that this is so, and why."""
    asked = any(asked.source == RULE for each in facts.template.components for asked in each.asked)
    underway = [
        each
        for each in facts.improvements
        if each.matures and each.status in {"planned", "underway"}
    ]
    if not asked or underway or facts.no_initiative.strip():
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            "No initiative is underway or planned so that the program matures.",
            next(
                asked.code
                for each in facts.template.components
                for asked in each.asked
                if asked.source == RULE
            ),
            "Write down a step, or say that there is none and why.",
        )
    ]
