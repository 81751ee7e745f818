"""Looks at a series with the detector of its kind. Loads numpy: only what looks imports this."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from cx280.alarms.rules.looks import Look, Point
from cx280.alarms.rules.series import DAY, Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import is_worse_higher, share_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.detection import (
    Detection,
    Drift,
    Watched,
    detect,
    explain,
    explain_drift,
    explain_share,
    watch_drift,
    watch_shares,
)

# Places of the chart beside an alarm.
_SHOWN_HOURS, _SHOWN_DAYS = 72, 60
_FEWEST = 2
# What chance does less often is not told apart.
_RAREST_DAYS = 1e9


@implements("280.7-h1")
def looks_at(
    kind: Kind,
    key: str,
    series: Series,
    *,
    a_month: float,
    watches: int,
    smallest: int,
    since: int = 0,
) -> list[Look]:
    """A look at each period from place `since` on, oldest first; [] for less than two periods.

    a_month: false alarms accepted of a service that has so many watches. smallest: shares of fewer
    are not put on a chart.
    """  # fmt: skip
    if len(series.starts) < _FEWEST:
        return []
    if series.of is not None:
        found = _shares(kind, key, series, share_of(a_month, watches), smallest, since)
    elif kind is Kind.DRIFT:
        # A drift is told both ways by its detector, and here only downwards.
        found = _drifts(series, share_of(a_month, watches, one_sided=True), since)
    else:
        found = _counts(kind, key, series, share_of(a_month, watches, one_sided=True), since)
    return list(found)


def _counts(kind: Kind, key: str, series: Series, a_month: float, since: int) -> Iterator[Look]:
    found = detect(series.clock, [float(each) for each in series.seen], series.closed)
    alarms = {int(each) for each in found.alarms(a_month)}
    higher = is_worse_higher(kind, key)
    points = [
        Point(start, float(series.seen[at]), _known(found.low[at]), _known(found.high[at]))
        for at, start in enumerate(series.starts)
    ]
    for at in range(since, len(series.starts)):
        seen, expected = float(series.seen[at]), _known(found.expected[at])
        low, high = _known(found.low[at]), _known(found.high[at])
        is_worse = expected is not None and (seen > expected) == higher and seen != expected
        silent = at in alarms and not seen and is_worse
        yield Look(
            series.starts[at], series.end(at), _run_since(found, at, series, silent=silent),
            seen, expected, low, high, int(seen), _days(10.0 ** float(found.rarity[at]), series),
            told=at in alarms and is_worse,
            usual=_is_usual(seen, low, high, higher=higher),
            silent=silent,
            words=explain(found, at, series.clock[at]),
            points=_shown(points, at, series),
        )  # fmt: skip


def _run_since(found: Detection, at: int, series: Series, *, silent: bool) -> datetime:
    """Where nothing comes, when that began; otherwise the period itself."""
    first = at
    while silent and first > 0 and found.numbers[first - 1] == 0:
        first -= 1
    return series.starts[first]


def _shares(
    kind: Kind, key: str, series: Series, a_month: float, smallest: int, since: int
) -> Iterator[Look]:
    assert series.of is not None  # noqa: S101  told apart before
    higher = is_worse_higher(kind, key)
    found = watch_shares(
        series.clock, series.seen, series.of, worse="higher" if higher else "lower",
        a_month=a_month, closed=None if kind.is_of_survey else series.closed,
    )  # fmt: skip
    points = [
        Point(start, good / n if n >= smallest else None, _known(found.low[at]),
              _known(found.high[at]))
        for at, (start, good, n) in enumerate(
            zip(series.starts, series.seen, series.of, strict=True))
    ]  # fmt: skip
    for at in range(since, len(series.starts)):
        yield _share_look(kind, series, found, at, _shown(points, at, series), higher=higher)


def _share_look(
    kind: Kind, series: Series, found: Watched, at: int, points: tuple[Point, ...], *, higher: bool
) -> Look:
    seen, low, high = _known(found.seen[at]), _known(found.low[at]), _known(found.high[at])
    return Look(
        series.starts[at], series.end(at), series.starts[int(found.since[at])],
        seen or 0.0, _known(found.expected[at]), low, high, int(found.n[at]),
        _days(float(found.once_in[at]), series),
        told=bool(found.told[at]),
        usual=seen is not None and _is_usual(seen, low, high, higher=higher),
        words=explain_share(found, at, series.clock, _OF[kind]),
        points=points,
    )  # fmt: skip


_OF = {Kind.COMPLETION: "visits", Kind.STEP: "visits", Kind.SPEED: "page loads",
       Kind.SCORE: "answers"}  # fmt: skip


def _drifts(series: Series, a_month: float, since: int) -> Iterator[Look]:
    try:
        found = watch_drift(
            series.clock, [float(each) for each in series.seen], a_month=a_month,
            closed=series.closed,
        )  # fmt: skip
    except Unusable:
        return
    points = [
        Point(start, float(series.seen[at]), _known(found.low[at]), _known(found.high[at]))
        for at, start in enumerate(series.starts)
    ]
    for at in range(since, len(series.starts)):
        yield _drift_look(series, found, at, _shown(points, at, series))


def _drift_look(series: Series, found: Drift, at: int, points: tuple[Point, ...]) -> Look:
    seen, expected = _known(found.seen[at]), _known(found.expected[at])
    low, high = _known(found.low[at]), _known(found.high[at])
    first = max(0, at - max(int(found.n[at]), 1) + 1)
    return Look(
        series.starts[at], series.end(at), series.starts[first],
        seen or 0.0, expected, low, high, sum(series.seen[first : at + 1]),
        _days(float(found.once_in[at]), series),
        told=bool(found.told[at]) and seen is not None and expected is not None and seen < expected,
        usual=seen is not None and _is_usual(seen, low, high, higher=False),
        words=explain_drift(found, at, series.clock[at]),
        points=points,
    )  # fmt: skip


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
