"""A service that does not say whom it serves."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.2-a1")
def customers(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when no kind of customer, with the way it meets the service, is listed."""
    if facts.customers:
        return []
    return [
        Finding(
            "280.2-a1",
            Severity.WARN,
            "Nothing says who the customers of this service are.",
            where="customers",
            fix="Add at least one kind of customer and the way it meets the service.",
        )
    ]
