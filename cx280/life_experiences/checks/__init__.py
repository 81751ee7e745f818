"""The checks of a life experience: one file each, named for what it finds (280.13-c)."""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.life_experiences.checks.no_charter import no_charter
from cx280.life_experiences.checks.no_lead import no_lead
from cx280.life_experiences.checks.no_milestone import no_milestone
from cx280.life_experiences.checks.one_program import one_program
from cx280.life_experiences.rules.facts import ExperienceFacts

Check = Callable[[ExperienceFacts], list[Finding]]
CHECKS: tuple[Check, ...] = (one_program, no_lead, no_milestone, no_charter)


def check(experience: ExperienceFacts) -> list[Finding]:
    """Everything that is wrong with it, in the order of the checks."""
    return [found for each in CHECKS for found in each(experience)]
