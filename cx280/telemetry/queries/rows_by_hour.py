"""Rows of the lake by service and hour: what tells whether a day is counted from all it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from django.conf import settings

from cx280.telemetry.queries.lake import Kept, Look
from cx280.telemetry.rules.fact_questions import ROWS_BY_HOUR
from cx280.telemetry.rules.local_days import Hours, day_of

# Rows of the lake looked through in one question: what bounds how long it takes.
_ROWS = 2_000_000
ByService = Mapping[int, Hours]


class RowsByHour:
    """Rows by service and hour; of days of the lake that did not change they are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], tuple[Kept, ByService]] = {}

    def of(self, days: Iterable[date], look: Look) -> ByService:
        """By service, the rows of each UTC hour of these days of the lake."""
        wanted = [day for day in days if day in look.kept]
        self._learn([day for day in wanted if not self._is_known(day, look)], look)
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for day in wanted:
            for service, hours in self._known[_key(day)][1].items():
                found[service].update(hours)
        return found

    def learn(self, days: Iterable[date], look: Look) -> None:
        """Looks all of these up in as few questions as may be."""
        wanted = sorted(day for day in set(days) if day in look.kept)
        self._learn([day for day in wanted if not self._is_known(day, look)], look)

    def _is_known(self, day: date, look: Look) -> bool:
        before = self._known.get(_key(day))
        return before is not None and before[0] == look.kept[day]

    def _learn(self, days: Sequence[date], look: Look) -> None:
        for few in _in_groups(days, look):
            found: dict[date, dict[int, dict[int, int]]] = {day: defaultdict(dict) for day in few}
            for row in look.ask(ROWS_BY_HOUR, first_day=few[0], last_day=few[-1]):
                service, hour, rows = (cast(int, row[key]) for key in ("service", "hour", "events"))
                if (day := day_of(hour // 24)) in found:
                    found[day][service][hour] = rows
            for day, each in found.items():
                self._known[_key(day)] = look.kept[day], each


def _key(day: date) -> tuple[str, date]:
    return str(settings.CX280_LAKE), day


def _in_groups(days: Sequence[date], look: Look) -> Iterator[list[date]]:
    group: list[date] = []
    rows = 0
    for day in sorted(days):
        if group and rows + look.kept[day].rows > _ROWS:
            yield group
            group, rows = [], 0
        group.append(day)
        rows += look.kept[day].rows
    if group:
        yield group
