"""How sure a median is, and the difference of two figures of which each has its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import scipy  # its parts load when first used

from cx280.stats.intervals import Verdict, verdict_on


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, the ends of its interval (infinite: nothing is known there), and from how many."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The second figure minus the first, its interval, and what may be said."""

    difference: float
    low: float
    high: float
    verdict: Verdict


def median_interval(values: Sequence[float], confidence: float = 0.95) -> Estimate | None:
    """The median with an exact interval whatever the distribution; None of nothing.

    The ends are two of the values themselves: as many lie beyond each as the sign test allows, so
    that the median of all lies between them at least as often as `confidence` says (Thompson, W. R.
    (1936), On confidence ranges for the median, Annals of Mathematical Statistics 7, 122-128).
    With too few values for that confidence the ends are infinite.
    """
    if not values:
        return None
    ordered, n = sorted(values), len(values)
    beyond = _beyond(n, (1 - confidence) / 2)
    ends = (-math.inf, math.inf) if beyond < 0 else (ordered[beyond], ordered[n - 1 - beyond])
    return Estimate(float(median(ordered)), *ends, n)


def _beyond(n: int, tail: float) -> int:
    """The most values that may lie beyond one end: P(Binomial(n, 1/2) <= it) <= tail; -1: none."""
    least, most = -1, n // 2
    while least < most:
        middle = (least + most + 1) // 2
        if float(scipy.special.bdtr(middle, n, 0.5)) <= tail:
            least = middle
        else:
            most = middle - 1
    return least


def gap(first: Estimate, second: Estimate) -> Gap:
    """The second minus the first, of independent figures with intervals of one confidence.

    Each side reaches as far as both intervals together do, by squares: the method of variance
    estimates recovery (Zou, G. Y. and Donner, A. (2008), Construction of confidence limits about
    effect measures: a general approach, Statistics in Medicine 27, 1693-1702). For two shares with
    Wilson's intervals it is Newcombe's.
    """
    difference = second.value - first.value
    low = difference - math.hypot(second.value - second.low, first.high - first.value)
    high = difference + math.hypot(second.high - second.value, first.value - first.low)
    return Gap(difference, low, high, verdict_on(low, high))
