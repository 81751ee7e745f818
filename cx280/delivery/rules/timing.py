"""When a message may leave: inside the hours of the edition, to the second, whatever clocks do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cx280.circular.implements import implements
from cx280.surveys.rules.timing import Promptness, promptness
from cx280.surveys.rules.vocabulary import Level

# Journeys and relationships have no 48 hours (INC-12); an address is not kept for longer either.
LONGEST_WAIT = timedelta(days=7)


def leaves_by(
    level: Level, ended_at: datetime | None, received_at: datetime, limit_hours: int
) -> datetime:
    """The last moment at which a message about the interaction may leave."""
    if level is Level.TRANSACTION and ended_at is not None:
        return ended_at.astimezone(UTC) + timedelta(hours=limit_hours)
    return received_at.astimezone(UTC) + LONGEST_WAIT


@implements("280.10-b2")
def may_leave(
    level: Level, ended_at: datetime | None, leave_by: datetime, now: datetime, limit_hours: int
) -> bool:
    """Whether a message may leave at this moment: 48:00 after the end it may, 48:01 it may not.

    A transaction of which nobody knows when it ended is asked about by no message.
    """
    verdict = promptness(level, ended_at, now, limit_hours)
    if verdict in {Promptness.LATE, Promptness.NOT_VERIFIABLE}:
        return False
    return now <= leave_by


def remind_at(sent_at: datetime, after_hours: int, leave_by: datetime) -> datetime | None:
    """When the one reminder is due; None without one, and where it would come too late.

    A reminder asks as well: it leaves inside the same hours as the invitation.
    """
    due = sent_at + timedelta(hours=after_hours)
    return due if after_hours and due <= leave_by else None


@dataclass(frozen=True, slots=True)
class Lags:
    """How long after the end people were asked, in minutes; n: how many that rests on."""

    n: int
    median: float
    p90: float
    within: int
    limit_hours: int

    @property
    def share_within(self) -> float:
        """The share asked within the limit."""
        return self.within / self.n


@implements("280.10-k1")
def lags_of(counted: Sequence[tuple[int, int]], limit_hours: int) -> Lags | None:
    """The lags from (minutes, how many) pairs, whole minutes rounded up; None when there are none.

    Median and p90 are the smallest minutes by which half, and nine of ten, had been asked.
    """
    rows = sorted(each for each in counted if each[1])
    n = sum(count for _, count in rows)
    if not n:
        return None
    within = sum(count for minutes, count in rows if minutes <= limit_hours * 60)
    return Lags(n, _by(rows, n, 0.5), _by(rows, n, 0.9), within, limit_hours)


def minutes_between(ended_at: datetime, sent_at: datetime) -> int:
    """Whole minutes from end to message, rounded up, 0 or more: 48:00:01 is over 48 hours."""
    seconds = (sent_at - ended_at) / timedelta(seconds=60)
    return max(0, -int(-seconds // 1))


LONGEST_HOURS = 24 * 14


@implements("280.10-k1")
def hours_after(ended: str, answered_at: datetime) -> int | None:
    """Whole hours from the hour an interaction ended in to the answer, rounded up; None without.

    Counted from the beginning of the hour, so nothing looks sooner than it was. What a link says
    of another time than the last two weeks is nothing.
    """
    try:
        began = datetime.strptime(ended, "%Y-%m-%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    hours = -int(-((answered_at - began) / timedelta(hours=1)) // 1)
    return hours if 0 <= hours <= LONGEST_HOURS else None


def _by(rows: Sequence[tuple[int, int]], n: int, part: float) -> float:
    reached = 0
    for minutes, count in rows:
        reached += count
        if reached >= part * n:
            return float(minutes)
    return float(rows[-1][0])
