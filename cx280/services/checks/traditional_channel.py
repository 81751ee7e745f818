"""A service that leaves out people who are not online."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms
from cx280.services.rules.traditional import is_exempt


@implements("280.6-b1", "INC-22")
def traditional_channel(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when no traditional channel is in use and no exemption holds."""
    if not facts.channels or facts.has_traditional_channel or is_exempt(facts):
        return []
    lost = sorted(each.label.lower() for each in facts.retired_channels if not each.is_digital)
    return [
        Finding(
            "280.6-b1",
            Severity.ERROR,
            f"The last traditional channel of this service is gone ({', '.join(lost)})."
            if lost
            else "This service has no traditional channel.",
            where="channels",
            fix="Add the phone, mail or in-person channel it has. A service born digital may be"
            " exempt, with a reason and the name of who approved it.",
        )
    ]
