"""A digital flow of a designated service that no customer tried this year (280.14-f5)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.facts import ServiceFacts

RULE = "280.14-f5"


@implements(RULE)
def untested_flow(service: ServiceFacts) -> list[Finding]:
    """A WARN for each flow without a round of usability tests in the fiscal year."""
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"No customer tested “{flow}” of {service.name} in FY{service.fiscal_year}.",
            f"flows[{flow}]",
            "Hold a round with some customers before the year ends.",
        )
        for flow, rounds in service.flows.items()
        if not rounds
    ]
