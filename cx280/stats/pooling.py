"""Small groups leaning on the average of all: steadier shares where few answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable

FEWEST = 3  # groups; of two nobody can tell how much groups differ
# What the average may weigh, in answers: from hardly anything to practically everything.
_WEIGHTS = np.geomspace(0.5, 20_000, 40)
_STEPS = (np.arange(9) + 0.5) / 9

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A group's share leaning on the average, within [0, 1], with its interval.

    own: how much the group's own answers count in it, 0 to 1; the rest is the average.
    """

    share: float
    low: float
    high: float
    own: float


def lean_on_average(
    groups: Sequence[tuple[int, int]], confidence: float = 0.95
) -> list[Pooled] | None:
    """Each group's share, given as (successes, n) with n > 0, drawn toward the average of all.

    None for fewer than 3 groups. Raises Unusable for counts that are no share or for an empty
    group. How far each is drawn follows from how much the groups differ beyond chance: a group of
    few answers leans more; where groups hardly differ, all do.

    Shares are taken as draws from a beta distribution whose mean is the precision-weighted average
    and whose weight W (in answers) is not known; given W the share is (s + W m) / (n + W), closed
    form (beta-binomial: Kleinman, J. C. 1973, JASA 68, 46-54; Efron, B. and Morris, C. 1975, JASA
    70, 311-319). W is averaged over its marginal likelihood under the uniform-shrinkage prior
    (Christiansen, C. L. and Morris, C. N. 1997, JASA 92, 618-632; Daniels, M. J. 1999, Canadian
    Journal of Statistics 27, 567-578), so that groups that look alike by chance are not declared
    equal. The interval is that of the beta distribution with the mixture's mean and variance.
    """
    if len(groups) < FEWEST:
        return None
    if not all(0 <= successes <= n and n > 0 for successes, n in groups):
        raise Unusable("Each group needs at least one answer, and no more successes than answers.")
    s, n = (np.array(each, dtype=float) for each in zip(*groups, strict=True))
    mean, sparse = _averages(s, n)
    weight = _WEIGHTS[:, None, None]
    prior_a, prior_b = weight * mean, weight * (1 - mean)
    likely = scipy.special.betaln(s + prior_a, n - s + prior_b) - scipy.special.betaln(
        prior_a, prior_b
    )
    belief = _belief(likely.sum(2) - sparse, n)
    a, b = s + prior_a, n - s + prior_b
    given = a / (a + b)
    share = np.tensordot(belief, given)
    spread = np.tensordot(belief, given * (1 - given) / (a + b + 1) + given**2) - share**2
    own = np.tensordot(belief, np.broadcast_to(n / (n + weight), given.shape))
    ends = _interval(share, spread, confidence)
    return [Pooled(*(float(each) for each in row)) for row in zip(share, *ends, own, strict=True)]


def _averages(s: Shares, n: Shares) -> tuple[Shares, Shares]:
    """For each weight, averages that the answers allow (weights × 9 × 1), and the log of how
    closely they lie together there (weights × 9).

    Groups count by their precision. They lie at even steps of a beta distribution, so all count
    alike but for the difference between it and the likelihood.
    """
    precision = n / (1 + (n - 1) / (1 + _WEIGHTS[:, None]))
    # Half a success and half a failure more keep it off 0 and 1, where nothing could be learned.
    a = ((precision * s / n).sum(1) + 0.5)[:, None]
    b = ((precision * (n - s) / n).sum(1) + 0.5)[:, None]
    mean = scipy.special.betaincinv(a, b, _STEPS)
    sparse = (
        scipy.special.xlogy(a - 1, mean)
        + scipy.special.xlog1py(b - 1, -mean)
        - scipy.special.betaln(a, b)
    )
    return mean[:, :, None], sparse


def _belief(likely: Shares, n: Shares) -> Shares:
    """How likely each weight and average is after the answers; adds up to 1."""
    # Uniform on n / (n + W) for a middling group; the grid is even in log W, hence the factor W.
    prior = np.log(_WEIGHTS) - 2 * np.log(np.median(n) + _WEIGHTS)
    unscaled = likely + prior[:, None]
    belief = np.exp(unscaled - unscaled.max())
    return np.asarray(belief / belief.sum())


def _interval(share: Shares, spread: Shares, confidence: float) -> tuple[Shares, Shares]:
    """The middle of the beta distribution with that mean and variance."""
    size = share * (1 - share) / spread - 1
    a, b = share * size, (1 - share) * size
    tail = (1 - confidence) / 2
    return scipy.special.betaincinv(a, b, tail), scipy.special.betaincinv(a, b, 1 - tail)
