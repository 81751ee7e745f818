"""A service not offered digitally, with no word on why."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.5-a6")
def why_not_digital(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when channels exist, none is digital, and no reason is written."""
    if not facts.channels or facts.has_digital_channel or not is_blank(facts.why_not_digital):
        return []
    return [
        Finding(
            "280.5-a6",
            Severity.ERROR,
            "This service has no digital channel, and nothing says why.",
            where="why_not_digital",
            fix="Say why it is not offered digitally, or add the digital channel it has.",
        )
    ]
