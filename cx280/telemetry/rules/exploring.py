"""Free exploration: which figure, of which events, told apart how; and what of it may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.facts import DIMENSIONS
from cx280.telemetry.rules.vocabulary import EventKind

FIGURES = {
    "events": "Events",
    "visits": "Visits",
    "total": "Sum of values",
    "mean": "Mean of values",
    "median": "Median of values",
    "least": "Least value",
    "greatest": "Greatest value",
    "p90": "9 in 10 values at most",
    "p95": "19 in 20 values at most",
}
QUANTILES = frozenset({"median", "p90", "p95"})
COUNTS = frozenset({"events", "visits"})
GRAINS = {"whole": "The whole time", "day": "Days", "hour": "Hours"}
SPANS = {"7": "Last 7 days", "28": "Last 28 days", "91": "Last 91 days"}
MOST_DAYS, MOST_DAYS_BY_HOUR = 366, 7
MOST_VALUES, MOST_LINES = 50, 5
NONE = "(none)"  # as an event says nothing of the dimension
_PLAIN = re.compile(r"^[^\x00-\x1f\x7f]{0,300}$")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked. kind, name: "" for all. only: (dimension, value) that events must have."""

    figure: str = "visits"
    by: str = ""
    grain: str = "whole"
    kind: str = ""
    name: str = ""
    only: tuple[tuple[str, str], ...] = ()
    first: date = date.min
    last: date = date.min

    @property
    def is_standard(self) -> bool:
        """Whether facts answer it: no filters, and no quantile of several names over days."""
        if self.only or (self.grain == "hour" and self.name):
            return False
        return self.figure not in QUANTILES or bool(self.name) or self.grain != "whole"


def choice_of(given: Mapping[str, str], today: date) -> Choice:
    """What was asked for; what is left out is the usual. Raises Unusable that names the field."""
    said = {key: value.strip() for key, value in given.items() if value and value.strip()}
    for key, value in said.items():
        if not _PLAIN.match(value):
            raise Unusable("This is too long, or has signs that no event carries.", field=key)
    choice = Choice(
        figure=_one_of(said, "figure", FIGURES, "visits"),
        by=_one_of(said, "by", dict.fromkeys(DIMENSIONS, ""), ""),
        grain=_one_of(said, "grain", GRAINS, "whole"),
        kind=_one_of(said, "kind", {each.value: "" for each in EventKind}, ""),
        name=said.get("name", ""),
        only=tuple((each, _value(said[each])) for each in DIMENSIONS if each in said),
    )
    if choice.name and not choice.kind:
        raise Unusable("A name belongs to a kind of event: choose the kind too.", field="kind")
    first, last = _days(said, today)
    if choice.grain == "hour" and (last - first).days >= MOST_DAYS_BY_HOUR:
        raise Unusable(f"Hours are told of at most {MOST_DAYS_BY_HOUR} days.", field="grain")
    return replace(choice, first=first, last=last)


def _value(said: str) -> str:
    return "" if said == NONE else said


def _one_of(said: Mapping[str, str], key: str, known: Mapping[str, str], usual: str) -> str:
    value = said.get(key, usual)
    if value != usual and value not in known:
        raise Unusable(f"“{value}” is none of {', '.join(known)}.", field=key)
    return value


def _days(said: Mapping[str, str], today: date) -> tuple[date, date]:
    if "from" not in said and "to" not in said:
        days = int(_one_of(said, "days", SPANS, "28"))
        return today - timedelta(days=days - 1), today
    last = _date(said, "to") or today
    first = _date(said, "from") or last - timedelta(days=27)
    if first > last:
        raise Unusable("The first day is after the last.", field="from")
    if (last - first).days >= MOST_DAYS:
        raise Unusable(f"At most {MOST_DAYS} days can be asked at once.", field="from")
    return first, last


def _date(said: Mapping[str, str], key: str) -> date | None:
    if key not in said:
        return None
    try:
        found = date.fromisoformat(said[key])
    except ValueError:
        raise Unusable("Write the day as 2026-11-03.", field=key) from None
    if not 2000 <= found.year <= 2100:
        raise Unusable("No event is of that year.", field=key)
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer: period ("" for the whole), value of the dimension, the figure and its n.

    events, visits: how many; visits is 0 where events tell of none. measured: events with a value.
    hidden: too few to show, or hidden so that others cannot be worked out; then no figure is given.
    """

    period: str
    value: str
    figure: float | None
    events: int
    measured: int
    visits: int
    hidden: bool = False

    @property
    def n(self) -> int:
        """Whom the cell is about: visits, or events where they tell of no visit."""
        return self.visits or self.events


@implements("280.10-b5")
def protected(cells: Sequence[Cell], smallest: int) -> list[Cell]:
    """The cells with those hidden that are too few, and more so that these cannot be worked out.

    A hidden cell alone among the values of a period, or the periods of a value, would follow from
    the sum that another choice shows: so the smallest other goes with it.
    """
    few = {at for at, each in enumerate(cells) if 0 < each.n < smallest}
    hidden = set(few)
    while more := _alone(cells, hidden, smallest):
        hidden |= more
    return [_hid(each) if at in hidden else each for at, each in enumerate(cells)]


def _alone(cells: Sequence[Cell], hidden: set[int], smallest: int) -> set[int]:
    """What else to hide: in lines of periods, and of values, whose hidden cells are too few."""
    lines: dict[tuple[int, str], list[int]] = {}
    for at, each in enumerate(cells):
        lines.setdefault((0, each.period), []).append(at)
        lines.setdefault((1, each.value), []).append(at)
    more: set[int] = set()
    for places in lines.values():
        gone = [at for at in places if at in hidden]
        if not gone or len(places) == 1:
            continue
        if len(gone) > 1 and sum(cells[at].n for at in gone) >= smallest:
            continue
        spare = [at for at in places if at not in hidden and cells[at].n]
        if spare:
            more.add(min(spare, key=lambda at: (cells[at].n, at)))
    return more


def _hid(cell: Cell) -> Cell:
    return Cell(cell.period, cell.value, None, 0, 0, 0, hidden=True)
