"""The checks of a proposal: one file each, named for what it finds.

ERROR stops the signature; WARN is told beside it.
"""

from collections.abc import Callable

from cx280.designation.checks.no_certified_inventory import no_certified_inventory
from cx280.designation.checks.nobody_convened import nobody_convened
from cx280.designation.checks.nothing_known import nothing_known
from cx280.designation.checks.too_few import too_few
from cx280.designation.checks.unfit import unfit
from cx280.designation.checks.why_unsaid import why_unsaid
from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding

Check = Callable[[ProposalFacts], list[Finding]]

# In the order in which a person works through them.
CHECKS: tuple[Check, ...] = (
    no_certified_inventory,
    too_few,
    unfit,
    why_unsaid,
    nothing_known,
    nobody_convened,
)


def check(proposal: ProposalFacts) -> list[Finding]:
    """Everything that is wrong with the proposal, in the order of the checks."""
    return [found for each in CHECKS for found in each(proposal)]
