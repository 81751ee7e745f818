"""The checks of a plan: one file each, named for what it finds (280.12, 280.9-b1).

Each is a WARN: the agency writes its plan, and the Circular says should.
"""

from collections.abc import Callable

from cx280.circular.implements import implements
from cx280.indicators.checks.half_measured import half_measured
from cx280.indicators.checks.no_experience import no_experience
from cx280.indicators.checks.no_feedback import no_feedback
from cx280.indicators.checks.no_service_level import no_service_level
from cx280.indicators.checks.no_target import no_target
from cx280.indicators.rules.facts import PlanFacts
from cx280.kernel.finding import Finding

Check = Callable[[PlanFacts], list[Finding]]
CHECKS: tuple[Check, ...] = (
    no_experience,
    no_feedback,
    no_service_level,
    half_measured,
    no_target,
)


@implements("280.8-b4")
def check(plan: PlanFacts) -> list[Finding]:
    """Everything that is wrong with the plan, in the order of the checks.

    Each names the rule, and with it the paragraph; the edition is that of the plan's year.
    """
    return [found for each in CHECKS for found in each(plan)]
