"""A proposal of fewer services than the Circular asks for (280.13-b6, 280.14-a1)."""

from cx280.circular.implements import implements
from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.13-b6"


@implements(RULE, "280.14-a1")
def too_few(proposal: ProposalFacts) -> list[Finding]:
    """An ERROR for fewer than two distinct services (the edition's number)."""
    count = len({each.service.service for each in proposal.chosen})
    if count >= proposal.minimum:
        return []
    said = f"{count} service{'s'[: count != 1]} {'is' if count == 1 else 'are'} put forward"
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{said}; {proposal.minimum} are the least.",
            "services",
            "Put forward another service of the certified inventory.",
        )
    ]
