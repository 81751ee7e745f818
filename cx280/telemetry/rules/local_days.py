"""A local day as it is counted: with the day before, and some hours of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cx280.telemetry.rules.flow_questions import AHEAD, WITHIN
from cx280.telemetry.rules.periods import local_days

_DAY = timedelta(days=1)
# Rows of a service by UTC hour, counted in hours since 1970.
Hours = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One local day in UTC; `before` is the start of the day before it."""

    day: date
    before: datetime
    start: datetime
    end: datetime

    @property
    def ahead(self) -> datetime:
        """Until when visits that began on the day are followed."""
        return self.end + AHEAD

    @property
    def utc_days(self) -> list[date]:
        """The days of the lake that hold all it is counted from."""
        first, last = self.before.date(), _last(self.ahead)
        return [first + timedelta(each) for each in range((last - first).days + 1)]

    def parameters(self, now: datetime) -> dict[str, object]:
        """What questions about the day may ask for; each takes what it names."""
        return {
            "before": self.before,
            "start": self.start,
            "end": self.end,
            "ahead": self.ahead,
            "settled": max(self.start, min(self.end, now - WITHIN)),
            "first_day": self.before.date(),
            "last_day": _last(self.end),
            "within": WITHIN.total_seconds(),
        }

    @property
    def last_day_ahead(self) -> date:
        """The last day of the lake that holds visits followed."""
        return _last(self.ahead)

    def own(self, hours: Hours) -> int:
        """Rows of the day itself."""
        return _rows(hours, self.start, self.end)

    def around(self, hours: Hours, *, ahead: bool) -> int:
        """Rows it is counted from; with those of the hours ahead, as flows are."""
        return _rows(hours, self.before, self.ahead if ahead else self.end)


def local_day(day: date, zone: str) -> LocalDay:
    """That day as people in the time zone live it."""
    period = local_days(day, day, zone)
    return LocalDay(day, local_days(day - _DAY, day - _DAY, zone).start, period.start, period.end)


def touched(utc_day: date) -> list[date]:
    """The local days, of any time zone, that rows of a day of the lake may change, newest first.

    Those around it: a day is counted from the day before it and some hours of the next.
    """
    return [utc_day + timedelta(each) for each in (2, 1, 0, -1, -2)]


def _last(end: datetime) -> date:
    return (end - timedelta(microseconds=1)).astimezone(UTC).date()


def _rows(hours: Hours, start: datetime, end: datetime) -> int:
    first = int(start.timestamp()) // 3600
    last = -(-int(end.timestamp()) // 3600)
    return sum(hours.get(each, 0) for each in range(first, last))
