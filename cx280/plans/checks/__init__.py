"""The checks of an Action Plan: one file each, named for what it finds (280.14-e, 280.17-f).

ERROR stops the signature, WARN and INFO inform.
"""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.plans.checks.asked_unanswered import asked_unanswered
from cx280.plans.checks.backwards import backwards
from cx280.plans.checks.human_centered_unsaid import human_centered_unsaid
from cx280.plans.checks.no_action import no_action
from cx280.plans.checks.no_evidence import no_evidence
from cx280.plans.checks.no_idea import no_idea
from cx280.plans.checks.no_measure import no_measure
from cx280.plans.checks.no_owner import no_owner
from cx280.plans.checks.no_time import no_time
from cx280.plans.checks.outside_year import outside_year
from cx280.plans.checks.vague import vague
from cx280.plans.rules.facts import PlanFacts

Check = Callable[[PlanFacts], list[Finding]]

# In the order in which a person works through them.
CHECKS: tuple[Check, ...] = (
    no_action,
    vague,
    no_evidence,
    no_owner,
    no_time,
    outside_year,
    no_measure,
    backwards,
    human_centered_unsaid,
    no_idea,
    asked_unanswered,
)


def check(plan: PlanFacts) -> list[Finding]:
    """Everything that is wrong with the plan, in the order of the checks."""
    return [found for each in CHECKS for found in each(plan)]
