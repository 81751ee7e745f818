"""From what the lake answers about a day (`fact_questions`, `flow_questions`) to what is kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from cx280.telemetry.rules.facts import (
    ALL,
    WHOLE_DAY,
    Figure,
    Figures,
    FlowFacts,
    Reached,
    SpeedFacts,
    StepSeen,
    Timed,
    WayFacts,
)
from cx280.telemetry.rules.flow_questions import LEAST_OF_STARTS, MOST_STEPS
from cx280.telemetry.rules.histograms import Histogram, from_buckets
from cx280.telemetry.rules.local_days import day_of

Rows = Iterable[Mapping[str, Any]]
Steps = tuple[str, ...]
Of = tuple[int, date]  # a service on a local day
_HOUR = 3600
T = TypeVar("T")


def figures_of(rows: Rows, spreads: Rows) -> tuple[dict[Of, Figures], dict[Of, Figures]]:
    """By service and day, the figures of the day, and those of its hours."""
    spread = _spread_by(spreads, "kind", "name", "told")
    told: dict[tuple[Of, bool, str], list[Figure]] = defaultdict(list)
    for row in rows:
        how = "names" if row["name"] is not None else "kinds" if row["kind"] is not None else ""
        told[_of(row), row["hour"] is not None, how or "whole"].append(_figure(row, spread))
    day, hours = (
        {
            of: Figures(*(
                tuple(sorted(told.get((of, by_hour, how), ()), key=_order))
                for how in ("names", "kinds", "whole")
            ))
            for of in {each for each, _, _ in told}
        }
        for by_hour in (False, True)
    )  # fmt: skip
    return day, hours


def _of(row: Mapping[str, Any]) -> Of:
    return row["service"], day_of(int(row["local_day"]))


def _figure(row: Mapping[str, Any], spread: Mapping[tuple[Any, ...], Histogram]) -> Figure:
    key = (row["service"], row["local_day"], row["kind"], row["name"], row["told"])
    median, p90, p95 = row["quantiles"] or (None, None, None)
    return Figure(
        WHOLE_DAY if row["hour"] is None else int(row["hour"]) * _HOUR,
        ALL if row["kind"] is None else row["kind"],
        ALL if row["name"] is None else row["name"],
        row["told"] if row["hour"] is None else row["told_by_hour"],
        int(row["events"]), int(row["measured"]), row["total"], row["mean"], median,
        row["least"], row["greatest"], p90, p95, int(row["visits"]),
        spread.get(key),
    )  # fmt: skip


def _order(each: Figure) -> tuple[object, ...]:
    return each.hour, -each.events, each.kind, each.name, each.value


def _spread_by(rows: Rows, *keys: str, count: str = "events") -> dict[tuple[Any, ...], Histogram]:
    """The histogram of each service, day and key, of the rows that have a bucket."""
    keys = ("service", "local_day", *keys)
    found: dict[tuple[Any, ...], dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row["bucket"] is not None:
            found[tuple(row[key] for key in keys)][int(row["bucket"])] = int(row[count])
    return {key: from_buckets(counts) for key, counts in found.items()}


def speed_of(rows: Rows) -> dict[Of, tuple[SpeedFacts, ...]]:
    """By service and day, its pages with most measured loads, by page and then by measure."""
    kept = list(rows)
    spread = _spread_by(kept, "page", "name", count="loads")
    found: dict[Of, list[SpeedFacts]] = defaultdict(list)
    for row in kept:
        if row["bucket"] is None:
            key = (row["service"], row["local_day"], row["page"], row["name"])
            found[_of(row)].append(
                SpeedFacts(row["page"], row["name"], int(row["loads"]), int(row["good"]),
                           int(row["poor"]), row["p75"], spread[key])
            )  # fmt: skip
    return _sorted(found, key=lambda each: (each.page, each.name))


def ways_of(rows: Rows) -> dict[Of, tuple[WayFacts, ...]]:
    """By service and day, the ways that most visits took, those first."""
    found: dict[Of, list[WayFacts]] = defaultdict(list)
    for row in rows:
        found[_of(row)].append(WayFacts(row["page"], row["next_page"], int(row["visits"])))
    return _sorted(found, key=lambda each: (-each.visits, each.page, each.next_page))


def _sorted(
    found: Mapping[Of, list[T]], key: Callable[[T], tuple[object, ...]]
) -> dict[Of, tuple[T, ...]]:
    return {of: tuple(sorted(each, key=key)) for of, each in found.items()}


class Flows:
    """The flows of some days as they were counted, without the ordered funnel at first."""

    def __init__(self, things: Rows, steps: Rows) -> None:
        told = list(things)
        self._took = _spread_by(told, "flow", count="finished")
        self._things = [each for each in told if each["bucket"] is None]
        self._steps: dict[tuple[Of, str], list[StepSeen]] = defaultdict(list)
        for row in steps:
            seen = StepSeen(row["step"], int(row["visits"]), float(row["places"]))
            self._steps[_of(row), row["flow"]].append(seen)

    def orders(self, known: Mapping[tuple[int, str], Steps]) -> dict[tuple[int, str], Steps]:
        """The order of each flow: the known one, else that in which these visits took its steps."""
        days: dict[tuple[int, str], list[FlowFacts]] = defaultdict(list)
        for row in self._things:
            days[row["service"], row["flow"]].append(self._of_day(row))
        return {key: known[key] if key in known else order_over(told) for key, told in days.items()}

    def facts(
        self, reached: Rows, orders: Mapping[tuple[int, str], Steps]
    ) -> dict[Of, tuple[FlowFacts, ...]]:
        """By service and day, its flows, those started most first."""
        told = list(reached)
        spread = _spread_by(told, "flow", "place", count="visits")
        places = {(_of(each), each["flow"], each["place"]): each for each in told
                  if each["bucket"] is None}  # fmt: skip
        found: dict[Of, list[FlowFacts]] = defaultdict(list)
        for row in self._things:
            of, flow = _of(row), row["flow"]
            order = orders[row["service"], flow]
            way = tuple(
                _reached(
                    step,
                    places.get((of, flow, place)),
                    spread.get((row["service"], row["local_day"], flow, place)),
                )
                for place, step in enumerate((*order, ""), start=1)
            )
            found[of].append(msgspec.structs.replace(self._of_day(row), order=order, reached=way))
        return _sorted(found, key=lambda each: (-each.started, each.flow))

    def _of_day(self, row: Mapping[str, Any]) -> FlowFacts:
        """A flow of a day without its ordered funnel."""
        took = self._took.get((row["service"], row["local_day"], row["flow"]), Histogram())
        seen = self._steps.get((_of(row), row["flow"]), ())
        return FlowFacts(
            row["flow"], int(row["started"]), int(row["finished"]),
            Timed(row["median"], row["p90"], took), tuple(sorted(seen, key=_by_place)),
        )  # fmt: skip


def _reached(step: str, row: Mapping[str, Any] | None, spread: Histogram | None) -> Reached:
    if row is None:
        return Reached(step, 0)
    took = Timed(row["median"], row["p90"], spread or Histogram())
    return Reached(step, int(row["visits"]), took)


def _by_place(each: StepSeen) -> tuple[float, int, str]:
    return each.place, -each.visits, each.step


def settled_order(started: int, steps: Sequence[StepSeen]) -> Steps:
    """The steps of a flow in the order of their mean places among the steps of a visit.

    Those that fewer than one in twenty of those who started reach are side ways and left out.
    """
    enough = LEAST_OF_STARTS * started
    taken = sorted((each for each in steps if each.visits >= enough), key=_by_place)
    return tuple(each.step for each in taken[:MOST_STEPS])


def order_over(days: Iterable[FlowFacts]) -> Steps:
    """The order of one flow as the visits of all these days took it, each visit weighing alike."""
    started, seen = 0, dict[str, tuple[int, float]]()
    for day in days:
        started += day.started
        for each in day.steps:
            visits, places = seen.get(each.step, (0, 0.0))
            seen[each.step] = visits + each.visits, places + each.places
    return settled_order(started, [StepSeen(step, *found) for step, found in seen.items()])


def digest(orders: Mapping[str, Steps]) -> str:
    """A mark of the orders of a service's flows: 32 letters that change when one of them does."""
    told = "\n".join(f"{flow}|{'|'.join(steps)}" for flow, steps in sorted(orders.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
