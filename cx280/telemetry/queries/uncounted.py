"""What is in the lake and not counted yet: which parts of which local days of which services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from django.conf import settings
from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import CountedDay, DayFacts
from cx280.telemetry.queries.counting import ALL_PARTS
from cx280.telemetry.queries.lake import Kept, ask_newest
from cx280.telemetry.queries.sites import fewest_days
from cx280.telemetry.rules.fact_questions import ROWS_BY_HOUR
from cx280.telemetry.rules.facts import FUNNELS
from cx280.telemetry.rules.local_days import Hours, LocalDay, local_day, touched

ByService = Mapping[int, Hours]


class Row(NamedTuple):
    """A part as it is kept, without its body."""

    pk: int
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

    read: rows that the parts of a service are counted from, flows with those of the hours ahead.
    late: rows that came too late for days that are final, by service.
    """

    day: LocalDay
    own: Mapping[int, int]
    read: Mapping[tuple[int, bool], int]
    stale: Mapping[int, Sequence[str]]
    kept: Mapping[tuple[int, str], Row]
    late: Mapping[int, int] = field(default_factory=dict)

    def rows_of(self, service: int, part: str) -> int:
        """The rows that a part of it is counted from."""
        return self.read.get((service, part == FUNNELS), 0)


class Lookup:
    """Rows of the lake by service and hour; of days that did not change they are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], tuple[Kept, ByService]] = {}

    def hours(self, days: Iterable[date], kept: Mapping[date, Kept]) -> ByService:
        """By service, the rows of each UTC hour of these days of the lake."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for day in days:
            if day in kept:
                for service, hours in self._of(day, kept[day]).items():
                    found[service].update(hours)
        return found

    def _of(self, day: date, kept: Kept) -> ByService:
        key = (str(settings.CX280_LAKE), day)
        before = self._known.get(key)
        if before and before[0] == kept:
            return before[1]
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for row in ask_newest(ROWS_BY_HOUR, first_day=day, last_day=day):
            service, hour, rows = (cast(int, row[name]) for name in ("service", "hour", "events"))
            found[service][hour] = rows
        self._known[key] = kept, found
        return found


_lookup = Lookup()


def changed_days(kept: Mapping[date, Kept]) -> list[date]:
    """Days of the lake with other rows than when they were last counted, newest first."""
    counted = dict(CountedDay.objects.values_list("day", "rows"))
    return sorted(
        (day for day, each in kept.items() if counted.get(day) != each.rows), reverse=True
    )


def local_days_of(utc_days: Iterable[date]) -> list[LocalDay]:
    """The local days that rows of these days of the lake may change, newest first."""
    zone = settings.TIME_ZONE
    wanted = {day for utc in utc_days for day in touched(utc)}
    days = [local_day(each, zone) for each in sorted(wanted, reverse=True)]
    changed = set(utc_days)
    return [each for each in days if changed.intersection(each.utc_days)]


def uncounted(
    days: Sequence[LocalDay], kept: Mapping[date, Kept], now: datetime, *, again: bool = False
) -> list[Uncounted]:
    """What is to be counted of each of these days, those with nothing left out; in their order.

    again: everything, whether or not it seems right; never what is final.
    """
    services = set(Service.objects.values_list("pk", flat=True))
    rows: dict[date, dict[tuple[int, str], Row]] = defaultdict(dict)
    for row in _rows(days):
        rows[row.day][row.service, row.part] = row
    first = _first_whole_days(now)
    found = []
    for day in days:
        hours = _lookup.hours(day.utc_days, kept)
        here = {each: hours.get(each, {}) for each in {*hours, *(s for s, _ in rows[day.day])}}
        known = {service: each for service, each in here.items() if service in services}
        found.append(_of_day(day, known, rows[day.day], first, now, again=again))
    return [each for each in found if each.stale or each.late]


def _rows(days: Sequence[LocalDay]) -> Iterable[Row]:
    if not days:
        return []
    span = (min(each.day for each in days), max(each.day for each in days))
    kept = DayFacts.objects.filter(day__range=span, part__in=ALL_PARTS)
    return map(Row._make, kept.values_list(*Row._fields).iterator())


def _of_day(
    day: LocalDay,
    hours: ByService,
    rows: Mapping[tuple[int, str], Row],
    first: Mapping[int, date],
    now: datetime,
    *,
    again: bool,
) -> Uncounted:
    own = {service: day.own(each) for service, each in hours.items()}
    read = {
        (service, ahead): day.around(each, ahead=ahead)
        for service, each in hours.items()
        for ahead in (False, True)
    }
    stale: dict[int, list[str]] = {}
    late: dict[int, int] = {}
    for service in hours:
        is_partly_gone = service in first and day.start.date() < first[service] <= day.end.date()
        for part in ALL_PARTS:
            row = rows.get((service, part))
            if row is None:
                is_stale = own[service] > 0 and not is_partly_gone
            elif row.is_final:
                is_stale = False
                if own[service] > row.events:
                    late[service] = own[service] - row.events
            else:
                is_due = row.due_at is not None and row.due_at <= now
                is_stale = again or is_due or row.read != read[service, part == FUNNELS]
            if is_stale:
                stale.setdefault(service, []).append(part)
    return Uncounted(day, own, read, stale, rows, late)


def _first_whole_days(now: datetime) -> Mapping[int, date]:
    """By service, the first day of the lake of which nothing is forgotten yet, or about to be."""
    today = timezone.localdate(now)
    return {service: today - timedelta(days=days) for service, days in fewest_days().items()}
