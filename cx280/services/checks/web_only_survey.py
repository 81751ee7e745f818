"""A service given by phone or on paper whose surveys only the web reaches."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.6-b2")
def web_only_survey(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when a traditional channel is in use and every open survey is digital."""
    if not facts.survey_channels or not facts.has_traditional_channel:
        return []
    if any(not each.is_digital for each in facts.survey_channels):
        return []
    return [
        Finding(
            "280.6-b2",
            Severity.WARN,
            "People get this service without the internet, but can only give feedback with it.",
            where="surveys",
            fix="Open a survey by phone, on paper or at the counter as well.",
        )
    ]
