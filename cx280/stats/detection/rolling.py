"""What came before: lags, medians and means of earlier cells only, NaN where there are none."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cx280.stats.detection.grid import Numbers


def lagged(numbers: Numbers, cells: int) -> Numbers:
    """The numbers as they were so many cells (at least one) before."""
    found = np.full(numbers.shape, np.nan)
    if cells < len(numbers):
        found[cells:] = numbers[: len(numbers) - cells]
    return found


def newest(numbers: Numbers) -> Numbers:
    """The newest known number before each cell."""
    known = np.where(np.isfinite(numbers), np.arange(len(numbers)), -1)
    at = np.concatenate([[-1], np.maximum.accumulate(known)[:-1]])
    return np.where(at >= 0, numbers[np.maximum(at, 0)], np.nan)


def median_of_lags(numbers: Numbers, lags: Iterable[int]) -> Numbers:
    """The median of the known ones among the numbers at these lags."""
    stack = np.sort(np.stack([lagged(numbers, each) for each in lags]), axis=0)
    known = np.sum(np.isfinite(stack), axis=0)
    low = np.take_along_axis(stack, np.maximum((known - 1) // 2, 0)[None], 0)[0]
    high = np.take_along_axis(stack, np.minimum(known // 2, len(stack) - 1)[None], 0)[0]
    return np.where(known > 0, (low + high) / 2, np.nan)


def mean_before(numbers: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """The mean of the known ones among up to `width` cells before each, and how many they are.

    Along the last axis.
    """
    known = np.isfinite(numbers)
    total = _summed(np.where(known, numbers, 0.0))
    count = _summed(known.astype(np.float64))
    at = np.arange(numbers.shape[-1])
    first = np.maximum(at - width, 0)
    n = count[..., at] - count[..., first]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, (total[..., at] - total[..., first]) / n, np.nan), n


def robust_mean_before(sizes: Numbers, width: int, most: float) -> Numbers:
    """The mean of sizes (0 or more) before each cell, none counted as more than `most` means."""
    plain, _ = mean_before(sizes, width)
    capped = np.minimum(sizes, np.where(np.isnan(plain), np.inf, most * plain))
    return mean_before(np.where(np.isnan(sizes), np.nan, capped), width)[0]


def sum_of_last(numbers: Numbers, width: int) -> Numbers:
    """The sum of each cell and the `width` - 1 before it; 0 until there are as many."""
    total = _summed(np.nan_to_num(numbers))
    found = np.zeros(len(numbers))
    if width <= len(numbers):
        found[width - 1 :] = total[width:] - total[:-width]
    return found


def spread_before(numbers: Numbers, width: int) -> Numbers:
    """How far apart the 2nd and 98th percentile of the cells before lie; learned in bites."""
    found = np.zeros(len(numbers))
    bite = max(width // 8, 10)
    for start in range(0, len(numbers), bite):
        past = numbers[max(0, start - width) : max(start, 3)]
        past = past[np.isfinite(past)]
        if len(past):
            low, high = np.quantile(past, [0.02, 0.98])
            found[start : start + bite] = high - low
    return found


def _summed(numbers: Numbers) -> Numbers:
    start = np.zeros((*numbers.shape[:-1], 1))
    found: Numbers = np.concatenate([start, np.cumsum(numbers, axis=-1)], axis=-1)
    return found
