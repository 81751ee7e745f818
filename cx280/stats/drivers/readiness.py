"""Whether there is enough to look for drivers: what makes it impossible, what makes it unwise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.drivers.patterns import Patterns

LEAST_PEOPLE = 100  # below, a page says so and shows no importance: docs/studies/drivers.md
LEAST_PAIRS = 30  # people who answered both of two questions
LEAST_APART = 10  # people off the commonest answer: without spread nothing can go with it


class TooThin(Unusable):
    """Drivers cannot be told from these answers; the message says why, `needed` how many would do.

    n: the people counted for that reason; needed: how many there must be, None where more people
    would not help (a question that everybody answers alike, two that are one).
    """

    def __init__(self, message: str, *, n: int | None = None, needed: int | None = None) -> None:
        super().__init__(message, rule="280.10-a3", fix="Nothing is estimated from them.")
        self.n = n
        self.needed = needed


def readiness(
    patterns: Patterns, outcome: str, drivers: Sequence[str], *, least: int = LEAST_PEOPLE
) -> TooThin | None:
    """Why a page should not yet show drivers, or None when it may. Runs nothing, raises nothing.

    least: how many people must have answered the outcome. At 100 a clear driver can stand out;
    what does not stand out is said to be level by `DriverAnalysis.leading`.
    """
    used = answered_outcome(patterns, outcome, drivers)
    if used.n < least:
        return TooThin(
            f"{used.n} people answered the question on {outcome}: too few to tell which driver "
            f"matters. {least} are needed.",
            n=used.n,
            needed=least,
        )
    return _impossible(used, LEAST_PAIRS, LEAST_APART)


def refuse_impossible(patterns: Patterns) -> None:
    """Raises TooThin when no importance can be computed at all; the outcome is the first column."""
    names = patterns.names
    needed = len(names) + 2
    if patterns.n < needed:
        drivers = f"{len(names) - 1} driver{'s' if len(names) > 2 else ''}"
        raise TooThin(
            f"{patterns.n} people answered the question on {names[0]}; with {drivers} at least "
            f"{needed} are needed.",
            n=patterns.n,
            needed=needed,
        )
    reason = _impossible(patterns, len(names) + 2, 1)
    if reason is not None:
        raise reason


def answered_outcome(patterns: Patterns, outcome: str, drivers: Sequence[str]) -> Patterns:
    """The people who answered the outcome, outcome first, then the drivers.

    Raises Unusable for a question that is not there, named twice, or both outcome and driver.
    """
    if not drivers:
        raise Unusable("Name at least one driver.")
    if outcome in drivers:
        raise Unusable(f"“{outcome}” cannot be both the outcome and a driver.", rule="INC-42")
    used = patterns.of([outcome, *drivers])
    return used.where(~np.isnan(used.values[:, 0]))


def _impossible(used: Patterns, pairs: int, apart: int) -> TooThin | None:
    answered = (~np.isnan(used.values)).astype(np.float64)
    both = (answered * used.people[:, None]).T @ answered
    for one, name in enumerate(used.names):
        found = round(float(both[one, one]))
        if found < pairs:
            return TooThin(f"{found} people answered the question on {name}; {pairs} are needed.",
                           n=found, needed=pairs)  # fmt: skip
        off = found - _commonest(used, one)
        if off < apart:
            return TooThin(f"Nearly everybody gave the same answer to {name}: {off} people gave "
                           f"another; {apart} are needed.", n=off, needed=apart)  # fmt: skip
    row, column = divmod(int(np.argmin(both)), len(both))
    fewest = round(float(both[row, column]))
    if fewest < pairs:
        pair = f"{used.names[row]} and {used.names[column]}"
        return TooThin(f"{fewest} people answered both {pair}; {pairs} are needed.",
                       n=fewest, needed=pairs)  # fmt: skip
    return None


def _commonest(used: Patterns, place: int) -> int:
    """How many people gave the commonest answer to a question."""
    column = used.values[:, place]
    answered = ~np.isnan(column)
    _, inverse = np.unique(column[answered], return_inverse=True)
    return round(float(np.bincount(inverse, weights=used.people[answered]).max(initial=0.0)))
