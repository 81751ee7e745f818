"""What keeps a request from going out: each check one function, in a file named for its subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cx280.kernel.finding import Finding
from cx280.paperwork.checks.burden import burden_contradicts, expected_otherwise, time_measured
from cx280.paperwork.checks.ceiling import over_the_ceiling
from cx280.paperwork.checks.certified import certifications_answered
from cx280.paperwork.checks.clearance import clearance_covers
from cx280.paperwork.checks.contradictions import incentive_explained, reporting_fits, ways_fit
from cx280.paperwork.checks.instrument import instrument_stands
from cx280.paperwork.checks.missing import fields_missing
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known

__all__ = ["CHECKS", "check"]

Check = Callable[[Answers, Known, date], list[Finding]]

# In the order of the template.
CHECKS: tuple[Check, ...] = (
    clearance_covers,
    fields_missing,
    reporting_fits,
    ways_fit,
    incentive_explained,
    burden_contradicts,
    time_measured,
    expected_otherwise,
    over_the_ceiling,
    certifications_answered,
    instrument_stands,
)


def check(answers: Answers, known: Known, on: date) -> list[Finding]:
    """Everything found in a request on a day; errors keep it from being signed and sent."""
    return [finding for each in CHECKS for finding in each(answers, known, on)]
