"""A service given through one channel only."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.6-a2")
def single_channel(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A note, never in the way, when exactly one channel is in use."""
    if len(facts.channels) != 1:
        return []
    (only,) = facts.channels
    return [
        Finding(
            "280.6-a2",
            Severity.INFO,
            f"People can get this service in one way only: {only.label.lower()}.",
            where="channels",
            fix="Consider a second channel for those whom the first does not reach.",
        )
    ]
