"""What is in the lake and not counted yet: which parts of which local days of which services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import CountedDay, DayFacts
from cx280.telemetry.queries.counting import ALL_PARTS
from cx280.telemetry.queries.lake import Look
from cx280.telemetry.queries.rows_by_hour import ByService, RowsByHour
from cx280.telemetry.queries.sites import fewest_days
from cx280.telemetry.rules.facts import FUNNELS
from cx280.telemetry.rules.local_days import LocalDays, counted_days, touched

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_rows_by_hour = RowsByHour()


class Row(NamedTuple):
    """A part as it is kept, without its body."""

    service: int
    day: date
    part: str
    events: int
    read: int
    counted_at: datetime
    due_at: datetime | None
    is_final: bool


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A local day with the parts of each service that are to be counted, and what is kept of it.

    own: rows of the day, by service. read: those it is counted from, with those of the hours ahead
    or without. late: rows that came too late, as the day is final.
    """

    day: date
    own: Mapping[int, int]
    read: Mapping[tuple[int, bool], int]
    kept: Mapping[tuple[int, str], Row]
    stale: Mapping[int, Sequence[str]] = field(default_factory=dict)
    late: Mapping[int, int] = field(default_factory=dict)

    def rows_of(self, service: int, part: str) -> int:
        """The rows that a part is counted from; flows look ahead."""
        return self.read.get((service, part == FUNNELS), 0)

    def last_counted(self, parts: Collection[str]) -> datetime:
        """When one of these parts of a stale service was last counted; long ago for never."""
        rows = (self.kept.get((service, part)) for service in self.stale for part in parts)
        return max((row.counted_at for row in rows if row), default=_NEVER)

    def longest_ago(self, service: tuple[int, object]) -> tuple[datetime, int]:
        """What puts services in turn: the one counted longest ago first."""
        rows = [self.kept.get((service[0], part)) for part in ALL_PARTS]
        return min((row.counted_at for row in rows if row), default=_NEVER), service[0]


def day_in(zone_day: date) -> LocalDays:
    """That one day in the time zone of the settings."""
    return counted_days(zone_day, zone_day, settings.TIME_ZONE)


def changed_days(look: Look) -> list[date]:
    """Days of the lake with other rows than when they were last counted."""
    counted = dict(CountedDay.objects.values_list("day", "rows"))
    return sorted(day for day, each in look.kept.items() if counted.get(day) != each.rows)


def touched_days(lake_days: Iterable[date]) -> list[date]:
    """The local days that rows of these days of the lake may change, newest first."""
    changed = set(lake_days)
    wanted = {day for each in changed for day in touched(each)}
    found = [day for day in wanted if changed.intersection(day_in(day).utc_days)]
    return sorted(found, reverse=True)


def uncounted(
    days: Sequence[date], look: Look, now: datetime, *, again: bool = False
) -> list[Uncounted]:
    """What is to be counted of each of these local days; those with nothing are left out.

    again: everything, whether or not it seems right; never what is final.
    """
    services = set(Service.objects.values_list("pk", flat=True))
    rows: dict[date, dict[tuple[int, str], Row]] = defaultdict(dict)
    for row in _rows(days):
        rows[row.day][row.service, row.part] = row
    first = _first_whole_days(now)
    local = {day: day_in(day) for day in days}
    _rows_by_hour.learn((utc for each in local.values() for utc in each.utc_days), look)
    found = []
    for day, each in local.items():
        hours = _rows_by_hour.of(each.utc_days, look)
        known = {service: hours.get(service, {}) for service in services}
        told = _counted_from(each, known, rows[day])
        found.append(_with_stale(told, each, first, now, again=again))
    return [each for each in found if each.stale or each.late]


def _rows(days: Sequence[date]) -> Iterable[Row]:
    if not days:
        return []
    kept = DayFacts.objects.filter(day__range=(min(days), max(days)), part__in=ALL_PARTS)
    return map(Row._make, kept.values_list(*Row._fields).iterator())


def _counted_from(
    days: LocalDays, hours: ByService, kept: Mapping[tuple[int, str], Row]
) -> Uncounted:
    own = {service: days.own(each) for service, each in hours.items()}
    read = {
        (service, ahead): days.around(each, ahead=ahead)
        for service, each in hours.items()
        for ahead in (False, True)
    }
    return Uncounted(days.first, own, read, kept)


def _with_stale(
    found: Uncounted, days: LocalDays, first: Mapping[int, date], now: datetime, *, again: bool
) -> Uncounted:
    stale: dict[int, list[str]] = {}
    late: dict[int, int] = {}
    for service, rows in found.own.items():
        is_partly_gone = days.start.date() < first.get(service, date.min) <= days.end.date()
        for part in ALL_PARTS:
            row = found.kept.get((service, part))
            if row is None:
                is_stale = rows > 0 and not is_partly_gone
            elif row.is_final:
                is_stale = False
                if rows > row.events:
                    late[service] = rows - row.events
            else:
                is_due = row.due_at is not None and row.due_at <= now
                is_stale = again or is_due or row.read != found.rows_of(service, part)
            if is_stale:
                stale.setdefault(service, []).append(part)
    return Uncounted(found.day, found.own, found.read, found.kept, stale, late)


def _first_whole_days(now: datetime) -> Mapping[int, date]:
    """By service, the first day of the lake of which nothing is forgotten yet, or about to be."""
    today = timezone.localdate(now)
    return {service: today - timedelta(days=days) for service, days in fewest_days().items()}
