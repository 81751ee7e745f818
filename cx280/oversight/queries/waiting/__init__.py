"""What waits for OMB. Each part of the system that hands OMB something adds a source here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from cx280.oversight.queries.waiting.assessments import assessments
from cx280.oversight.queries.waiting.designations import designations
from cx280.oversight.queries.waiting.plans import plans
from cx280.oversight.queries.waiting.quarters import accepted, submissions
from cx280.oversight.queries.waiting.talks import follow_ups, unrecorded
from cx280.oversight.rules.waiting import Waiting

# What waits on a day: one query each, in any order.
Source = Callable[[date], Iterable[Waiting]]
SOURCES: tuple[Source, ...] = (
    designations, submissions, accepted, assessments, plans, follow_ups, unrecorded,
)  # fmt: skip


def everything_waiting(today: date) -> list[Waiting]:
    """All of it; as many queries as there are sources."""
    return [each for source in SOURCES for each in source(today)]
