"""Means and covariances of answers with gaps, by maximum likelihood.

Little, R. J. A. and Rubin, D. B. (2019), Statistical Analysis with Missing Data, 3rd ed., ch. 11:
the EM estimate under a multivariate normal model, which uses every answer anybody gave and is
right when gaps depend on nothing but what was answered (missing at random). Without gaps it is
the plain mean and covariance, reached in one step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cx280.stats.drivers.missingness import Groups
from cx280.stats.drivers.patterns import Floats
from cx280.stats.drivers.readiness import TooThin

_FIRST_STEPS = 12  # plain EM, before Newton steps from its own derivative
_MOST_STEPS = 60
_SETTLED = 1e-10  # of a standard deviation
_SLOWEST = 0.995  # share of a figure's information that is missing


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean (m,) from the groups' centre, covariance (m, m), and what a step of EM makes of both.

    outlook: (m + m(m+1)/2,) squared, (I - J)⁻¹ with J the derivative of an EM step at the
    estimate, means first, then the covariance's upper triangle row by row: how far the estimate
    goes for a small step of EM (Meng and Rubin 1991, JASA 86). None when nothing is missing.
    """

    mean: Floats
    covariance: Floats
    outlook: Floats | None


@dataclass(frozen=True, slots=True)
class Completion:
    """How each group's gaps are filled from its answers: fill (G, m, m), spread (G, m, m).

    With d an answer's distance from the mean (0 in gaps), fill · d is the expected whole row and
    spread the covariance of what remains unknown. known: (G, m, m), the inverse covariance of
    the answered questions, 0 elsewhere.
    """

    fill: Floats
    spread: Floats
    known: Floats


def estimate_moments(groups: Groups) -> Moments:
    """The maximum-likelihood mean and covariance; raises TooThin when answers cannot tell them."""
    mean, covariance = _start(groups)
    if bool(groups.answered.all()):
        mean, covariance = _step(groups, mean, covariance)
        return Moments(mean, covariance, None)
    for _ in range(_FIRST_STEPS):
        mean, covariance = _step(groups, mean, covariance)
    outlook = _outlook(groups, mean, covariance)
    for taken in range(_MOST_STEPS):
        stepped = _step(groups, mean, covariance)
        moved = pack(stepped[0] - mean, stepped[1] - covariance)
        further = unpack(outlook @ moved, len(mean))
        better = mean + further[0], covariance + further[1]
        mean, covariance = better if _is_proper(better[1]) else stepped
        if _is_settled(moved, covariance):
            return Moments(mean, covariance, _outlook(groups, mean, covariance))
        if taken % 8 == 7:
            outlook = _outlook(groups, mean, covariance)
    raise _undetermined()


def complete(groups: Groups, covariance: Floats) -> Completion:
    """How each group's gaps are filled when the covariance is as given."""
    if bool(groups.answered.all()):  # nothing to fill, even where one answer tells another
        whole, nothing = np.eye(len(covariance))[None], np.zeros_like(covariance)[None]
        return Completion(whole, nothing, np.linalg.pinv(covariance).astype(np.float64)[None])
    seen = groups.answered.astype(np.float64)
    both = seen[:, :, None] * seen[:, None, :]
    gaps = np.eye(len(covariance)) * (1 - seen)[:, :, None]
    try:
        known = np.linalg.inv(covariance * both + gaps) * both
    except np.linalg.LinAlgError:
        raise _undetermined() from None
    fill = covariance @ known
    return Completion(fill, covariance - fill @ covariance, known)


def pack(mean: Floats, covariance: Floats) -> Floats:
    """(…, q) the means, then the covariance's upper triangle row by row."""
    rows, columns = np.triu_indices(mean.shape[-1])
    result: Floats = np.concatenate([mean, covariance[..., rows, columns]], axis=-1)
    return result


def unpack(packed: Floats, m: int) -> tuple[Floats, Floats]:
    """(…, m) and (…, m, m) from (…, q): what `pack` put together."""
    rows, columns = np.triu_indices(m)
    covariance = np.empty((*packed.shape[:-1], m, m))
    covariance[..., rows, columns] = packed[..., m:]
    covariance[..., columns, rows] = packed[..., m:]
    return packed[..., :m], covariance


def _start(groups: Groups) -> tuple[Floats, Floats]:
    """The answered means (0, from the centre) and variances, as if nothing went together."""
    answered = groups.weight @ groups.answered
    variances = np.einsum("gii->i", groups.products) / answered
    return np.zeros(len(answered)), np.diag(variances)


def _step(groups: Groups, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    filled = complete(groups, covariance)
    distances, squares = _from(groups, mean)
    moved = (filled.fill @ distances[:, :, None])[:, :, 0].sum(axis=0) / groups.total
    around = filled.fill @ squares @ np.swapaxes(filled.fill, 1, 2)
    around += groups.weight[:, None, None] * filled.spread
    fresh: Floats = around.sum(axis=0) / groups.total - np.outer(moved, moved)
    return mean + moved, (fresh + fresh.T) / 2


def _from(groups: Groups, mean: Floats) -> tuple[Floats, Floats]:
    """(G, m) and (G, m, m): sums of answers' distances from the mean and of their products."""
    seen = groups.answered.astype(np.float64)
    centre = seen * mean
    crossed = groups.sums[:, :, None] * centre[:, None, :]
    squares: Floats = groups.products - crossed - np.swapaxes(crossed, 1, 2)
    squares += groups.weight[:, None, None] * centre[:, :, None] * centre[:, None, :]
    return groups.sums - groups.weight[:, None] * centre, squares


def _outlook(groups: Groups, mean: Floats, covariance: Floats) -> Floats:
    """(I - J)⁻¹ at a point; raises TooThin when next to nothing is known about some figure."""
    jacobian = _derivative(groups, mean, covariance)
    slowest = float(np.abs(np.linalg.eigvals(jacobian)).max())
    if not slowest < _SLOWEST:
        raise _undetermined()
    return np.linalg.inv(np.eye(len(jacobian)) - jacobian).astype(np.float64)


def _derivative(groups: Groups, mean: Floats, covariance: Floats) -> Floats:
    """(q, q) how a step's result moves with where it starts, in packed order."""
    m, total = len(mean), groups.total
    filled = complete(groups, covariance)
    distances, squares = _from(groups, mean)
    left = np.eye(m) - filled.fill
    inward = filled.known @ squares @ np.swapaxes(filled.fill, 1, 2)
    whole = (filled.fill @ distances[:, :, None])[:, :, 0]
    told = (filled.known @ distances[:, :, None])[:, :, 0]
    # d(fill) = left · d(covariance) · known and d(spread) = left · d(covariance) · leftᵀ.
    once = _sum_of_products(left, inward).transpose(0, 3, 1, 2)
    spread = _sum_of_products(left * groups.weight[:, None, None], left).transpose(0, 2, 1, 3)
    by_covariance = once + once.transpose(1, 0, 3, 2) + spread
    mean_by_covariance = np.einsum("gab,gc->abc", left, told)
    mean_by_mean: Floats = np.eye(m) * total - np.einsum("g,gab->ab", groups.weight, filled.fill)
    once_by_mean = np.einsum("ga,gdb->adb", whole, filled.fill)
    covariance_by_mean = -(once_by_mean + once_by_mean.transpose(1, 0, 2))
    rows, columns = np.triu_indices(m)
    apart = (rows != columns).astype(np.float64)

    def folded(array: Floats) -> Floats:
        result: Floats = array[..., rows, columns] + array[..., columns, rows] * apart
        return result

    top = np.concatenate([mean_by_mean, folded(mean_by_covariance)], axis=1)
    bottom = [covariance_by_mean[rows, columns], folded(by_covariance[rows, columns])]
    result: Floats = np.concatenate([top, np.concatenate(bottom, axis=1)]) / total
    return result


def _sum_of_products(one: Floats, other: Floats) -> Floats:
    """(m, m, m, m): the sum over groups of one[a, b] · other[c, d]."""
    groups, m, _ = one.shape
    flat = one.reshape(groups, m * m).T @ other.reshape(groups, m * m)
    return flat.reshape(m, m, m, m)


def _is_proper(covariance: Floats) -> bool:
    return bool(np.linalg.eigvalsh(covariance)[0] > 0)


def _is_settled(moved: Floats, covariance: Floats) -> bool:
    scale = np.sqrt(np.diag(covariance))
    return bool(np.abs(moved / pack(scale, np.outer(scale, scale))).max() < _SETTLED)


def _undetermined() -> TooThin:
    return TooThin(
        "Too few people answered the same questions to tell how the answers go together."
    )
