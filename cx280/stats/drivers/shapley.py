"""Importance by LMG: each driver's share of R², averaged over all orders of the drivers.

Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980), Introduction to Bivariate and Multivariate
Analysis, p. 119 ff.; the Shapley value of R² (Grömping 2006, Journal of Statistical Software 17).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from cx280.stats.drivers.patterns import Floats

MOST_DRIVERS = 16  # 65,536 subsets
_CELLS = 4_000_000  # numbers held at once: 32 MB
_NOTHING_LEFT = 1e-10  # of a driver's variance, once the others are known


def lmg(correlations: Floats) -> Floats:
    """(B, k) importance of k drivers in B correlation matrices (B, k+1, k+1), outcome first.

    Each row sums to that matrix's R². Exact: R² of all 2^k subsets, none left out; memory stays
    below about 100 MB whatever B is. k at most 16.
    """
    k = correlations.shape[1] - 1
    batch = max(1, _CELLS // (3 << k))
    parts = [
        explained(correlations[start : start + batch]) @ _averages(k)
        for start in range(0, len(correlations), batch)
    ]
    return np.concatenate(parts)


def explained(correlations: Floats) -> Floats:
    """(B, 2^k) R² of every subset of the drivers; driver i is in a subset when its bit i is set.

    A tree: at each level one driver is left out, or swept out of all that follow (Schur
    complement), for all subsets of the earlier ones at once. About 12 · 2^k steps a matrix,
    where solving each subset would take k³ · 2^k. A driver of which nothing is left once the
    earlier ones are known adds nothing.
    """
    k = correlations.shape[1] - 1
    order = [*range(1, k + 1), 0]
    # Matrices first, subsets and draws last: numpy then works along long stretches of memory.
    left = np.moveaxis(correlations[:, order][:, :, order], 0, -1)[:, :, None, :]
    for _ in range(k):
        pivot = left[0, 0]
        usable = pivot > _NOTHING_LEFT
        scaled = left[0, 1:] * np.where(usable, 1 / np.where(usable, pivot, 1), 0)
        without = left[1:, 1:]
        swept = without - left[1:, 0][:, None] * scaled[None, :]
        left = np.concatenate([without, swept], axis=2)
    unexplained = left[0, 0].T
    result: Floats = 1 - unexplained / correlations[:, 0, 0][:, None]
    return result


@cache
def _averages(k: int) -> Floats:
    """(2^k, k): what R² of a subset counts for each driver, averaged over all orders."""
    subsets = np.arange(1 << k)
    inside = (subsets[:, None] >> np.arange(k)) & 1
    sizes = inside.sum(axis=1)
    # s!(k-s-1)!/k!: the orders in which exactly these s drivers come before.
    before = np.array([1 / (k * math.comb(k - 1, s)) for s in range(k)])
    gained = before[np.maximum(sizes - 1, 0)]
    lost = before[np.minimum(sizes, k - 1)]
    weights: Floats = np.where(inside == 1, gained[:, None], -lost[:, None])
    weights.setflags(write=False)
    return weights
