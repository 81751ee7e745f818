"""Medians and other quantiles of a population, with Woodruff's interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Vector, answers
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.means import means
from cx280.stats.estimates.proportions import Method, share_interval
from cx280.stats.estimates.results import t_quantile


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value below which a part (0 to 1) of the population lies, in the unit of the values.

    low, high, se are NaN where the interval runs past the smallest or largest value seen.
    """

    part: float
    value: float
    se: float
    low: float
    high: float
    df: float
    n: int


def quantile(
    design: Design,
    values: ArrayLike,
    part: float,
    confidence: float = 0.95,
    method: Method = Method.MEAN,
) -> Quantile:
    """The smallest value at which the weighted distribution reaches `part`, with its interval.

    values: (n,), NaN where missing. The estimate is the inverse of the weighted distribution
    function, no interpolation (R's qrule "math", Hyndman and Fan's type 1). The interval is
    Woodruff, R. S. (1952), Confidence intervals for medians and other position measures, JASA 47,
    635-646: the share at or below the estimate gets an interval with design degrees of freedom
    (`method`; MEAN is R's default), and its two ends are read back through the same function. The
    standard error is the width over twice Student's t. An end below 0 or above 1 has no value: NaN.
    Raises Unusable for a part outside 0 to 1 or when nobody answered.
    """
    if not 0 < part < 1:
        raise Unusable(f"A quantile lies between 0 and 1, not at {part}.", field="quantile")
    found, given = answers(values, len(design.weights))
    inside = design.within(given)
    value = weighted_quantile(found, inside.weights, part)
    below = means(inside, (found <= value).astype(np.float64)[:, None], ("below",))[0]
    if method is Method.MEAN:
        low, high = below.interval(confidence)
    else:
        known = share_interval(below, confidence, method)
        low, high = known.low, known.high
    ends = [
        weighted_quantile(found, inside.weights, each) if 0 <= each <= 1 else math.nan
        for each in (low, high)
    ]
    t = t_quantile(confidence, below.df) if below.df > 0 else math.inf
    se = (ends[1] - ends[0]) / (2 * t)
    return Quantile(part, value, se, ends[0], ends[1], below.df, inside.n)


def weighted_quantile(values: Vector, weights: Vector, part: float) -> float:
    """The smallest value whose cumulative weight is at least `part` of all; rounding forgiven.

    values, weights: (n,), some weight above 0; rows without weight do not count. The inverse of the
    weighted distribution function: Hyndman, R. J. and Fan, Y. (1996), Sample quantiles in
    statistical packages, American Statistician 50, 361-365, definition 1.
    """
    kept = weights != 0
    order = np.argsort(values[kept], kind="stable")
    reached = np.cumsum(weights[kept][order])
    at = int(np.searchsorted(reached, part * reached[-1] * (1 - 1e-13)))
    return float(values[kept][order][min(at, len(reached) - 1)])
