"""Where 19 of 20 counts were to be expected in each period by itself; for drawing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.detection.counts import clock_of
from cx280.stats.detection.grid import Numbers, on_grid
from cx280.stats.detection.usual_counts import usual_counts


def usual_ranges(
    times: Sequence[datetime],
    counts: Sequence[float],
    closed: Sequence[bool] | None = None,
) -> tuple[Numbers, Numbers]:
    """Low and high of each row, from earlier rows alone; NaN where nothing is known yet.

    times: as `watch_counts` takes them. By the gamma distribution with the mean and variance of
    what is usual. Raises what `on_grid` refuses.
    """
    clock, kept, row_of = clock_of(times)
    grid = on_grid(clock, [counts[row] for row in kept])
    shut = np.zeros(len(grid.numbers), dtype=np.bool_)
    if closed is not None:
        shut[grid.cell[np.asarray(closed, dtype=np.bool_)[kept]]] = True
    usual = usual_counts(grid.numbers[None], grid, shut).of(0)
    mean, spread = usual.mean[grid.cell[row_of]], usual.spread[grid.cell[row_of]]
    known = np.isfinite(mean) & (mean > 0)
    level = np.where(known, mean, 1.0)
    variance = level + level**2 * np.where(known, np.nan_to_num(spread), 0.0)
    shape, scale = level**2 / variance, variance / level
    low, high = (scale * scipy.special.gammaincinv(shape, part) for part in (0.025, 0.975))
    return np.where(known, np.floor(low), mean), np.where(known, np.ceil(high), mean)
