"""How far numbers usually lie from what was expected, and whether that grows with the level."""

from __future__ import annotations

import numpy as np

from cx280.stats.detection.grid import Flags, Numbers
from cx280.stats.detection.rolling import mean_before, robust_mean_before

# Noise like 1 (the same at any level), like a root (counts), like the level itself (shares of it).
_POWERS = (0.0, 0.5, 1.0)
_MOST = 5.0  # one deviation counts as at most so many usual ones
_WORST = 8.0  # a cell says at most so much against a kind of noise


def usual_deviation(
    numbers: Numbers, expected: Numbers, width: int, least: Numbers, positive: Flags
) -> Numbers:
    """The mean absolute deviation to be expected of each cell, from the `width` cells before it.

    Where no number so far is negative (positive) it may grow with the level: as a constant, as a
    root or in proportion, whichever has described the past best (Laplace likelihood). Never under
    `least`.
    """
    away = np.abs(numbers - expected)
    level = np.maximum(np.abs(expected), least)
    sizes, losses = [], []
    for power in _POWERS:
        kind = level**power
        size = robust_mean_before(away / kind, width, _MOST) * kind
        with np.errstate(divide="ignore", invalid="ignore"):
            floored = np.maximum(size, least * 1e-3)
            loss = np.log(floored) + np.minimum(away, _WORST * floored) / floored
        sizes.append(size)
        loss = mean_before(loss, width)[0]
        losses.append(loss if not power else np.where(positive, loss, np.inf))
    loss = np.stack(losses)
    which = np.argmin(np.where(np.isnan(loss), np.inf, loss), axis=0)
    chosen = np.stack(sizes)[which, np.arange(len(numbers))]
    found: Numbers = np.maximum(np.nan_to_num(chosen), least)
    return found
