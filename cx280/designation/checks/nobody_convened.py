"""A proposal about which nobody came together, or not everybody (280.13-b4, 280.13-b5)."""

from cx280.designation.rules.facts import ProposalFacts
from cx280.designation.rules.offices import who_is_missing
from cx280.kernel.finding import Finding


def nobody_convened(proposal: ProposalFacts) -> list[Finding]:
    """A WARN without a meeting, and for each office that never took part."""
    return who_is_missing(proposal.meetings, proposal.offices, proposal.fiscal_year)
