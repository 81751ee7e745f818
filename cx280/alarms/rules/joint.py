"""Which falls are one incident: those of the same hours, in one agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.alarms.rules.vocabulary import Kind

# Falls that begin so far apart may have one cause.
NEAR = timedelta(hours=3)
# How people rate an office shows over days: so far back its fall is taken to reach.
_BACK = timedelta(days=14)
# What hits several services at once shows on their websites, not in what people answer.
_SHARED = {Kind.EVENTS_BY_HOUR, Kind.EVENTS_BY_DAY, Kind.FLOW, Kind.COMPLETION, Kind.STEP,
           Kind.SPEED}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fall:
    """That a watched figure of a service became worse in a period, known by when it begins.

    since: when the change began; None: with the period.
    """

    agency: int
    service: int
    kind: Kind
    period: datetime
    end: datetime
    since: datetime | None = None

    @property
    def began(self) -> datetime:
        """When the change began, at most two weeks before its period is over."""
        return max(min(self.since or self.period, self.period), self.end - _BACK)


def belong_together(one: Fall, other: Fall) -> bool:
    """Whether the two are told as one.

    Their periods meet, or lie at most three hours apart. Of one service anything joins; of two
    services only what is seen on websites; of two agencies nothing. An office and another one, or
    the whole, are one when their changes overlap: one is told days after the other.
    """
    if one.agency != other.agency:
        return False
    if one.service != other.service and not {one.kind, other.kind} <= _SHARED:
        return False
    if Kind.UNIT_SCORE in {one.kind, other.kind} and one.kind.is_score and other.kind.is_score:
        return one.began <= other.end and other.began <= one.end
    return one.period <= other.end + NEAR and other.period <= one.end + NEAR


def joined(fall: Fall, incidents: Sequence[tuple[int, Sequence[Fall]]]) -> int | None:
    """The first of the open incidents, oldest first, that the fall belongs to; None: a new one."""
    for number, falls in incidents:
        if any(belong_together(fall, each) for each in falls):
            return number
    return None


def incidents_of(falls: Sequence[Fall]) -> int:
    """How many incidents the falls would have been, taken in the order of their periods."""
    incidents: list[tuple[int, list[Fall]]] = []
    for fall in sorted(falls, key=lambda each: (each.end, each.period)):
        number = joined(fall, incidents)
        if number is None:
            incidents.append((len(incidents), [fall]))
        else:
            incidents[number][1].append(fall)
    return len(incidents)
