"""The checks of research: one file each, named for what it finds (280.4-b, 280.9-e, 280.14-f)."""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.research.checks.crowded_rounds import crowded_rounds
from cx280.research.checks.needs_approval import needs_approval
from cx280.research.checks.no_journey import no_journey
from cx280.research.checks.one_sided import one_sided
from cx280.research.checks.unreached_segment import unreached_segment
from cx280.research.checks.untested_flow import untested_flow
from cx280.research.rules.facts import ServiceFacts, StudyFacts

__all__ = ["check_service", "check_study", "crowded_rounds"]

STUDY_CHECKS: tuple[Callable[[StudyFacts], list[Finding]], ...] = (
    needs_approval,
    unreached_segment,
)
SERVICE_CHECKS: tuple[Callable[[ServiceFacts], list[Finding]], ...] = (
    one_sided,
    no_journey,
    untested_flow,
)


def check_study(study: StudyFacts) -> list[Finding]:
    """Everything that is wrong with a study."""
    return [found for each in STUDY_CHECKS for found in each(study)]


def check_service(service: ServiceFacts) -> list[Finding]:
    """What a designated service still lacks in research."""
    return [found for each in SERVICE_CHECKS for found in each(service)]
