"""Patterns grouped by which questions were answered, with the sums each group needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.stats.drivers.patterns import Codes, Floats, Patterns

_ROWS = 32_768  # patterns whose products are held at once


@dataclass(frozen=True, slots=True)
class Groups:
    """People who answered the same questions, together; G groups, m questions.

    answered: (G, m) bool. weight: (G,) summed weights. sums: (G, m) and products: (G, m, m), the
    weighted sums of the answers and of their products, 0 where there is none. order: (P,) patterns
    sorted by group. starts: (G + 1,) where each group begins in `order`. Answers are taken from
    `centre` (m,), which keeps the sums accurate.
    """

    answered: NDArray[np.bool_]
    weight: Floats
    sums: Floats
    products: Floats
    order: Codes
    starts: Codes
    centre: Floats

    @property
    def total(self) -> float:
        """Summed weights of everybody."""
        return float(self.weight.sum())


def group(patterns: Patterns) -> Groups:
    """The groups of some patterns; people who answered none of the questions must be left out."""
    seen = ~np.isnan(patterns.values)
    code = seen @ (1 << np.arange(seen.shape[1], dtype=np.int64))
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(which, kind="stable")
    sizes = np.bincount(which, minlength=len(first))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    m = seen.shape[1]
    centre = _centre(patterns)
    found = Groups(
        answered=seen[first],
        weight=np.bincount(which, weights=patterns.weights).astype(np.float64),
        sums=np.zeros((len(first), m)),
        products=np.zeros((len(first), m, m)),
        order=order,
        starts=starts,
        centre=centre,
    )
    for place, rows in stretches(found):
        values = np.nan_to_num(patterns.values[rows] - centre)
        weighed = values * patterns.weights[rows][:, None]
        found.sums[place] += weighed.sum(axis=0)
        found.products[place] += weighed.T @ values
    return found


def stretches(groups: Groups) -> Iterator[tuple[int, Codes]]:
    """(group, patterns of it), at most 32,768 patterns at a time, so that memory stays bounded."""
    for place in range(len(groups.starts) - 1):
        start, end = int(groups.starts[place]), int(groups.starts[place + 1])
        for low in range(start, end, _ROWS):
            yield place, groups.order[low : min(low + _ROWS, end)]


def _centre(patterns: Patterns) -> Floats:
    """(m,) the weighted mean of the answers to each question."""
    seen = ~np.isnan(patterns.values)
    weights = patterns.weights
    result: Floats = (weights @ np.nan_to_num(patterns.values)) / (weights @ seen)
    return result
