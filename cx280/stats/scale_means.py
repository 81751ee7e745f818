"""The mean of answers on a scale with an interval that holds near the ends of the scale too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import MeanInterval

PRIOR_ANSWERS = 1.0  # spread evenly over the scale: no answer that may be given is impossible
_HALVINGS = 48
_STEEPEST = 40.0  # a tilt at which all the weight is on the last answer


def scale_mean(counts: Mapping[int, int], confidence: float = 0.95) -> MeanInterval | None:
    """The mean of {code: how many gave it}, and an interval within the scale; None without answers.

    counts: the whole scale, answers nobody gave with 0; at least two codes. Where most people give
    the best answer, the spread of a small sample says too little of those who would not, and
    Student's interval holds the truth in 80 to 90 of 100 samples (docs/studies/intervals.md). Here
    each possible mean is judged by the spread that answers would have *there*: the sample, with
    one answer spread over the scale added (Perks 1947), is tilted exponentially until it has that
    mean (Efron, B. 1981, Nonparametric standard errors and confidence intervals, Canadian Journal
    of Statistics 9, 139-172). The interval holds the means that lie within Student's t standard
    errors of the sample's: for yes and no, in essence, Wilson (1927). With one answer it is the
    whole scale. Raises Unusable for negative counts, fewer than two codes, or a confidence outside
    0 to 1.
    """
    if len(counts) < 2 or min(counts.values()) < 0:
        raise Unusable("A scale has two answers or more, each given 0 times or more.")
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
    n = sum(counts.values())
    if n == 0:
        return None
    codes = sorted(counts)
    mean = sum(code * counts[code] for code in codes) / n
    if n == 1:
        return MeanInterval(mean, float(codes[0]), float(codes[-1]), 1)
    low, high = _ends(tuple(codes), tuple(counts[code] for code in codes), confidence)
    return MeanInterval(mean, min(low, mean), max(high, mean), n)


@lru_cache(maxsize=8192)  # pages ask for the means of finished quarters again and again
def _ends(
    codes: tuple[int, ...], answers: tuple[int, ...], confidence: float
) -> tuple[float, float]:
    n = sum(answers)
    mean = sum(code * times for code, times in zip(codes, answers, strict=True)) / n
    reach = float(scipy.special.stdtrit(n - 1, 0.5 + confidence / 2)) ** 2 / n
    weights = [times + PRIOR_ANSWERS / len(codes) for times in answers]
    return _end(codes, weights, mean, reach, -1.0), _end(codes, weights, mean, reach, 1.0)


def _end(
    codes: Sequence[int], weights: Sequence[float], mean: float, reach: float, way: float
) -> float:
    """The furthest mean, tilting one way, whose own spread still explains the sample's mean."""
    near, far = 0.0, _STEEPEST
    for _ in range(_HALVINGS):
        tilt = (near + far) / 2
        there, spread = _tilted(codes, weights, way * tilt)
        if (there - mean) ** 2 <= reach * spread:
            near = tilt
        else:
            far = tilt
    return _tilted(codes, weights, way * near)[0]


def _tilted(codes: Sequence[int], weights: Sequence[float], tilt: float) -> tuple[float, float]:
    """Mean and variance of the answers when each code weighs exp(tilt × code) more."""
    top = codes[-1] if tilt > 0 else codes[0]
    parts = [
        each * math.exp(tilt * (code - top)) for code, each in zip(codes, weights, strict=True)
    ]
    total = sum(parts)
    mean = sum(code * part for code, part in zip(codes, parts, strict=True)) / total
    return mean, sum(
        part * (code - mean) ** 2 for code, part in zip(codes, parts, strict=True)
    ) / total
