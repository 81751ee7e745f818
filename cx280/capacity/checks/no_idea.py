"""An assessment in which no initiative is tied to modernization under IDEA (280.17-e3)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-e3"


@implements(RULE)
def no_idea(facts: AssessmentFacts) -> list[Finding]:
    """A WARN when no initiative names an IDEA item."""
    asked = any(asked.source == RULE for each in facts.template.components for asked in each.asked)
    if not asked or any(each.idea.strip() for each in facts.improvements):
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            "No initiative is tied to modernization under IDEA.",
            "improvements",
            "Name the IDEA initiative in the action it belongs to.",
            facts=", ".join(sorted(each.words for each in facts.improvements)),
        )
    ]
