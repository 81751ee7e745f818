"""Ranks with intervals: which places a figure may truly have among others, all of them at once.

A rank looks exact and is not: with 200 answers each, the first of twelve may well be the sixth. So
each pair is compared, with the error of all comparisons together held to what was asked, and a
figure's rank is bounded by how many are higher, and how many lower, for certain: Klein, M.,
Wright, T. and Wieczorek, J. (2020), A joint confidence region for an overall ranking of
populations, JRSS C 69, 589-606; Al Mohamad, D., Goeman, J. J. and van Zwet, E. W. (2022),
Simultaneous confidence intervals for ranks with application to ranking institutions, Biometrics
78, 238-247.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable

Matrix = NDArray[np.float64]
TUKEY, HOLM = "tukey", "holm"


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The best and the worst place a figure may have among `of`; 1 is the highest figure."""

    best: int
    worst: int
    of: int

    @property
    def tells_nothing(self) -> bool:
        """Whether any place is possible."""
        return self.best == 1 and self.worst == self.of


def rank_intervals(
    values: Sequence[float],
    errors: Sequence[float],
    confidence: float = 0.95,
    adjust: str = TUKEY,
) -> list[RankInterval]:
    """For each of K independent figures its places; all K hold at once with that confidence.

    values: K figures; errors: their standard errors, not below 0, in the same unit. adjust:
    `tukey`, the distribution of the range of K (Tukey 1953; conservative for unequal errors,
    Hayter 1984), or `holm`, step-down (Holm 1979), sharper where many pairs differ clearly. Equal
    figures have no order, so each may have the places of all of them. Raises Unusable when the
    lengths differ or an error is negative.
    """
    at, spread = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    if at.shape != spread.shape or at.ndim != 1 or bool((spread < 0).any()):
        raise Unusable("Ranks need one standard error, not below 0, for each figure.")
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
    apart = at[:, None] - at[None, :]
    error = np.hypot(spread[:, None], spread[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(apart == 0, 0.0, apart / error)
    certain = _by_range(z, confidence) if adjust == TUKEY else _step_down(z, confidence)
    higher = (certain & (z < 0)).sum(axis=1)  # those that stand above each for certain
    lower = (certain & (z > 0)).sum(axis=1)
    k = len(at)
    return [
        RankInterval(1 + int(h), k - int(below), k) for h, below in zip(higher, lower, strict=True)
    ]


def rank_shares(
    shares: Sequence[tuple[int, int]], confidence: float = 0.95, adjust: str = TUKEY
) -> list[RankInterval]:
    """The places of K shares, each given as (successes, n); nobody answered may be anywhere.

    Compared with one success and one failure added to each (Agresti, A. and Caffo, B. (2000), The
    American Statistician 54, 280-288), which keeps shares near 0 and 1 honest.
    """
    for successes, n in shares:
        if not 0 <= successes <= n:
            raise Unusable(f"{successes} of {n} is not a share.")
    values = [(x + 1) / (n + 2) for x, n in shares]
    errors = [math.sqrt(p * (1 - p) / (n + 2)) for p, (_, n) in zip(values, shares, strict=True)]
    wide = [1e6 if n == 0 else e for e, (_, n) in zip(errors, shares, strict=True)]
    return rank_intervals(values, wide, confidence, adjust)


def _by_range(z: Matrix, confidence: float) -> NDArray[np.bool_]:
    """Pairs further apart than the range of K equal figures gets by chance."""
    found: NDArray[np.bool_] = np.abs(z) * math.sqrt(2) > range_quantile(len(z), confidence)
    return found


def _step_down(z: Matrix, confidence: float) -> NDArray[np.bool_]:
    """Pairs that Holm's procedure tells apart."""
    k = len(z)
    first, second = np.triu_indices(k, 1)
    chance = 2 * scipy.special.ndtr(-np.abs(z[first, second]))
    certain = np.zeros((k, k), dtype=bool)
    for turn, pair in enumerate(np.argsort(chance, kind="stable")):
        if chance[pair] > (1 - confidence) / (len(chance) - turn):
            break
        i, j = first[pair], second[pair]
        certain[i, j] = certain[j, i] = True
    return certain


@cache
def range_quantile(k: int, confidence: float) -> float:
    """The range that K independent standard normal figures stay within, with that probability.

    Tukey's studentized range with known errors: 2.77 for two, 3.63 for four, 4.47 for ten (95 %).
    """
    if k < 2:
        return 0.0
    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if _range_probability(middle, k) < confidence:
            low = middle
        else:
            high = middle
    return high


def _range_probability(width: float, k: int) -> float:
    """k times the integral of phi(x) [Phi(x) - Phi(x - width)]^(k - 1): one of them is highest."""
    x, weight = _grid()
    inside = scipy.special.ndtr(x) - scipy.special.ndtr(x - width)
    density = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return float(k * (weight * density * inside ** (k - 1)).sum())


@cache
def _grid() -> tuple[Matrix, Matrix]:
    """Gauss-Legendre points and weights from -9 to 9, beyond which there is no density."""
    x, weight = np.polynomial.legendre.leggauss(400)
    return 9.0 * np.asarray(x, dtype=float), 9.0 * np.asarray(weight, dtype=float)
