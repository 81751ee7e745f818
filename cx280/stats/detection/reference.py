"""What is known of a share before each row: its level, its spread beyond chance, its week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.stats.detection.grid import Numbers
from cx280.stats.detection.rolling import mean_before, robust_mean_before

# Rows that are learned from: half a year of days, a week of hours.
_MEMORY = 182
# A row counts for at most so many times the usual squared deviation.
_MOST = 9.0
# Before so many rows the spread between rows is partly taken to be this (a correlation).
_COLD, _COLD_SPREAD = 28, 0.002
# Rounds of a season before it is looked for, and that are looked back on.
_ROUNDS = (3, 26)


@dataclass(frozen=True, slots=True)
class Reference:
    """Before each row: beta(a, b) for the share, `share` its middle, rows seen, usual_n a row.

    good, all_: counts of each row, worth less where rows differ more than by chance, without the
    season. offset: what the season adds to the share in the row.
    """

    a: Numbers
    b: Numbers
    share: Numbers
    rows: Numbers
    usual_n: Numbers
    good: Numbers
    all_: Numbers
    offset: Numbers

    def last(self, back: int) -> tuple[Numbers, Numbers]:
        """(good, all) of each row and the `back` before it, from row `back` on."""
        return _summed(self.good, back + 1), _summed(self.all_, back + 1)


def reference(good: Numbers, all_: Numbers, season: int) -> Reference:
    """What is known before each row, from earlier rows alone.

    season: rows of a round that may come again (7 days, 24 hours).
    """
    offset = _offsets(good, all_, season)
    level = np.clip(good - offset * all_, 0.0, all_)
    spread = _spread(level, all_, _ROUNDS[0] * season)
    worth = 1 / (1 + np.maximum(all_ - 1, 0.0) * spread)
    level, weighed = level * worth, all_ * worth
    a, n = _before(level) + 0.5, _before(weighed) + 1.0
    usual, _ = mean_before(np.where(all_ > 0, weighed, np.nan), _MEMORY)
    rows = np.concatenate([[0.0], np.cumsum(all_ > 0)[:-1]])
    return Reference(a, n - a, a / n, rows, np.maximum(usual, 1e-9), level, weighed, offset)


def _spread(level: Numbers, all_: Numbers, unknown: int) -> Numbers:
    """The correlation between cases of one row, by moments of how far rows lay from before.

    The squared deviation of a row of n, in units of chance, is 1 + (n - 1) spread on average.
    The first `unknown` rows, whose season was not known, say nothing once twice as many are there.
    """
    a, total = _before(level) + 0.5, _before(all_) + 1.0
    share = a / total
    n = np.where(all_ > 0, all_, np.nan)
    squared = (level - n * share) ** 2 / (n * share * (1 - share)) - n / total
    squared = np.maximum(squared, 0.0)
    usual = robust_mean_before(squared, _MEMORY, _MOST)
    at = np.arange(len(n))
    later = robust_mean_before(np.where(at < unknown, np.nan, squared), _MEMORY, _MOST)
    usual = np.where((at >= 2 * unknown) & np.isfinite(later), later, usual)
    more, rows = mean_before(np.maximum(n - 1, 0.0), _MEMORY)
    found = np.maximum(np.nan_to_num(usual, nan=1.0) - 1, 0.0) / np.maximum(np.nan_to_num(more), 1)
    cold = np.clip(1 - rows / _COLD, 0.0, 1.0)
    return np.clip(found + cold * np.maximum(_COLD_SPREAD - found, 0.0), 0.0, 1.0)


def _offsets(good: Numbers, all_: Numbers, season: int) -> Numbers:
    """What the place in the season adds to the share, drawn to nothing where it may be chance.

    James-Stein, by how far the places of a season lie apart and how far the rows of a place do.
    """
    found = np.zeros(len(good))
    rows = np.arange(_ROUNDS[0] * season, len(good))
    if not len(rows):
        return found
    rounds = np.minimum(rows // season, _ROUNDS[1])[:, None]
    sums = (_of_places(each, season, rows, rounds) for each in
            (all_, good, good**2, good * all_, all_**2, (all_ > 0).astype(np.float64)))  # fmt: skip
    n, successes, squares, products, of_n, known = sums
    usable = n.min(axis=1) > 0
    n = np.maximum(n, 1e-9)
    share = successes / n
    usual = n / np.maximum(known, 1)  # of open rows, so that closed ones do not move the middle
    away = share - (share * usual).sum(axis=1, keepdims=True) / usual.sum(axis=1, keepdims=True)
    within = np.maximum(squares - 2 * share * products + share**2 * of_n, 0.0) / n**2
    noise = (within * rounds / (rounds - 1)).mean(axis=1) * (1 - 1 / season)
    apart = np.maximum((away**2).sum(axis=1) / (season - 1), 1e-300)
    found[rows] = np.where(usable, away[:, 0] * np.maximum(0.0, 1 - noise / apart), 0.0)
    return found


def _of_places(
    numbers: Numbers, season: int, rows: NDArray[np.int64], rounds: NDArray[np.int64]
) -> Numbers:
    """Sums over the last rounds of each place of a season: rows × places, the row's own first."""
    whole = np.zeros((-(-len(numbers) // season) + 1) * season)
    whole[season : season + len(numbers)] = numbers
    total = np.cumsum(whole.reshape(-1, season), axis=0).ravel()
    last = rows[:, None] + np.arange(season)  # a season on, as `whole` begins with an empty one
    found: Numbers = total[last] - total[last - rounds * season]
    return found


def _before(numbers: Numbers) -> Numbers:
    total = np.concatenate([[0.0], np.cumsum(numbers)])
    at = np.arange(len(numbers))
    found: Numbers = total[at] - total[np.maximum(at - _MEMORY, 0)]
    return found


def _summed(numbers: Numbers, width: int) -> Numbers:
    total = np.concatenate([[0.0], np.cumsum(numbers)])
    found: Numbers = total[width:] - total[:-width]
    return found
