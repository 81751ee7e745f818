"""Finds what moves a little every day: sums of small deviations from a level of weeks ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.detection.grid import DAY, Flags, Numbers, on_grid
from cx280.stats.detection.watched import Counts, Telling, looks_between

# Cells that are left out before a look, so that what moves now is not what it is held against; and
# the most and fewest before those that are learned from.
_LEFT_OUT, _MEMORY, _FEWEST = 28, 182, 56
# Deviations up to this (and as far as the level is not known) are not summed.
_ALLOWED = 0.25
_MOST = 3.0  # a deviation counts for at most so many usual ones
_OVER = 1.166  # what a sum of steps goes over its limit by, both ends (Siegmund 1985)


@dataclass(frozen=True, slots=True)
class Drift:
    """One entry for each row: expected, its range of 19 in 20, looks in which chance gets there.

    seen: the mean of the n rows since the sum began to grow; expected, low, high: of such a mean.
    """

    seen: Numbers
    n: Counts
    expected: Numbers
    low: Numbers
    high: Numbers
    once_in: Numbers
    told: Flags
    step: float


def watch_drift(
    times: Sequence[datetime],
    numbers: Sequence[float],
    *,
    a_month: float = 1.0,
    closed: Sequence[bool] | None = None,
) -> Drift:
    """Whether numbers by the day or longer drift up or down, too slowly for any one to stand out.

    Cumulative sums of deviations in units of their spread: Page, E. S. (1954), Continuous
    inspection schemes, Biometrika 41, 100-115. How long chance takes to get as far: Siegmund, D.
    (1985), Sequential Analysis. NaN and closed rows say nothing. Raises Unusable for rows closer
    than a day: add them up first.
    """
    given = np.asarray(numbers, dtype=np.float64)
    if closed is not None:
        given = np.where(np.asarray(closed, dtype=np.bool_), np.nan, given)
    grid = on_grid(times, given.tolist())
    if grid.step < 0.9 * DAY:
        raise Unusable("Slow drift is looked for by the day or longer: add the rows up first.")
    expected, spread, error = _levels(grid.numbers, grid.seasons.get("week", 1))
    found = _sums(grid.numbers, expected, spread, error, looks_between(grid.step, a_month))
    n, once_in, told = (each[grid.cell] for each in found)
    last = [slice(int(max(0, cell - many + 1)), int(cell) + 1)
            for cell, many in zip(grid.cell, n, strict=True)]  # fmt: skip
    seen, level = (np.array([_mean(each[part]) for part in last])
                   for each in (grid.numbers, expected))  # fmt: skip
    reach = 1.96 * spread[grid.cell] * np.sqrt(1 / np.maximum(n, 1) + error[grid.cell] ** 2)
    return Drift(seen, n.astype(np.int64), level, level - reach, level + reach, once_in,
                 told.astype(np.bool_), grid.step)  # fmt: skip


def _levels(numbers: Numbers, season: int) -> tuple[Numbers, Numbers, Numbers]:
    """(expected, spread, error of expected in spreads) of each cell; NaN while unknown."""
    found = np.full((3, len(numbers)), np.nan)
    for at in range(_LEFT_OUT + _FEWEST, len(numbers)):
        first = max(0, at - _LEFT_OUT - _MEMORY)
        places = (np.arange(first, at - _LEFT_OUT) - at) % season
        past = numbers[first : at - _LEFT_OUT]
        means = np.array([_mean(past[places == place]) for place in range(season)])
        away = past - means[places]
        away = away[np.isfinite(away)]
        if len(away) < _FEWEST // 2 or not np.isfinite(means[0]):
            continue
        spread = float(away.std(ddof=min(season, len(away) - 1)))
        together = float(np.clip(np.mean(away[1:] * away[:-1]) / max(spread**2, 1e-300), 0, 0.9))
        spread = max(spread * np.sqrt((1 + together) / (1 - together)), 1e-9 * abs(means[0]))
        found[:, at] = means[0], max(spread, 1e-12), 1 / np.sqrt(len(away))
    return found[0], found[1], found[2]


def _sums(
    numbers: Numbers, expected: Numbers, spread: Numbers, error: Numbers, limit: float
) -> tuple[Numbers, Numbers, Numbers]:
    """(cells summed, looks by chance, told) of each cell; begins anew after a telling."""
    away = np.clip((numbers - expected) / spread, -_MOST, _MOST)
    found = np.zeros((3, len(numbers)))
    sums, cells, telling = [0.0, 0.0], [0, 0], Telling(limit)
    for at in np.flatnonzero(np.isfinite(away)):
        allowed = _ALLOWED + float(error[at])
        for side, sign in enumerate((1.0, -1.0)):
            sums[side] = max(0.0, sums[side] + sign * float(away[at]) - allowed)
            cells[side] = cells[side] + 1 if sums[side] > 0 else 0
        high = int(sums[1] > sums[0])
        once_in = _looks(sums[high], allowed)
        told = telling.tells(int(at), once_in)
        found[:, at] = max(cells[high], 1), once_in, told
        if told:
            sums, cells = [0.0, 0.0], [0, 0]
    return found[0], found[1], found[2]


def _looks(total: float, allowed: float) -> float:
    """Looks until a sum of either side gets as far, on average, while nothing changes."""
    far = min(2 * allowed * (total + _OVER), 600.0)
    return max((float(np.exp(far)) - far - 1) / (2 * allowed**2) / 2, 1.0)


def _mean(numbers: Numbers) -> float:
    known = numbers[np.isfinite(numbers)]
    return float(known.mean()) if len(known) else float("nan")
