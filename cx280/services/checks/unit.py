"""A service nobody answers for."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.5-a4", "280.4-d5")
def unit(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when no unit is responsible, or the unit is no longer active."""
    if is_blank(facts.unit):
        message = "No organizational unit is responsible for this service."
    elif not facts.unit_is_active:
        message = f"{facts.unit} is responsible for this service, but no longer exists."
    else:
        return []
    return [
        Finding(
            "280.5-a4",
            Severity.ERROR,
            message,
            where="owner",
            fix="Choose the active unit that manages the service.",
        )
    ]
