"""Which units stand apart from the others: said only where the difference is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from cx280.measures.rules.scores import Share
from cx280.stats.intervals import Verdict, compare_shares
from cx280.stats.pooling import Pooled, lean_on_average
from cx280.stats.sequences import compare_watched


class Standing(StrEnum):
    """Where a unit stands among the others."""

    BELOW = "below the others"
    ABOVE = "above the others"
    UNDECIDED = "not told apart from the others"


def standings(
    shares: Sequence[Share], confidence: float = 0.95, *, watched: bool = False
) -> list[Standing]:
    """For each unit, whether it stands apart from all others together.

    Looking at many units finds outliers by chance, so the confidence is spread over them
    (Bonferroni): with 20 units each is held to 99.75 %. No ranks: units that are not told apart
    have no order. watched: the quarter is not over and people look every day, so the test holds on
    all days together.
    """
    compare = compare_watched if watched else compare_shares
    successes = sum(share.successes for share in shares)
    n = sum(share.n for share in shares)
    strict = 1 - (1 - confidence) / max(1, len(shares))
    found = []
    for share in shares:
        others = (successes - share.successes, n - share.n)
        verdict = compare(others, (share.successes, share.n), strict).verdict
        found.append(_STANDINGS[verdict])
    return found


def leanings(shares: Sequence[Share], hidden: Sequence[bool]) -> list[Pooled | None]:
    """For each unit, its share leaning on the average of the units that are shown; None for those
    that are hidden or unanswered, and for all where fewer than three are shown.

    Hidden units take no part, so that none can be worked out from the others' figures.
    """
    shown = [at for at, share in enumerate(shares) if share.n and not hidden[at]]
    found = lean_on_average([(shares[at].successes, shares[at].n) for at in shown])
    leaning: list[Pooled | None] = [None] * len(shares)
    for at, each in zip(shown, found or [], strict=False):
        leaning[at] = each
    return leaning


_STANDINGS = {
    Verdict.HIGHER: Standing.ABOVE,
    Verdict.LOWER: Standing.BELOW,
    Verdict.NO_EVIDENCE: Standing.UNDECIDED,
}
