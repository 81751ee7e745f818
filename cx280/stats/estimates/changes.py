"""Change between two periods: how much, how sure, and what may be said."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Mask
from cx280.stats.estimates.comparing import compare_two
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.proportions import Share
from cx280.stats.estimates.results import Estimate, reach_of
from cx280.stats.intervals import Verdict, verdict_on


@dataclass(frozen=True, slots=True)
class Change:
    """The later figure less the earlier one, in their unit, with its interval and verdict."""

    before: float
    after: float
    difference: float
    se: float
    low: float
    high: float
    df: float
    verdict: Verdict


def change(before: Estimate, after: Estimate, confidence: float = 0.95) -> Change:
    """The change between two samples drawn apart from each other, as means, totals or ratios.

    The variances add; degrees of freedom by Welch, B. L. (1947), Biometrika 34, 28-35. NO_EVIDENCE
    while the interval holds 0, and when neither figure shows a spread to go by: two samples in
    which everybody said the same are too little to call a change. For shares see change_of_shares;
    for periods of one sample of the same clusters, change_within.
    """
    se = math.hypot(before.se, after.se)
    df = _welch(before, after)
    reach = reach_of(se, df, confidence) if se > 0 else math.inf
    return _change(before.value, after.value, se, df, -reach, reach)


def change_of_shares(before: Share, after: Share) -> Change:
    """The change of a share between two samples drawn apart, from their own intervals.

    The hybrid of both intervals (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10;
    Zou and Donner 2008, Statistics in Medicine 27, 1693-1702 for any interval), at the confidence
    of the two: it stays within -1 to 1 and keeps their lopsidedness.
    """
    difference = after.value - before.value
    down = -math.hypot(after.value - after.low, before.high - before.value)
    up = math.hypot(after.high - after.value, before.value - before.low)
    down, up = max(down, -1 - difference), min(up, 1 - difference)
    df = _welch(before, after)
    return _change(before.value, after.value, math.hypot(before.se, after.se), df, down, up)


def change_within(
    design: Design,
    values: ArrayLike,
    period: ArrayLike,
    before: str,
    after: str,
    confidence: float = 0.95,
) -> Change:
    """The change of a mean between two periods of one sample, whose clusters may be the same.

    values: (n,), NaN where missing; period: (n,) names, `before` and `after` among them. What both
    periods share of a cluster cancels, so this is surer than comparing them as if drawn apart.
    Raises Unusable when a period has no row, or nothing varies.
    """
    named = np.asarray(period).astype(str)
    for each in (before, after):
        if not (named == each).any():
            raise Unusable(f"No row is of period “{each}”.", field="period")
    order = np.where(named == before, "1", np.where(named == after, "2", ""))
    found = compare_two(design, values, order, confidence)
    first = _mean_of(design, values, named == before)
    reach = found.high - found.difference
    return _change(first, first + found.difference, found.se, found.df, -reach, reach)


def _mean_of(design: Design, values: ArrayLike, inside: Mask) -> float:
    numbers = np.asarray(values, dtype=np.float64)
    kept = inside & ~np.isnan(numbers)
    return float(np.average(numbers[kept], weights=design.weights[kept]))


def _welch(before: Estimate | Share, after: Estimate | Share) -> float:
    first, second = before.se**2, after.se**2
    if first + second == 0:
        return min(before.df, after.df)
    parts = [
        each**2 / df if df > 0 else math.inf
        for each, df in ((first, before.df), (second, after.df))
        if each > 0
    ]
    spread = sum(parts)
    return (first + second) ** 2 / spread if spread > 0 else math.inf


def _change(before: float, after: float, se: float, df: float, down: float, up: float) -> Change:
    difference = after - before
    low, high = difference + down, difference + up
    return Change(before, after, difference, se, low, high, df, verdict_on(low, high))
