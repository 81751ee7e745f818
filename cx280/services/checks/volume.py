"""A service whose size is not known."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.4-g3")
def volume(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when no yearly number of customers, with source and year, is recorded."""
    if facts.volumes:
        return []
    return [
        Finding(
            "280.4-g3",
            Severity.WARN,
            "Nobody recorded how many people use this service.",
            where="volumes",
            fix="Add the customers of one fiscal year and where the number comes from.",
        )
    ]
