"""Intervals for the share of a population, from samples of any design.

A share near 0 or 1 has a lopsided error: the textbook interval leaves the scale and covers too
little (Brown, Cai and DasGupta 2001, Statistical Science 16, 101-133). Which interval holds where
is measured in docs/studies/intervals.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.effects import effective_n
from cx280.stats.estimates.results import Estimate, t_quantile

_ROUNDING = 1e-12  # closer to 0 or 1, a share is 0 or 1


class Method(StrEnum):
    """How an interval for a share is made; each as R's svyciprop names it, wilson as ours.

    LOGIT: t interval of the log odds, back on the scale. BETA: Clopper and Pearson's with the
    effective sample size (Korn and Graubard 1998, Survey Methodology 24, 193-201): careful, never
    short. WILSON: the score interval with the effective sample size (Kott and Carr 1997, Journal
    of Official Statistics 13, 405-415). ARCSINE: t interval of asin √p. MEAN: plain t interval.
    STRATIFIED: Wilson's within each stratum, put together (population_shares.share, which knows the
    design): holds where strata are small or weights uneven.
    """

    LOGIT = "logit"
    BETA = "beta"
    WILSON = "wilson"
    ARCSINE = "asin"
    MEAN = "mean"
    STRATIFIED = "stratified"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the population, 0 to 1, its standard error and interval, and n rows behind it."""

    value: float
    se: float
    low: float
    high: float
    df: float
    n: int
    deff: float | None = None


def share_interval(
    estimate: Estimate, confidence: float = 0.95, method: Method = Method.LOGIT
) -> Share:
    """The share with its interval inside 0 to 1; the estimate is the mean of zeros and ones.

    Where everybody or nobody agreed, or the standard error is 0, there is no spread to go by, and
    logit, arcsine and mean give way to BETA with n people. Without a degree of freedom the interval
    is all of 0 to 1.
    Raises Unusable for a value outside 0 to 1, a confidence outside 0 to 1, and STRATIFIED.
    """
    value = estimate.value
    if not -1e-9 <= value <= 1 + 1e-9:
        raise Unusable(f"{value:g} is not a share.", field="values")
    value = min(1.0, max(0.0, value))
    t_quantile(confidence, math.inf)  # refuses a confidence that is none
    if estimate.df <= 0:
        low, high = 0.0, 1.0
    else:
        low, high = _interval(value, estimate, confidence, method)
    low, high = min(max(low, 0.0), value), max(min(high, 1.0), value)
    return Share(value, estimate.se, low, high, estimate.df, estimate.n, estimate.deff)


def _interval(
    share: float, estimate: Estimate, confidence: float, method: Method
) -> tuple[float, float]:
    spread = estimate.se > _ROUNDING and _ROUNDING < share < 1 - _ROUNDING
    if method is Method.STRATIFIED:
        raise Unusable("A stratified interval needs the design, not the estimate alone.")
    if method is Method.WILSON:
        return _wilson(share, estimate, confidence)
    if method is Method.BETA or not spread:
        return _beta(share, estimate, confidence)
    reach = t_quantile(confidence, estimate.df) * estimate.se
    if method is Method.MEAN:
        return share - reach, share + reach
    if method is Method.ARCSINE:
        return _arcsine(share, reach)
    odds, spread_of_odds = float(scipy.special.logit(share)), reach / (share * (1 - share))
    return float(scipy.special.expit(odds - spread_of_odds)), float(
        scipy.special.expit(odds + spread_of_odds)
    )


def _arcsine(share: float, reach: float) -> tuple[float, float]:
    angle = math.asin(math.sqrt(share))
    turn = reach / (2 * math.sqrt(share * (1 - share)))
    low, high = max(0.0, angle - turn), min(math.pi / 2, angle + turn)
    return math.sin(low) ** 2, math.sin(high) ** 2


def _beta(share: float, estimate: Estimate, confidence: float) -> tuple[float, float]:
    # Scaled by the t quantiles, so that few clusters widen it: Korn and Graubard 1998, (5).
    n = _effective(share, estimate)
    if math.isfinite(estimate.df) and estimate.n > 1:
        ratio = t_quantile(confidence, estimate.n - 1) / t_quantile(confidence, estimate.df)
        n *= ratio**2
    tail = (1 - confidence) / 2
    hits, others = n * share, n * (1 - share)
    low = float(scipy.special.betaincinv(hits, others + 1, tail)) if hits > 0 else 0.0
    high = float(scipy.special.betaincinv(hits + 1, others, 1 - tail)) if others > 0 else 1.0
    return low, high


def _wilson(share: float, estimate: Estimate, confidence: float) -> tuple[float, float]:
    return score_interval(share, _effective(share, estimate), t_quantile(confidence, estimate.df))


def score_interval(share: float, n: float, t: float) -> tuple[float, float]:
    """Wilson's (1927) ends for a share of n people, n any number above 0, and a quantile t."""
    spread = t * math.sqrt(share * (1 - share) / n + t * t / (4 * n * n))
    centre, scale = share + t * t / (2 * n), 1 + t * t / n
    return (centre - spread) / scale, (centre + spread) / scale


def _effective(share: float, estimate: Estimate) -> float:
    if estimate.se <= _ROUNDING or not _ROUNDING < share < 1 - _ROUNDING:
        return float(estimate.n)
    return effective_n(share, estimate.se**2)
