"""Looks at a series with the detector of its kind. Loads numpy: only what looks imports this."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from cx280.alarms.rules.looks import Look, Point
from cx280.alarms.rules.series import DAY, Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import EVENTS, is_worse_higher
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.detection import (
    Drift,
    Watched,
    explain_count,
    explain_drift,
    explain_share,
    watch_counts,
    watch_drift,
    watch_shares,
)
from cx280.stats.detection.usual_ranges import usual_ranges
from cx280.stats.detection.watched import Worse

# Places of the chart beside an alarm.
_SHOWN_HOURS, _SHOWN_DAYS = 72, 60
_FEWEST = 2
# What chance does less often is not told apart.
_RAREST_DAYS = 1e9
_OF = {Kind.COMPLETION: "visits", Kind.STEP: "visits", Kind.SPEED: "page loads",
       Kind.SCORE: "answers", Kind.ANSWERS: "answers", Kind.FLOW: "completions"}  # fmt: skip


@implements("280.7-h1")
def looks_at(
    kind: Kind,
    key: str,
    series: Series,
    *,
    a_month: float,
    smallest: int,
    since: int = 0,
    drawn: bool = True,
) -> list[Look]:
    """A look at each period from place `since` on, oldest first; [] for less than two periods.

    a_month: false alarms accepted of this series. smallest: shares of fewer are not drawn. drawn:
    whether all looks have points for a chart, or only where one of them is told.
    """
    found = _found(kind, key, series, a_month)
    if found is None:
        return []
    drawn = drawn or bool(found.told[since:].any())
    points = _points(kind, series, found, smallest) if drawn else []
    return [
        _look(kind, key, series, found, at, _shown(points, at, series))
        for at in range(since, len(series.starts))
    ]


def told_at(kind: Kind, key: str, series: Series, *, a_month: float) -> list[int]:
    """The periods that would have been told, in order: a history played again."""
    found = _found(kind, key, series, a_month)
    if found is None:
        return []
    return [int(at) for at in np.flatnonzero(found.told) if _is_told(found, int(at))]


def _found(kind: Kind, key: str, series: Series, a_month: float) -> Watched | Drift | None:
    if len(series.starts) < _FEWEST:
        return None
    worse: Worse = "higher" if is_worse_higher(kind, key) else "lower"
    # Answers come on quiet days too, and how people rate is not the calendar's.
    closed = None if kind is Kind.SCORE else series.closed
    if series.of is not None:
        return watch_shares(
            series.clock, series.seen, series.of, worse=worse, a_month=a_month, closed=closed
        )
    counts = [float(each) for each in series.seen]
    if kind is not Kind.DRIFT:
        return watch_counts(series.clock, counts, worse=worse, a_month=a_month, closed=closed)
    try:
        # Its detector looks both ways, and only falls are told: it may tell twice as often.
        return watch_drift(series.clock, counts, a_month=2 * a_month, closed=closed)
    except Unusable:
        return None


def _is_told(found: Watched | Drift, at: int) -> bool:
    """Of a drift, falls alone."""
    falls = bool(found.seen[at] < found.expected[at])
    return bool(found.told[at]) and (falls or isinstance(found, Watched))


def _look(
    kind: Kind, key: str, series: Series, found: Watched | Drift, at: int,
    points: tuple[Point, ...],
) -> Look:  # fmt: skip
    seen, expected = _known(found.seen[at]), _known(found.expected[at])
    low, high = _known(found.low[at]), _known(found.high[at])
    told = _is_told(found, at)
    higher = is_worse_higher(kind, key)
    silent = told and series.of is None and kind is not Kind.DRIFT and not series.seen[at]
    first = _silent_since(series, at) if silent else _since(found, at)
    share = series.of is not None
    n = int(found.n[at]) if share else sum(series.seen[first : at + 1])
    return Look(
        series.starts[at], series.end(at), series.starts[first], seen or 0.0, expected, low, high,
        n, _days(float(found.once_in[at]), series),
        told=told,
        usual=seen is None or _is_usual(seen, low, high, higher=higher),
        judged=kind is Kind.SCORE or not series.closed[at],
        silent=silent and not higher,
        words=_words(kind, key, series, found, at),
        points=points,
    )  # fmt: skip


def _since(found: Watched | Drift, at: int) -> int:
    if isinstance(found, Watched):
        return int(found.since[at])
    return max(0, at - max(int(found.n[at]), 1) + 1)


def _silent_since(series: Series, at: int) -> int:
    first = at
    while first > 0 and not series.seen[first - 1]:
        first -= 1
    return first


def _words(kind: Kind, key: str, series: Series, found: Watched | Drift, at: int) -> str:
    of = _OF.get(kind) or EVENTS.get(key, "Events").lower()
    if isinstance(found, Drift):
        return explain_drift(found, at, series.clock[at])
    explain = explain_share if series.of is not None else explain_count
    return explain(found, at, series.clock, of)


def _points(kind: Kind, series: Series, found: Watched | Drift, smallest: int) -> list[Point]:
    """Each period by itself, with what was to be expected of it."""
    seen: list[float | None] = [float(each) for each in series.seen]
    low, high = found.low, found.high
    if series.of is not None:
        seen = [good / n if n >= smallest else None
                for good, n in zip(series.seen, series.of, strict=True)]  # fmt: skip
    elif kind is not Kind.DRIFT:
        counts = [float(each) for each in series.seen]
        low, high = usual_ranges(series.clock, counts, series.closed)
    return [
        Point(start, seen[at], _known(low[at]), _known(high[at]))
        for at, start in enumerate(series.starts)
    ]


def _is_usual(seen: float, low: float | None, high: float | None, *, higher: bool) -> bool:
    """Whether it lies in the range of 19 in 20, or on its better side."""
    if low is None or high is None:
        return True
    return seen <= high if higher else seen >= low


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _days(looks: float, series: Series) -> float:
    """Days of looking until chance alone does it once."""
    return min(looks * (series.step / timedelta(days=1)), _RAREST_DAYS)


def _shown(points: Sequence[Point], at: int, series: Series) -> tuple[Point, ...]:
    many = _SHOWN_DAYS if series.step >= DAY else _SHOWN_HOURS
    return tuple(points[max(0, at + 1 - many) : at + 1])
