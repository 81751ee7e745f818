"""What was to be expected: plain forecasts from the past, and which of them has done best so far.

Each forecast is a median of earlier numbers, so that one outlier moves none of them: of the last
few; of the same time on the days, weeks or years before; and the latter moved, or scaled, by how
the last few differed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.stats.detection.grid import Flags, Grid, Numbers, Season
from cx280.stats.detection.rolling import lagged, mean_before, median_of_lags, newest

# Rounds of a season that are looked back on.
_ROUNDS: dict[Season, int] = {"day": 7, "week": 6, "year": 3}
_FEW, _MORE = 4, 12
_MOST_TIMES = 5.0  # a season is scaled up or down by at most this
_SMALLEST = 1e-100  # below it nothing is a share of it
# A forecast of a more moving kind has to be this much better, for each step of moving.
_BETTER = 0.05


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Names of forecasts and their numbers, one row each; NaN where the past does not reach."""

    names: tuple[str, ...]
    numbers: Numbers

    def of_seasons(self) -> Forecasts:
        """Only those that are a season as it was, neither moved nor scaled."""
        plain = [at for at, name in enumerate(self.names) if name in _ROUNDS]
        return Forecasts(tuple(self.names[at] for at in plain), self.numbers[plain])


def forecasts(grid: Grid, past: Numbers, positive: Flags) -> Forecasts:
    """Forecasts of each cell from `past`, the numbers as they may be learned from.

    positive: whether no number before a cell is below zero, so that a season may be scaled too.
    """
    found = {"last": newest(past)}
    for few in (_FEW, _MORE):
        found[f"last {few}"] = median_of_lags(past, range(1, few + 1))
    for season, cells in grid.seasons.items():
        if cells < len(past):
            found |= _seasonal(past, season, cells, positive)
    numbers = np.stack(list(found.values()))
    return Forecasts(tuple(found), np.where(positive, np.maximum(numbers, 0.0), numbers))


def _seasonal(past: Numbers, season: Season, cells: int, positive: Flags) -> dict[str, Numbers]:
    wide = 1 if cells > 48 else 0
    rounds = range(1, _ROUNDS[season] + 1)
    lags = [turn * cells - near for turn in rounds for near in range(-wide, wide + 1)]
    usual = median_of_lags(past, lags)
    recent = range(1, _recent(season, cells) + 1)
    found = {season: usual, f"{season} moved": usual + median_of_lags(past - usual, recent)}
    ratio = past / np.where(usual > _SMALLEST, usual, np.nan)
    scaled = usual * np.clip(median_of_lags(ratio, recent), 1 / _MOST_TIMES, _MOST_TIMES)
    found[f"{season} scaled"] = np.where(positive, scaled, np.nan)
    return {str(name): numbers for name, numbers in found.items()}


def _recent(season: Season, cells: int) -> int:
    """Cells that tell by how much things are higher or lower than usual just now."""
    if season == "year":
        return 4 if cells < 100 else 14
    day = cells if season == "day" else cells // 7
    return 7 if day <= 1 else max(3, min(12, day // 8))


def best(
    made: Forecasts, numbers: Numbers, width: int, least: Numbers, seasons: Mapping[Season, int]
) -> tuple[NDArray[np.int64], Numbers]:
    """Which forecast has erred least in the `width` cells before, and what it says of each cell.

    A season counts only after a quarter of `width`, or once it has been seen to hold for a round
    of its own; at equal errors the plainer one is taken. least: errors below this say nothing.
    """
    errors, n = mean_before(np.abs(numbers - made.numbers), width)
    seasonal = np.array([name.split()[0] in _ROUNDS for name in made.names])
    moving = np.array([0 if name in _ROUNDS else 1 if is_one else 2
                       for name, is_one in zip(made.names, seasonal, strict=True)])  # fmt: skip
    rounds = {str(name): cells for name, cells in seasons.items()}
    need = np.array([min(width // 4, rounds.get(name.split()[0], 3)) for name in made.names])[
        :, None
    ]
    errors = errors * (1 + _BETTER * moving[:, None]) + 1e-3 * moving[:, None] * least
    errors = np.where(np.isnan(made.numbers) | np.isnan(errors) | (n < need), np.inf, errors)
    which = np.argmin(errors, axis=0)
    said: Numbers = made.numbers[which, np.arange(len(numbers))]
    return which, np.where(np.isnan(said), lagged(numbers, 1), said)
