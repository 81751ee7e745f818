"""How far sums of log likelihood ratios jump over a limit: what a limit has to be lowered by.

A sum that is told at a limit A over-runs it; that makes tellings by chance alone rarer than one in
A looks, by the factor E[exp(-overshoot)] while the change is there. Woodroofe, M. (1982), Nonlinear
Renewal Theory in Sequential Analysis; Siegmund, D. (1985), Sequential Analysis; for sums over all
beginnings: Pollak, M. (1987), Average run lengths of an optimal method of detecting a change in
distribution, Annals of Statistics 15, 749-779. A limit in the long run, not a bound.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.detection.grid import Numbers

# exp(-_NORMAL size) for sums of normal numbers (Siegmund 1985, chapter 10).
_NORMAL = 0.583
# Sizes and log means of the table; smaller sizes jump as normal ones do.
_SIZES = np.array([0.0, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0])
_LOG_MEANS = np.arange(-6.0, 10.0, 1.0)
_MOST_STEPS = 400


def of_normal(size: Numbers | float) -> Numbers:
    """The factor for a change by so many standard deviations of one look."""
    found: Numbers = np.exp(-_NORMAL * np.asarray(size, dtype=np.float64))
    return found


def of_counts(mean: Numbers, size: Numbers, *, lower: bool) -> Numbers:
    """The factor for counts whose mean falls (lower) or rises by so many of its deviations.

    The change is to mean · exp(∓size / √mean). A fall of rare events is seen by nothing coming,
    which jumps hardly; a rise by what comes, which jumps far. From a table, between its places.
    """
    table = _table(lower)
    high = np.clip(np.interp(size, _SIZES, np.arange(len(_SIZES))), 0, len(_SIZES) - 1.001)
    wide = np.log(np.maximum(mean, 1e-3)) - _LOG_MEANS[0]
    wide = np.clip(wide, 0, len(_LOG_MEANS) - 1.001)
    at, by = high.astype(int), wide.astype(int)
    up, along = high - at, wide - by
    left = table[at, by] * (1 - up) + table[at + 1, by] * up
    right = table[at, by + 1] * (1 - up) + table[at + 1, by + 1] * up
    found: Numbers = left * (1 - along) + right * along
    return found


@cache
def _table(lower: bool) -> Numbers:
    made = np.ones((len(_SIZES), len(_LOG_MEANS)))
    for row, size in enumerate(_SIZES[1:], start=1):
        for column, mean in enumerate(np.exp(_LOG_MEANS)):
            ratio = float(np.exp((-size if lower else size) / np.sqrt(mean)))
            made[row, column] = _factor(float(mean), max(ratio, 1e-9))
    return made


def _factor(mean: float, ratio: float) -> float:
    """exp(-Σ (P₀(Sₙ > 0) + P₁(Sₙ ≤ 0)) / n) over the mean step of S, for Poisson counts.

    Of lattice sums the limit wobbles around this; at most 1.
    """
    after = mean * ratio
    step = after * np.log(ratio) + mean - after
    steps = np.arange(1, _MOST_STEPS + 1)
    even = steps * (after - mean) / np.log(ratio)  # total count at which S is 0
    below = np.ceil(even) - 1  # the largest count under it
    up_to = np.floor(even)
    if ratio < 1:
        wrong = scipy.special.pdtr(below, steps * mean) * (below >= 0)
        missed = 1 - scipy.special.pdtr(below, steps * after) * (below >= 0)
    else:
        wrong = scipy.special.pdtrc(up_to, steps * mean)
        missed = scipy.special.pdtr(up_to, steps * after)
    found = float(np.exp(-np.sum((wrong + missed) / steps)) / step)
    return float(np.clip(found, 0.02, 1.0))
