"""A designated service whose journey nobody drew (280.14-f2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.facts import ServiceFacts

RULE = "280.14-f2"


@implements(RULE)
def no_journey(service: ServiceFacts) -> list[Finding]:
    """A WARN when there is no journey map."""
    if service.journeys:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Nobody drew a journey of {service.name}.",
            "journeys",
            "Draw one on the page of the service, from what people told.",
        )
    ]
