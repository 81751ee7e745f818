"""Quiet hours: when somebody is not to be disturbed, by their own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cx280.alarms.rules.vocabulary import Pace
from cx280.kernel.words import Word

_MIDNIGHT, _MORNING = time(0), time(8)
_SATURDAY = 5
# A weekend and two nights fit; a clock change moves an hour of one of them.
_DAYS_AHEAD = 5
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to before `end` by the clock of `zone`, over midnight where end comes first.

    Without start or end no hour is quiet. weekends: all of Saturday and Sunday as well.
    """

    zone: str
    start: time | None = None
    end: time | None = None
    weekends: bool = False


def is_quiet(hours: QuietHours, at: datetime) -> bool:
    """Whether the moment lies in quiet hours. In the hour that a clock has twice, both times do."""
    local = at.astimezone(ZoneInfo(hours.zone))
    if hours.weekends and local.weekday() >= _SATURDAY:
        return True
    if hours.start is None or hours.end is None or hours.start == hours.end:
        return False
    clock = local.time().replace(tzinfo=None)
    if hours.start < hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end


def next_loud(hours: QuietHours, at: datetime) -> datetime:
    """The first moment from `at` on that is not quiet, in UTC; `at` itself where it is not."""
    if not is_quiet(hours, at):
        return at.astimezone(UTC)
    zone = ZoneInfo(hours.zone)
    today = at.astimezone(zone).date()
    # A clock that shows an end twice does so first at fold 0; one that jumps over it, see below.
    ends = {
        datetime.combine(today + timedelta(days), clock, zone).replace(fold=fold).astimezone(UTC)
        for days in range(_DAYS_AHEAD)
        for clock in (_MIDNIGHT, hours.end or _MIDNIGHT)
        for fold in (0, 1)
    }
    moments = sorted(ends | _clock_changes(at.astimezone(UTC), zone))
    return next(each for each in moments if each >= at and not is_quiet(hours, each))


def _clock_changes(since: datetime, zone: ZoneInfo) -> set[datetime]:
    """When the clock is put forward or back in the days ahead: at whole quarters of an hour."""
    first = since.replace(minute=0, second=0, microsecond=0)
    quarters = [first + each * _QUARTER for each in range(_DAYS_AHEAD * 96)]
    offsets = [each.astimezone(zone).utcoffset() for each in quarters]
    return {now for now, (before, after) in zip(quarters[1:], pairwise(offsets), strict=True)
            if before != after}  # fmt: skip


def due(hours: QuietHours, at: datetime, *, cannot_wait: bool = False) -> datetime:
    """When to tell somebody of what was found at that moment, in UTC: at once where it cannot wait,
    whatever the hour."""
    return at.astimezone(UTC) if cannot_wait else next_loud(hours, at)


def latest_digest(pace: Pace, now: datetime, zone: str) -> date:
    """The last day on which a digest of that pace was due, at eight in the morning of the zone.

    Not for AT_ONCE, which gathers nothing.
    """
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() >= _MORNING else local.date() - timedelta(days=1)
    if pace is Pace.WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if pace is Pace.MONTHLY else day


def is_digest_due(pace: Pace, sent_on: date | None, now: datetime, zone: str) -> bool:
    """Whether a digest is to be sent now; one missed, as while the system was down, is made up for.

    sent_on: the day of the last one; None: none yet, and the first comes on the next such day.
    """
    if pace is Pace.AT_ONCE:
        return False
    latest = latest_digest(pace, now, zone)
    if sent_on is None:
        return latest == now.astimezone(ZoneInfo(zone)).date()
    return sent_on < latest


class PutOff(Word):
    """Until when an incident can be put off."""

    AN_HOUR = "hour", "For an hour"
    FOUR_HOURS = "four_hours", "For four hours"
    TOMORROW = "tomorrow", "Until tomorrow at 8"
    MONDAY = "monday", "Until Monday at 8"
    A_WEEK = "week", "For a week"


def put_off_until(choice: PutOff, now: datetime, zone: str) -> datetime:
    """When it comes back, in UTC; mornings by the clock of the zone, never today's."""
    spans = {
        PutOff.AN_HOUR: timedelta(hours=1),
        PutOff.FOUR_HOURS: timedelta(hours=4),
        PutOff.A_WEEK: timedelta(days=7),
    }
    if choice in spans:
        return now.astimezone(UTC) + spans[choice]
    place = ZoneInfo(zone)
    day = now.astimezone(place).date() + timedelta(days=1)
    if choice is PutOff.MONDAY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, _MORNING, place).astimezone(UTC)
