"""What is known of a share before each row: its level, its spread beyond chance, its week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    spread = _spread(level, all_)
    worth = 1 / (1 + np.maximum(all_ - 1, 0.0) * spread)
    level, weighed = level * worth, all_ * worth
    a, n = _before(level) + 0.5, _before(weighed) + 1.0
    usual, _ = mean_before(np.where(all_ > 0, weighed, np.nan), _MEMORY)
    rows = np.concatenate([[0.0], np.cumsum(all_ > 0)[:-1]])
    return Reference(a, n - a, a / n, rows, np.maximum(usual, 1e-9), level, weighed, offset)


def _spread(level: Numbers, all_: Numbers) -> Numbers:
    """The correlation between cases of one row, by moments of how far rows lay from before.

    The squared deviation of a row of n, in units of chance, is 1 + (n - 1) spread on average.
    """
    a, total = _before(level) + 0.5, _before(all_) + 1.0
    share = a / total
    n = np.where(all_ > 0, all_, np.nan)
    squared = (level - n * share) ** 2 / (n * share * (1 - share)) - n / total
    usual = robust_mean_before(np.maximum(squared, 0.0), _MEMORY, _MOST)
    more, rows = mean_before(np.maximum(n - 1, 0.0), _MEMORY)
    found = np.maximum(np.nan_to_num(usual, nan=1.0) - 1, 0.0) / np.maximum(np.nan_to_num(more), 1)
    cold = np.clip(1 - rows / _COLD, 0.0, 1.0)
    return np.clip(found + cold * np.maximum(_COLD_SPREAD - found, 0.0), 0.0, 1.0)


def _offsets(good: Numbers, all_: Numbers, season: int) -> Numbers:
    """What the place in the season adds to the share, drawn to nothing where it may be chance."""
    found = np.zeros(len(good))
    for row in range(_ROUNDS[0] * season, len(good)):
        rounds = min(row // season, _ROUNDS[1])
        block = slice(row - rounds * season, row)
        found[row] = _offset(
            good[block].reshape(rounds, season), all_[block].reshape(rounds, season)
        )
    return found


def _offset(good: Numbers, all_: Numbers) -> float:
    """Of the first place of a season; rounds × places. James-Stein, by the spread within places."""
    n = all_.sum(axis=0)
    if n.min() <= 0:
        return 0.0
    share, everywhere = good.sum(axis=0) / n, good.sum() / n.sum()
    away = share - everywhere
    within = ((good - all_ * share) ** 2).sum(axis=0) / n**2 * len(good) / (len(good) - 1)
    noise = float(within.mean()) * (1 - 1 / len(n))
    found = float((away**2).sum()) / (len(n) - 1)
    return float(away[0]) * max(0.0, 1 - noise / found) if found > 0 else 0.0


def _before(numbers: Numbers) -> Numbers:
    total = np.concatenate([[0.0], np.cumsum(numbers)])
    at = np.arange(len(numbers))
    found: Numbers = total[at] - total[np.maximum(at - _MEMORY, 0)]
    return found


def _summed(numbers: Numbers, width: int) -> Numbers:
    total = np.concatenate([[0.0], np.cumsum(numbers)])
    found: Numbers = total[width:] - total[:-width]
    return found
