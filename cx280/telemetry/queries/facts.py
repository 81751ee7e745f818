"""Reads facts: figures, funnels, page speed and ways by the day, without opening the lake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from cx280.telemetry.models import DayFacts
from cx280.telemetry.rules.fact_types import SEEN, SeenFacts
from cx280.telemetry.rules.facts import (
    ALL,
    FUNNELS,
    SPEED,
    TOTALS,
    WAYS,
    Figure,
    FlowFacts,
    SpeedFacts,
    Told,
    WayFacts,
    added_by_key,
    read_list,
    unpacked,
)

T = TypeVar("T")
NAME, KIND = "name", "kind"


_TOLD = {NAME: Told.NAMES, KIND: Told.KINDS, ALL: Told.WHOLE}


def figures(
    service: int, first: date, last: date, part: str, *, hours: bool = False, by: str = ""
) -> list[tuple[date, Figure]]:
    """The figures of each local day from first to last, both counted, in the order of days.

    part: `totals` or a dimension. Days without events have none. by: how finely they are told;
    `name`, each kind and name, as days are when nothing is said; `kind`, each kind, all names
    together, as hours are (they are never told by name); `(all)`, kinds together too. Add up only
    figures told alike: visits of kinds do not add up to visits.
    """
    by = by or (KIND if hours else NAME)
    stored = by_hour(part) if hours else part
    return [
        (day, each)
        for day, body in _bodies(service, first, last, stored)
        for each in read_list(body, _TOLD[by])
    ]


def over(service: int, first: date, last: date, part: str, *, by: str = NAME) -> list[Figure]:
    """The same for the days together, one figure for each kind, name and value; most events first.

    Quantiles of several days are within 0.5 %, and None where kinds or names are told together.
    """
    return added_by_key(each for _, each in figures(service, first, last, part, by=by))


def flows(service: int, first: date, last: date) -> list[tuple[date, FlowFacts]]:
    """Each flow on each local day on which visits started it."""
    return list(_items(service, first, last, FUNNELS, tuple[FlowFacts, ...]))


def speed(service: int, first: date, last: date) -> list[tuple[date, SpeedFacts]]:
    """The pages with most measured loads of each local day, by each measure."""
    return list(_items(service, first, last, SPEED, tuple[SpeedFacts, ...]))


def ways(service: int, first: date, last: date) -> list[tuple[date, WayFacts]]:
    """The ways from page to page that most visits took on each local day."""
    return list(_items(service, first, last, WAYS, tuple[WayFacts, ...]))


def seen(service: int, first: date, last: date) -> Iterator[tuple[date, SeenFacts]]:
    """What each local day was made of, in the order of days: types of events, and sites."""
    return _days(service, first, last, SEEN, SeenFacts)


def first_day(service: int) -> date | None:
    """The first local day of which facts are kept; None where there are none."""
    kept = DayFacts.objects.filter(service=service, part=TOTALS).order_by("day")
    return kept.values_list("day", flat=True).first()


def last_day(service: int) -> date | None:
    """The last local day of which facts are kept; None where there are none."""
    kept = DayFacts.objects.filter(service=service, part=TOTALS).order_by("-day")
    return kept.values_list("day", flat=True).first()


def by_hour(part: str) -> str:
    """The name under which the hours of a part are kept: pages of days need not read them."""
    return f"{part} by hour"


def _days(
    service: int, first: date, last: date, part: str, kind: type[T]
) -> Iterator[tuple[date, T]]:
    for day, body in _bodies(service, first, last, part):
        yield day, unpacked(body, kind)


def _bodies(service: int, first: date, last: date, part: str) -> Iterator[tuple[date, bytes]]:
    kept = DayFacts.objects.filter(service=service, part=part, day__range=(first, last))
    for day, body in kept.order_by("day").values_list("day", "body"):
        yield day, bytes(body)


def _items(
    service: int, first: date, last: date, part: str, kind: type[tuple[T, ...]]
) -> Iterator[tuple[date, T]]:
    for day, body in _days(service, first, last, part, kind):
        for each in body:
            yield day, each
