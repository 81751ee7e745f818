"""A service that does not say who delivers it."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.4-g6")
def roles(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when no task of the delivery chain is listed."""
    if facts.performers:
        return []
    return [
        Finding(
            "280.4-g6",
            Severity.WARN,
            "The roles are missing: who does what, from the first contact to the end?",
            where="roles",
            fix="Add each task and whether an employee, contractor, partner or machine does it.",
        )
    ]
