"""A service that is in no certified inventory, or below the minimum of 280.5 (280.14-a2)."""

from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding
from cx280.services.rules.designation import below_minimum, not_in_inventory


def unfit(proposal: ProposalFacts) -> list[Finding]:
    """An ERROR for each service the inventory does not carry as it must."""
    given = [each.service for each in proposal.chosen]
    listed = not_in_inventory(given) if proposal.certified_year is not None else []
    return [*listed, *below_minimum(given)]
