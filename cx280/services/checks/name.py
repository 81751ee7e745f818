"""A service without a name, or with the name of another."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.5-a2")
def name(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when the name is blank or another service of the agency has it."""
    if is_blank(facts.name):
        return [
            Finding(
                "280.5-a2",
                Severity.ERROR,
                "This service has no name.",
                where="name",
                fix="Write the name the public knows it by.",
            )
        ]
    if facts.namesakes:
        return [
            Finding(
                "280.5-a2",
                Severity.ERROR,
                f"Another service of the agency is also called “{facts.name.strip()}”.",
                where="name",
                fix="Give one of them a name that tells them apart, or retire one.",
            )
        ]
    return []
