"""A service that does not say how it ends."""

from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


def outcome(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when the outcome that ends the service is not written."""
    if not is_blank(facts.outcome):
        return []
    return [
        Finding(
            "280.4-e1",
            Severity.WARN,
            "The outcome is missing: completion cannot be counted without knowing the end.",
            where="outcome",
            fix="Say what has happened when the customer is done.",
        )
    ]
