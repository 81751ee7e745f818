"""Plausible other methods, as plainly as they are described, to compare with.

Each gives a score between 0 and 1 for each row from rows before it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cx280.stats.detection.grid import on_grid
from cx280.stats.detection.rolling import lagged, mean_before, median_of_lags

from benchmarks.detection.nab import Labelled  # isort: skip

Scores = NDArray[np.float64]
Method = Callable[[Labelled], Scores]


def windowed_gaussian(file: Labelled) -> Scores:
    """How far out a number is of a normal law of the last 250 (1 minus the tail)."""
    numbers = np.asarray(file.numbers)
    mean, n = mean_before(numbers, 250)
    square, _ = mean_before(numbers**2, 250)
    spread = np.sqrt(np.maximum(square - mean**2, 1e-12))
    away = np.where(n >= 30, np.abs(numbers - mean) / spread, 0.0)
    return _by_tail(away)


def same_time_yesterday(file: Labelled) -> Scores:
    """Against the day before, in units of the spread of such differences (a week of them)."""
    grid = on_grid(file.times, file.numbers)
    day = grid.seasons.get("day", grid.day)
    return _by_tail(_in_spreads(grid.numbers - lagged(grid.numbers, day), 7 * day))[grid.cell]


def weekly_median(file: Labelled) -> Scores:
    """Against the median of the same time of the last days, in median absolute deviations."""
    grid = on_grid(file.times, file.numbers)
    day = grid.seasons.get("day", grid.day)
    usual = median_of_lags(grid.numbers, [turn * day for turn in range(1, 8)])
    return _by_tail(_in_spreads(grid.numbers - usual, 14 * day))[grid.cell]


def last_value(file: Labelled) -> Scores:
    """Against the number before, in units of the spread of such steps."""
    numbers = np.asarray(file.numbers)
    return _by_tail(_in_spreads(numbers - lagged(numbers, 1), 500))


def _in_spreads(away: Scores, width: int) -> Scores:
    square, n = mean_before(away**2, width)
    spread = np.sqrt(np.maximum(square, 1e-12))
    return np.nan_to_num(np.where(n >= 30, np.abs(away) / spread, 0.0))


def _by_tail(away: Scores) -> Scores:
    rare = -(special.log_ndtr(-away) + np.log(2)) / np.log(10)
    scores: Scores = np.maximum(rare, 0.0) / (np.maximum(rare, 0.0) + 3)
    return scores


METHODS: dict[str, Method] = {
    "normal law of the last 250": windowed_gaussian,
    "the number before": last_value,
    "the same time yesterday": same_time_yesterday,
    "median of the last seven days": weekly_median,
}
