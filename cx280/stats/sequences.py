"""Shares that people look at every day: intervals and verdicts that looking often does not spoil.

An ordinary 95 % interval is right for one look. Looked at every day it leaves out the truth, one
day or other, far more often than 5 times in 100. The ones here hold on all days together. They
need nothing but the counts so far, so it does not matter when, or how often, anybody looked.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import Difference, Verdict, compare_shares

# Answers at which a comparison is sharpest: about 8 times this many (of both sides, see below).
_SHARPEST = 10
_HALVINGS = 50  # of the search for an end: far below what a page shows


def share_sequence(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """(low, high) of a share within [0, 1], right on every day together; (0, 1) for no answers.

    Exact for independent answers at any n: the shares under which the answers so far are not
    1 / (1 - confidence) times less likely than under a share drawn evenly from [0, 1]. This is the
    beta-binomial mixture of Robbins, H. (1970), Statistical methods related to the law of the
    iterated logarithm, Annals of Mathematical Statistics 41, 1397-1409, held by Ville's inequality
    (Howard, S. R. et al. 2021, Time-uniform, nonparametric, nonasymptotic confidence sequences,
    Annals of Statistics 49, 1055-1080). Raises Unusable when the counts are no share.
    """
    _check(successes, n, confidence)
    if n == 0:
        return 0.0, 1.0
    failures = n - successes
    bound = float(scipy.special.betaln(successes + 1, failures + 1)) + math.log(1 - confidence)

    def too_unlikely(share: float) -> bool:
        likely = float(
            scipy.special.xlogy(successes, share) + scipy.special.xlog1py(failures, -share)
        )
        return likely < bound

    share = successes / n
    low = _edge(too_unlikely, 0.0, share) if successes else 0.0
    high = _edge(too_unlikely, 1.0, share) if failures else 1.0
    return low, high


def compare_watched(
    before: tuple[int, int], after: tuple[int, int], confidence: float = 0.95
) -> Difference:
    """After minus before, each (successes, n), with an interval right on every day together.

    `before` may be finished or grow too. A difference is called higher or lower on some day, while
    there is none, in at most 1 - confidence of all comparisons, however many days are looked at.

    The information in a difference grows like the clock of a Brownian motion. Its mixture over
    normal drifts (Robbins 1970) gives, at r = n / 10 with n the harmonic half-mean n1 n2 /
    (n1 + n2), the multiplier √((1 + 1/r)(ln(1 + r) + 2 ln(1 / (1 - confidence)))) in place of
    1.96; it is put into the hybrid score interval of `compare_shares`. Asymptotic, as in
    Waudby-Smith, I. et al. (2024), Time-uniform central limit theory and asymptotic confidence
    sequences, Annals of Statistics 52, 2613-2640; docs/studies/peeking.md measures it.
    """
    for successes, n in (before, after):
        _check(successes, n, confidence)
    if before[1] == 0 or after[1] == 0:
        return Difference(0.0, -1.0, 1.0, Verdict.NO_EVIDENCE)
    clock = before[1] * after[1] / (before[1] + after[1])
    return compare_shares(before, after, _one_look(reach(clock, confidence)))


def reach(clock: float, confidence: float = 0.95) -> float:
    """How many standard errors an interval reaches that holds on every day together.

    clock: answers behind the figure, > 0; of a difference n1 n2 / (n1 + n2). At least 3.03 at 95 %,
    where one look takes 1.96.
    """
    if not clock > 0 or not 0 < confidence < 1:
        raise Unusable("A reach needs answers, and a confidence between 0 and 1.")
    r = clock / _SHARPEST
    return math.sqrt((1 + 1 / r) * (math.log1p(r) - 2 * math.log(1 - confidence)))


def _one_look(reach: float) -> float:
    """The confidence whose ordinary interval reaches as far; just below 1 where it rounds to 1."""
    return min(math.erf(reach / math.sqrt(2)), 1 - 1e-15)


def _edge(too_unlikely: Callable[[float], bool], outside: float, inside: float) -> float:
    """Where a share becomes too unlikely, between one that is and one that is not; by halving.

    Comes back from the unlikely side, so the interval is never too short.
    """
    for _ in range(_HALVINGS):
        middle = (outside + inside) / 2
        if too_unlikely(middle):
            outside = middle
        else:
            inside = middle
    return outside


def _check(successes: int, n: int, confidence: float) -> None:
    if not 0 <= successes <= n:
        raise Unusable(f"{successes} of {n} is not a share.")
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
