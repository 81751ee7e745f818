"""The bootstrap on counted patterns: how the covariances would differ with other people.

Efron, B. (1979), Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1-26.
People are drawn, each with the weight they carry. What is drawn is never a row but how often each
pattern comes up, and of that only the means of answers and products are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cx280.stats.drivers.missingness import Groups, stretches
from cx280.stats.drivers.moments import Moments, complete, pack, unpack
from cx280.stats.drivers.patterns import Codes, Floats, Patterns

# Up to here people are drawn pattern by pattern; with more patterns, hence more people, the means
# that are kept follow the normal law that the draws tend to, and are drawn from it.
MOST_DRAWN = 5_000
_CELLS = 2_000_000  # numbers held at once


def resample(patterns: Patterns, groups: Groups, moments: Moments, draws: int, seed: int) -> Floats:
    """(draws, m, m) covariance matrices, one from each bootstrap sample of the people.

    With gaps each sample's maximum-likelihood estimate is reached by one Newton step from that of
    everybody, which the sample is near; negative eigenvalues that such a step may leave are cut.
    """
    source = np.random.default_rng(seed)
    if len(patterns.people) <= MOST_DRAWN:
        moved = _drawn(patterns, groups, moments, draws, source)
    else:
        moved = _from_limit(patterns, groups, moments, draws, source)
    if moments.outlook is not None:
        moved = moved @ moments.outlook.T
    mean, covariance = unpack(moved, len(moments.mean))
    covariance += moments.covariance - mean[:, :, None] * mean[:, None, :]
    return covariance if moments.outlook is None else _proper(covariance)


def _drawn(
    patterns: Patterns, groups: Groups, moments: Moments, draws: int, source: np.random.Generator
) -> Floats:
    """(draws, q) from how often each pattern comes up among as many people drawn with return."""
    people = patterns.people[groups.order]
    each = patterns.weights[groups.order] / people
    contributions = np.concatenate([part for _, part in _contributions(patterns, groups, moments)])
    n, batch = patterns.n, max(1, _CELLS // len(people))
    parts = []
    for start in range(0, draws, batch):
        size = min(batch, draws - start)
        weights = source.multinomial(n, people / people.sum(), size=size) * each
        parts.append(weights @ contributions / weights.sum(axis=1, keepdims=True))
    return np.concatenate(parts)


def _from_limit(
    patterns: Patterns, groups: Groups, moments: Moments, draws: int, source: np.random.Generator
) -> Floats:
    """(draws, q) from the normal law with the covariance that the draws' means have."""
    m = len(moments.mean)
    spread = np.zeros((m + m * (m + 1) // 2,) * 2)
    for rows, part in _contributions(patterns, groups, moments):
        weighed = part * (patterns.weights[rows] ** 2 / patterns.people[rows])[:, None]
        spread += weighed.T @ part
    spread /= groups.total**2
    values, vectors = np.linalg.eigh(spread)
    noise = source.standard_normal((draws, len(values)))
    result: Floats = (noise * np.sqrt(np.maximum(values, 0))) @ vectors.T
    return result


def _contributions(
    patterns: Patterns, groups: Groups, moments: Moments
) -> Iterator[tuple[Codes, Floats]]:
    """(patterns, (those, q)): what each pattern, its gaps filled, says about the moments.

    Distances from the estimate: their mean over everybody is 0.
    """
    filled = complete(groups, moments.covariance)
    for place, rows in stretches(groups):
        distance = np.nan_to_num(patterns.values[rows] - groups.centre - moments.mean)
        whole = distance @ filled.fill[place].T
        products = whole[:, :, None] * whole[:, None, :]
        yield rows, pack(whole, products + filled.spread[place] - moments.covariance)


def _proper(covariance: Floats) -> Floats:
    """The nearest matrices without negative eigenvalues, each with its own variances."""
    values, vectors = np.linalg.eigh(covariance)
    bad = values[:, 0] < 0
    if bad.any():
        cut = np.maximum(values[bad], 0)
        covariance[bad] = (vectors[bad] * cut[:, None, :]) @ np.swapaxes(vectors[bad], 1, 2)
    return covariance
