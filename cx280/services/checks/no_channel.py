"""A service given nowhere."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.5-a5", "280.4-g5")
def no_channel(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when no channel is in use; the other channel checks then stay silent."""
    if facts.channels:
        return []
    return [
        Finding(
            "280.5-a5",
            Severity.ERROR,
            "No channel is listed: nobody can tell where this service is given.",
            where="channels",
            fix="Add every channel through which people get the service.",
        )
    ]
