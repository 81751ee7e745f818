"""A service that does not say what people get."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.4-g4", "280.4-d1")
def offering(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when the offering is not written."""
    if not is_blank(facts.offering):
        return []
    return [
        Finding(
            "280.4-g4",
            Severity.WARN,
            "The offering is missing: what do people have when they are done?",
            where="offering",
            fix="Name the product, benefit or task in the customer’s words.",
        )
    ]
