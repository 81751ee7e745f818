"""Days as people live them, in the UTC hours that events are kept in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Offset:
    """How far local time runs ahead of UTC, in whole seconds, for moments before `until`."""

    until: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days: from `start`, before `end` (both UTC), with the offsets in between."""

    first: date
    last: date
    start: datetime
    end: datetime
    offsets: tuple[Offset, ...]

    @property
    def hours(self) -> float:
        """How long it is: a day when clocks change has 23 or 25 hours."""
        return (self.end - self.start) / timedelta(hours=1)

    @property
    def parameters(self) -> dict[str, object]:
        """What a question needs to know of it: moments, and the UTC days that hold them."""
        return between(self.start, self.end)


def between(start: datetime, end: datetime) -> dict[str, object]:
    """The parameters of a question for moments from `start`, before `end`."""
    last = (end - timedelta(microseconds=1)).astimezone(UTC).date()
    return {
        "start": start,
        "end": end,
        "first_day": start.astimezone(UTC).date(),
        "last_day": last,
    }


def local_days(first: date, last: date, zone: str) -> Period:
    """The days from first to last, both counted, as people in that time zone live them.

    A day is from midnight to midnight on the wall, so a day when clocks change has 23 or 25 hours.
    """
    place = ZoneInfo(zone)
    start, end = _midnight(first, place), _midnight(last + timedelta(days=1), place)
    return Period(first, last, start, end, tuple(_offsets(start, end, place)))


def _midnight(day: date, place: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), place).astimezone(UTC)


def _offsets(start: datetime, end: datetime, place: ZoneInfo) -> list[Offset]:
    """The offsets in turn; the last ends with the period."""
    found: list[Offset] = []
    at = start
    while at < end:
        following = min(at + timedelta(hours=6), end)
        if _seconds(at, place) != _seconds(following, place):
            following = min(_change(at, following, place), end)
            found.append(Offset(following, _seconds(at, place)))
        at = following
    return [*found, Offset(end, _seconds(end - timedelta(seconds=1), place))]


def _change(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first second of the new offset."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _seconds(middle, place) == _seconds(before, place):
            before = middle
        else:
            after = middle
    return after


def _seconds(at: datetime, place: ZoneInfo) -> int:
    offset = at.astimezone(place).utcoffset()
    return int(offset.total_seconds()) if offset else 0
