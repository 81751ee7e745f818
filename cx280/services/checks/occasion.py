"""A service whose occasion nobody told."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.4-g2")
def occasion(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when the situation that brings people to the service is not written."""
    if not is_blank(facts.occasion):
        return []
    return [
        Finding(
            "280.4-g2",
            Severity.WARN,
            "The occasion is missing: what happens in people’s lives that brings them here?",
            where="occasion",
            fix="Tell the situation as a short story or name the life event.",
        )
    ]
