"""A role that somebody has to hold and nobody does (280.9-c1, 280.17-b2)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-c1"


@implements(RULE, "280.17-b2")
def vacant_role(facts: AssessmentFacts) -> list[Finding]:
    """A WARN for each mandatory role that is vacant; it is printed as vacant."""
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Nobody holds the role “{each}”.",
            f"roles[{each}]",
            "Whoever keeps the accounts can give somebody the role, with its first day.",
        )
        for each in facts.vacant
    ]
