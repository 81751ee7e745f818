"""Which drivers the evidence puts first, and between which ranks each lies.

Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024), Inference for ranks with
applications to mobility across neighbourhoods and academic achievement across countries, Review of
Economic Studies 91, 476-518: a driver is below another when the difference lies outside what chance
does to all its differences at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cx280.stats.drivers.patterns import Floats


def rank_bounds(
    importance: Floats, drawn: Floats, confidence: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(k,) best and (k,) worst rank, 1 first, that the evidence leaves to each driver.

    importance: (k,), drawn: (B, k) of the bootstrap. Either end holds with the given confidence,
    for each driver: no better rank than the best, no worse than the worst.
    """
    k = len(importance)
    best, worst = np.ones(k, dtype=np.int64), np.full(k, k, dtype=np.int64)
    if len(drawn) < 2:
        return best, worst
    for place in range(k):
        ahead = np.delete(importance, place) - importance[place]
        moved = np.delete(drawn, place, axis=1) - drawn[:, [place]] - ahead
        error = np.maximum(moved.std(axis=0), 1e-12)
        scaled = moved / error
        up, down = (
            np.quantile(each.max(axis=1, initial=0), confidence) * error
            for each in (scaled, -scaled)
        )
        best[place] += np.count_nonzero(ahead > up)
        worst[place] -= np.count_nonzero(-ahead > down)
    return best, worst


def share_first(drawn: Floats) -> Floats:
    """(k,) the share of bootstrap samples in which each driver comes first; 0 without samples."""
    if not len(drawn):
        return np.zeros(drawn.shape[1])
    result: Floats = np.bincount(drawn.argmax(axis=1), minlength=drawn.shape[1]) / len(drawn)
    return result
