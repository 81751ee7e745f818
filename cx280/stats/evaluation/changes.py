"""Evaluates a change: rows before and after it, less trend, days of the week and season.

An interrupted series: Wagner, A. K., Soumerai, S. B., Zhang, F. and Ross-Degnan, D. (2002),
Segmented regression analysis of interrupted time series studies, Journal of Clinical Pharmacy and
Therapeutics 27, 299-309. The noise remembers the day before (fitting.py). There is no group to
compare with, so whatever else happened at the same time is in the effect; every result says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.estimates.results import t_quantile
from cx280.stats.evaluation.fitting import Fit, Floats, fit

Kind = Literal["counts", "rates", "scores", "durations"]
Better = Literal["higher", "lower"]
# Days before and after a change that are needed at least; of rows further apart, rows.
_DAYS, _ROWS = (28, 14), (12, 6)
# Days of a full year twice: before, its season cannot be known.
_TWO_YEARS = 728
_YEAR = 365.25
_POWER = 0.8
# Of rows that are all alike rounding errors are the only noise there is.
_ROUNDING = 1e-9


class Outcome(StrEnum):
    """What may be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """effect: of counts and durations a part of what would have been (0.1: a tenth more), else in
    the unit of the values; low, high: its 95 % interval. without, seen: the mean of the rows after
    the change as it would have been without it, and as it was. smallest: the effect that would be
    found in four of five such series. memory: what a row keeps of the row before. odd: rows so far
    off that they were tamed. yearly: whether the season of the year was removed. expected: each row
    after the change that was compared, as it would have been without it."""

    kind: Kind
    effect: float
    low: float
    high: float
    outcome: Outcome
    without: float
    seen: float
    smallest: float
    before: int
    after: int
    by_day: bool
    memory: float
    odd: int
    closed: int
    yearly: bool
    expected: tuple[float, ...] = ()


@implements("280.7-j3")
def evaluate_change(
    times: Sequence[datetime],
    values: Sequence[float],
    changed: datetime,
    *,
    kind: Kind,
    n: Sequence[float] | None = None,
    better: Better | None = None,
    closed: Sequence[bool] | None = None,
) -> Evaluation:
    """The effect of a change made at `changed`, and whether it is better, worse or inconclusive.

    values: counts; rates between 0 and 1 or mean scores, with the n of each row; or a typical
    duration of each row. NaN is missing. Rows closer than a day are added up to days. The row that
    the change falls into is left out. better: the good direction; lower for durations and higher
    for the rest unless said. closed: rows left out as well.
    Raises Unusable with too few rows on either side, and says how many are needed.
    """
    rows = _rows(times, values, n, closed, kind, changed)
    after = rows.start >= np.datetime64(changed.replace(tzinfo=None))
    _enough(rows, after, changed)
    columns, yearly = _columns(rows, after)
    log, y = kind == "counts", rows.values
    if kind == "durations":
        y = np.log(y)
    found = fit(columns, y, rows.n, rows.place, log=log)
    return _evaluated(kind, rows, after, columns, found, better, yearly=yearly)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Known rows in time: place among all, start (without a zone), value, n, whether a day long."""

    start: NDArray[np.datetime64]
    place: NDArray[np.int64]
    values: Floats
    n: Floats
    step_days: float
    closed: int

    @property
    def by_day(self) -> bool:
        """Whether rows are days."""
        return self.step_days < 1.5


def _rows(
    times: Sequence[datetime], values: Sequence[float], n: Sequence[float] | None,
    closed: Sequence[bool] | None, kind: Kind, changed: datetime,
) -> _Rows:  # fmt: skip
    given = np.asarray(values, dtype=np.float64)
    many = np.ones(len(given)) if n is None else np.asarray(n, dtype=np.float64)
    shut = np.zeros(len(given), dtype=np.bool_) if closed is None else np.asarray(closed, np.bool_)
    if not len(times) == len(given) == len(many) == len(shut) or len(times) < 2:
        raise Unusable("At least two rows are needed, each with a time, a value and its n.")
    start = np.array([each.replace(tzinfo=None) for each in times], dtype="datetime64[s]")
    if (np.diff(start) < np.timedelta64(0, "s")).any():
        raise Unusable("The times go back; put the rows in order.")
    known = np.isfinite(given) & ~shut & (many > 0)
    _possible(given[known], kind)
    moment = np.datetime64(changed.replace(tzinfo=None))
    step = float(np.median(np.diff(start).astype(np.float64))) / 86_400
    if step < 0.9:
        start, given, many, known = _by_day(start, given, many, known, kind)
        step = 1.0
    place = np.rint((start - start[0]).astype("timedelta64[s]").astype(np.float64)
                    / 86_400 / max(step, 1e-9)).astype(np.int64)  # fmt: skip
    known &= np.concatenate([[True], np.diff(place) > 0])
    begun = (moment - start).astype("timedelta64[s]").astype(np.float64)
    known &= (begun <= 0) | (begun >= step * 86_400)  # not partly before, partly after
    return _Rows(start[known], place[known], given[known], many[known], step, int(shut.sum()))


def _possible(values: Floats, kind: Kind) -> None:
    if kind == "counts" and (values < 0).any():
        raise Unusable("Counts are 0 or more; leave what is not known empty.")
    if kind == "rates" and ((values < 0) | (values > 1)).any():
        raise Unusable("Rates lie between 0 and 1.", fix="Divide percentages by 100.")
    if kind == "durations" and (values <= 0).any():
        raise Unusable("Durations are more than 0; leave what is not known empty.")


def _by_day(
    start: NDArray[np.datetime64], values: Floats, n: Floats, known: NDArray[np.bool_], kind: Kind
) -> tuple[NDArray[Any], ...]:
    """Rows of one day as one: counts added up, the rest weighed by n (durations: in the middle)."""
    days, of_day = np.unique(start.astype("datetime64[D]"), return_inverse=True)
    rows = np.bincount(of_day)
    complete = np.bincount(of_day, weights=known) >= np.median(rows)
    if kind == "counts":
        total = np.bincount(of_day, weights=np.where(known, values, 0.0))
        return days.astype("datetime64[s]"), total, np.ones(len(days)), np.asarray(complete)
    many = np.bincount(of_day, weights=np.where(known, n, 0.0))
    y = np.log(np.where(known, values, 1.0)) if kind == "durations" else values
    mean = np.bincount(of_day, weights=np.where(known, y * n, 0.0)) / np.maximum(many, 1e-9)
    mean = np.exp(mean) if kind == "durations" else mean
    return days.astype("datetime64[s]"), mean, many, many > 0


def _enough(rows: _Rows, after: NDArray[np.bool_], changed: datetime) -> None:
    need, unit = (_DAYS, "days") if rows.by_day else (_ROWS, "rows")
    have = int((~after).sum()), int(after.sum())
    if have[0] >= need[0] and have[1] >= need[1]:
        return
    fix = ""
    if have[0] >= need[0]:
        wait = math.ceil((need[1] - have[1]) * rows.step_days)
        first = rows.start[-1].astype("datetime64[D]").astype(date)
        fix = f"Evaluate again from {first + timedelta(days=wait):%Y-%m-%d} on."
    raise Unusable(
        f"{need[0]} {unit} before {changed:%Y-%m-%d} and {need[1]} from then on are needed; "
        f"{have[0]} and {have[1]} are known.",
        fix=fix,
    )


def _columns(rows: _Rows, after: NDArray[np.bool_]) -> tuple[Floats, bool]:
    """Level, trend, days of the week, the year where two are known, and the change last."""
    time = rows.place * rows.step_days
    columns = [np.ones(len(time)), (time - time.mean()) / max(float(np.ptp(time)), 1.0)]
    if rows.by_day:
        weekday = (rows.start.astype("datetime64[D]").astype(np.int64) + 3) % 7
        columns += [(weekday == each) - (weekday == 0).astype(np.float64)
                    for each in range(1, 7) if (weekday == each).any()]  # fmt: skip
    yearly = float(np.ptp(time)) >= _TWO_YEARS
    for wave in (1, 2) if yearly else ():
        angle = 2 * math.pi * wave * time / _YEAR
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack([*columns, after.astype(np.float64)]), yearly


def _evaluated(
    kind: Kind, rows: _Rows, after: NDArray[np.bool_], columns: Floats, found: Fit,
    better: Better | None, *, yearly: bool,
) -> Evaluation:  # fmt: skip
    t = t_quantile(0.95, found.df)
    effect, low, high = (found.size + way * t * found.se for way in (0, -1, 1))
    smallest = (t + 0.8416) * found.se  # found in four of five
    line = columns[after] @ found.coefficients - found.size
    if kind in ("counts", "durations"):
        effect, low, high = (math.expm1(min(each, 50.0)) for each in (effect, low, high))
        smallest, line = math.expm1(min(smallest, 50.0)), np.exp(np.clip(line, -30, 30))
    good = 1 if (better or ("lower" if kind == "durations" else "higher")) == "higher" else -1
    outcome = Outcome.INCONCLUSIVE
    if low > _ROUNDING or high < -_ROUNDING:
        outcome = Outcome.BETTER if (effect > 0) == (good > 0) else Outcome.WORSE
    weights = rows.n[after]
    return Evaluation(
        kind, effect, low, high, outcome, float(np.average(line, weights=weights)),
        float(np.average(rows.values[after], weights=weights)), smallest, int((~after).sum()),
        int(after.sum()), rows.by_day, found.memory, found.odd, rows.closed, yearly,
        tuple(float(each) for each in line),
    )  # fmt: skip
