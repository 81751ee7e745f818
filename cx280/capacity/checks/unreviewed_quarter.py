"""A quarter in which nobody is recorded to have looked at the data (280.9-b3)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-b3"


@implements(RULE)
def unreviewed_quarter(facts: AssessmentFacts) -> list[Finding]:
    """A WARN for each ended quarter of the year without a review in the log."""
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"No review of the data is recorded in {each}.",
            f"reviews[{each}]",
            "Write down who looked at which data, and what was decided.",
        )
        for each in facts.unreviewed
    ]
