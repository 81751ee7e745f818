"""A service not offered digitally, with no word on how it could be."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.5-a7")
def digital_potential(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when channels exist, none is digital, and no potential way is written."""
    if not facts.channels or facts.has_digital_channel or not is_blank(facts.digital_potential):
        return []
    return [
        Finding(
            "280.5-a7",
            Severity.ERROR,
            "This service has no digital channel, and nothing says how it could get one.",
            where="digital_potential",
            fix="Describe ways it could be offered digitally, or add the digital channel it has.",
        )
    ]
