"""Intervals for shares and means, and whether two shares differ: how sure a figure is.

All of them take the answers as a random draw from those who could have answered. Answers people
chose to send are no such draw: there the interval shows what chance alone would do, not the whole
error, and the pages say so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable


class Verdict(StrEnum):
    """What a difference between two figures allows to say."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_EVIDENCE = "no evidence of change"


@dataclass(frozen=True, slots=True)
class Difference:
    """The later share minus the earlier one, in [-1, 1], its interval, and what may be said."""

    difference: float
    low: float
    high: float
    verdict: Verdict

    @property
    def points(self) -> int:
        """The difference in whole percentage points, signed."""
        return round(self.difference * 100)


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """The mean of coded answers, its interval (within the scale), and the number of answers."""

    mean: float
    low: float
    high: float
    n: int


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """(low, high) of a share within [0, 1]; (0, 1) when nobody answered.

    The score interval: Wilson, E. B. (1927), Probable inference, the law of succession, and
    statistical inference, JASA 22, 209-212. It keeps to [0, 1] and works for shares near 0 and 1,
    where the textbook interval collapses (Brown, Cai and DasGupta 2001, Statistical Science 16).
    """
    _check(successes, n)
    if n == 0:
        return 0.0, 1.0
    z = _normal_quantile(confidence)
    share = successes / n
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    centre = share + z * z / (2 * n)
    scale = 1 + z * z / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    # Rounding must not push an end past the share itself: exact at 0 and 1.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def mean_interval(counts: Mapping[int, int], confidence: float = 0.95) -> MeanInterval | None:
    """The mean of {code: how many gave it} with Student's t interval; None when nobody answered.

    The interval is cut at the lowest and highest code given in `counts` (zero counts included),
    so pass the whole scale. With one answer it is the whole scale: Student (1908), Biometrika 6.
    """
    n = sum(counts.values())
    if n == 0:
        return None
    lowest, highest = min(counts), max(counts)
    mean = sum(code * times for code, times in counts.items()) / n
    if n == 1:
        return MeanInterval(mean, float(lowest), float(highest), 1)
    squares = sum(times * (code - mean) ** 2 for code, times in counts.items())
    error = math.sqrt(squares / (n - 1) / n)
    reach = _t_quantile(confidence, n - 1) * error
    return MeanInterval(mean, max(lowest, mean - reach), min(highest, mean + reach), n)


def compare_shares(
    before: tuple[int, int], after: tuple[int, int], confidence: float = 0.95
) -> Difference:
    """After minus before, each given as (successes, n), with interval and verdict.

    The hybrid score interval for independent shares, method 10 of Newcombe, R. G. (1998),
    Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873-890. The verdict is `no evidence of change` while the interval holds 0,
    always so when one side is empty.
    """
    for successes, n in (before, after):
        _check(successes, n)
    if before[1] == 0 or after[1] == 0:
        return Difference(0.0, -1.0, 1.0, Verdict.NO_EVIDENCE)
    first, second = before[0] / before[1], after[0] / after[1]
    low_1, high_1 = wilson(*before, confidence)
    low_2, high_2 = wilson(*after, confidence)
    difference = second - first
    low = difference - math.hypot(second - low_2, high_1 - first)
    high = difference + math.hypot(high_2 - second, first - low_1)
    return Difference(difference, max(-1.0, low), min(1.0, high), verdict_on(low, high))


def verdict_on(low: float, high: float) -> Verdict:
    """What the interval (low, high) of a change, in any unit, allows to say."""
    if low > 0:
        return Verdict.HIGHER
    return Verdict.LOWER if high < 0 else Verdict.NO_EVIDENCE


def _check(successes: int, n: int) -> None:
    if not 0 <= successes <= n:
        raise Unusable(f"{successes} of {n} is not a share.")


@cache
def _normal_quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
    return float(scipy.special.ndtri(0.5 + confidence / 2))


def _t_quantile(confidence: float, degrees: int) -> float:
    return float(scipy.special.stdtrit(degrees, 0.5 + confidence / 2))
