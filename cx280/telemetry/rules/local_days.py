"""Local days as they are counted: with the day before, and some hours of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cx280.telemetry.rules.periods import Offset, local_days

# How long a visit may take from one step to the next, as a visit ends in most counts of the web.
WITHIN = timedelta(minutes=30)
# How far into the next day a visit that began before midnight is followed.
AHEAD = timedelta(hours=4)
_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)
# Rows of a service by UTC hour, counted in hours since 1970.
Hours = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class LocalDays:
    """Local days from first to last, both counted, in UTC.

    `before` is the start of the day before the first, `final` that of the last one; offsets are of
    all from `before` to the end of the day after.
    """

    first: date
    last: date
    before: datetime
    start: datetime
    final: datetime
    end: datetime
    offsets: tuple[Offset, ...]

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + _DAY * each for each in range((self.last - self.first).days + 1)]

    @property
    def ahead(self) -> datetime:
        """Until when visits that began on the last day are followed."""
        return self.end + AHEAD

    @property
    def utc_days(self) -> list[date]:
        """The days of the lake that hold all they are counted from."""
        first, last = self.before.date(), _last(self.ahead)
        return [first + _DAY * each for each in range((last - first).days + 1)]

    def parameters(self, now: datetime) -> dict[str, object]:
        """What questions about the days may ask for; each takes what it names."""
        return {
            "before": self.before,
            "start": self.start,
            "final": self.final,
            "end": self.end,
            "ahead": self.ahead,
            "settled": now - WITHIN,
            "first_day": self.before.date(),
            "last_day": _last(self.end),
            "last_day_ahead": _last(self.ahead),
            "within": WITHIN.total_seconds(),
        }

    def own(self, hours: Hours) -> int:
        """Rows of the days themselves."""
        return _rows(hours, self.start, self.end)

    def around(self, hours: Hours, *, ahead: bool) -> int:
        """Rows they are counted from; with those of the hours ahead, as flows are."""
        return _rows(hours, self.before, self.ahead if ahead else self.end)


def counted_days(first: date, last: date, zone: str) -> LocalDays:
    """The days from first to last, both counted, as people in the time zone live them."""
    period = local_days(first, last, zone)
    around = local_days(first - _DAY, last + _DAY, zone)
    final = local_days(last, last, zone).start
    return LocalDays(first, last, around.start, period.start, final, period.end, around.offsets)


def number_of(day: date) -> int:
    """The days from the first day of 1970 to this one."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day of that number."""
    return _EPOCH + _DAY * number


def touched(utc_day: date) -> list[date]:
    """The local days, of any time zone, that rows of a day of the lake may change, newest first.

    Those around it: a day is counted from the day before it and some hours of the next.
    """
    return [utc_day + _DAY * each for each in (2, 1, 0, -1, -2)]


def _last(end: datetime) -> date:
    return (end - timedelta(microseconds=1)).astimezone(UTC).date()


def _rows(hours: Hours, start: datetime, end: datetime) -> int:
    first = int(start.timestamp()) // 3600
    last = -(-int(end.timestamp()) // 3600)
    return sum(hours.get(each, 0) for each in range(first, last))
