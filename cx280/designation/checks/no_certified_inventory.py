"""A proposal made from no certified inventory (280.13-b6)."""

from cx280.circular.implements import implements
from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.13-b6"


@implements(RULE)
def no_certified_inventory(proposal: ProposalFacts) -> list[Finding]:
    """An ERROR where the agency has certified no inventory."""
    if proposal.certified_year is not None:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            "The agency has no certified inventory to choose services from.",
            "inventory",
            "Certify the inventory first, under Services.",
        )
    ]
