"""From what the lake answers about a day (`fact_questions`, `flow_questions`) to what is kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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

Rows = Iterable[Mapping[str, Any]]
Steps = tuple[str, ...]
_HOUR = 3600


def figures_of(rows: Rows, spreads: Rows) -> tuple[dict[int, Figures], dict[int, Figures]]:
    """By service, the figures of the day, and those of its hours."""
    spread = _spread_by(spreads, "service", "kind", "name", "told")
    day: dict[int, Figures] = {}
    hours: dict[int, Figures] = {}
    told: dict[tuple[int, bool, str], list[Figure]] = defaultdict(list)
    for row in rows:
        how = "names" if row["name"] is not None else "kinds" if row["kind"] is not None else ""
        told[row["service"], row["hour"] is not None, how or "whole"].append(_figure(row, spread))
    for service in {each for each, _, _ in told}:
        for by_hour, kept in ((False, day), (True, hours)):
            names, kinds, whole = (
                tuple(sorted(told[service, by_hour, how], key=_order))
                for how in ("names", "kinds", "whole")
            )
            kept[service] = Figures(names, kinds, whole)
    return day, hours


def _figure(row: Mapping[str, Any], spread: Mapping[tuple[Any, ...], Histogram]) -> Figure:
    key = (row["service"], row["kind"], row["name"], row["told"])
    return Figure(
        WHOLE_DAY if row["hour"] is None else int(row["hour"]) * _HOUR,
        ALL if row["kind"] is None else row["kind"],
        ALL if row["name"] is None else row["name"],
        row["told"] if row["hour"] is None else row["told_by_hour"],
        int(row["events"]), int(row["measured"]), row["total"], row["mean"], row["median"],
        row["least"], row["greatest"], row["p90"], row["p95"], int(row["visits"]),
        spread.get(key),
    )  # fmt: skip


def _order(each: Figure) -> tuple[object, ...]:
    return each.hour, -each.events, each.kind, each.name, each.value


def _spread_by(rows: Rows, *keys: str, count: str = "events") -> dict[tuple[Any, ...], Histogram]:
    """The histogram of each key, of the rows that have a bucket."""
    found: dict[tuple[Any, ...], dict[int, int]] = defaultdict(dict)
    for row in rows:
        if row["bucket"] is not None:
            found[tuple(row[key] for key in keys)][int(row["bucket"])] = int(row[count])
    return {key: from_buckets(counts) for key, counts in found.items()}


def speed_of(rows: Rows) -> dict[int, tuple[SpeedFacts, ...]]:
    """By service, its pages with most measured loads first by page, then by measure."""
    kept = list(rows)
    spread = _spread_by(kept, "service", "page", "name", count="loads")
    found: dict[int, list[SpeedFacts]] = defaultdict(list)
    for row in kept:
        if row["bucket"] is None:
            key = (row["service"], row["page"], row["name"])
            found[row["service"]].append(
                SpeedFacts(row["page"], row["name"], int(row["loads"]), int(row["good"]),
                           int(row["poor"]), row["p75"], spread[key])
            )  # fmt: skip
    return {
        service: tuple(sorted(each, key=lambda one: (one.page, one.name)))
        for service, each in found.items()
    }


def ways_of(rows: Rows) -> dict[int, tuple[WayFacts, ...]]:
    """By service, the ways that most visits took, those first."""
    found: dict[int, list[WayFacts]] = defaultdict(list)
    for row in rows:
        found[row["service"]].append(WayFacts(row["page"], row["next_page"], int(row["visits"])))
    return {
        service: tuple(sorted(each, key=lambda one: (-one.visits, one.page, one.next_page)))
        for service, each in found.items()
    }


class Flows:
    """The flows of a day as they were counted, without the ordered funnel at first."""

    def __init__(self, things: Rows, steps: Rows) -> None:
        told = list(things)
        self._took = _spread_by(told, "service", "flow", count="finished")
        self._things = [each for each in told if each["bucket"] is None]
        self.steps: dict[tuple[int, str], list[StepSeen]] = defaultdict(list)
        for row in steps:
            seen = StepSeen(row["step"], int(row["visits"]), float(row["places"]))
            self.steps[row["service"], row["flow"]].append(seen)

    def orders(self, known: Mapping[tuple[int, str], Steps]) -> dict[tuple[int, str], Steps]:
        """The order of each flow: the known one, else that in which these visits took its steps."""
        return {
            key: known.get(key) or settled_order(row["started"], self.steps.get(key, ()))
            for row in self._things
            for key in [(row["service"], row["flow"])]
        }

    def facts(
        self, reached: Rows, orders: Mapping[tuple[int, str], Steps]
    ) -> dict[int, tuple[FlowFacts, ...]]:
        """By service, its flows, those started most first."""
        told = list(reached)
        spread = _spread_by(told, "service", "flow", "place", count="visits")
        places = {(e["service"], e["flow"], e["place"]): e for e in told if e["bucket"] is None}
        found: dict[int, list[FlowFacts]] = defaultdict(list)
        for row in self._things:
            key = (row["service"], row["flow"])
            order = orders[key]
            found[row["service"]].append(
                FlowFacts(
                    row["flow"], int(row["started"]), int(row["finished"]),
                    Timed(row["median"], row["p90"], self._took.get(key, Histogram())),
                    tuple(sorted(self.steps.get(key, ()), key=_by_place)), order,
                    tuple(
                        _reached(step, places.get((*key, place)), spread.get((*key, place)))
                        for place, step in enumerate((*order, ""), start=1)
                    ),
                )
            )  # fmt: skip
        return {
            service: tuple(sorted(each, key=lambda one: (-one.started, one.flow)))
            for service, each in found.items()
        }


def _reached(step: str, row: Mapping[str, Any] | None, spread: Histogram | None) -> Reached:
    if row is None:
        return Reached(step, 0)
    return Reached(
        step, int(row["visits"]), Timed(row["median"], row["p90"], spread or Histogram())
    )


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
