"""Watches counts: of visits, submissions, calls, with the noise that counts have.

Two looks are taken at each period. Alone: how likely so low a count is by chance (negative
binomial; Poisson where nothing beyond chance was seen). Together: sums of likelihood ratios for a
change that began at any earlier period, small or large, down to nothing coming at all. What is
promised is the time from one false alarm to the next, over all looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.detection.count_looks import CountLooks, Judged, Side, rarer
from cx280.stats.detection.grid import Flags, Grid, Numbers, on_grid
from cx280.stats.detection.usual_counts import Usual, usual_counts
from cx280.stats.detection.watched import Counts, Watched, Worse, looks_between

_AT_ONCE = 250  # series, so that memory stays flat
_LARGEST = 1e12


@implements("280.7-h1")
def watch_counts(
    times: Sequence[datetime],
    counts: Sequence[float],
    *,
    worse: Worse = "lower",
    a_month: float = 1.0,
    least: float = 0.0,
    closed: Sequence[bool] | None = None,
    marks: Sequence[datetime] = (),
) -> Watched:
    """What has become of a count, period by period, for about `a_month` false alarms a month.

    times: on the clocks of those who come, so that their mornings stay mornings when clocks are
    set back. counts: of each period; 0 where nothing came, NaN where nobody knows. worse: which way
    is told. least: a change by less than this part (0.1 is a tenth) is not told. closed: periods of
    closure, never learned from and told only when almost nothing came. marks: times of launches
    and other known steps, from which the level is learned anew.

    Together: the sums of Shiryaev, A. N. (1963) and Roberts, S. W. (1966) for each size, which
    exceed a limit on average no sooner than after as many looks where what is expected is right;
    lowered by how far they jump over it (overshoot.py). Raises Unusable for numbers that are no
    counts, and what `on_grid` refuses.
    """
    table = np.asarray(counts, dtype=np.float64)[None]
    return watch_many_counts(
        times, table, worse=worse, a_month=a_month, least=least, closed=closed, marks=marks
    )[0]


def watch_many_counts(
    times: Sequence[datetime],
    counts: ArrayLike,
    *,
    worse: Worse = "lower",
    a_month: float = 1.0,
    least: float = 0.0,
    closed: Sequence[bool] | None = None,
    marks: Sequence[datetime] = (),
) -> list[Watched]:
    """The same for series × periods with the same times; far quicker than one by one."""
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(times):
        raise Unusable("Every series needs a count for each of the times.")
    if (table < 0).any() or (table > _LARGEST).any():
        raise Unusable("Counts are 0 or more; leave what is not known empty.")
    if not 0 <= least < 1:
        raise Unusable("The least change is a part between 0 and 1: 0.1 is a tenth.")
    clock, kept, row_of = clock_of(times)
    grid = on_grid(clock, [0.0] * len(clock))
    shut, anew = _shut(grid, closed, kept), _marked(grid, clock, marks)
    found: list[Watched] = []
    for start in range(0, len(table), _AT_ONCE):
        part = table[start : start + _AT_ONCE, kept]
        found += _watch(grid, part, shut, anew, worse, a_month, least)
    return found if len(kept) == len(times) else [_spread(each, kept, row_of) for each in found]


def chance_to_find(usual: float, fall: float, step: float, a_month: float = 1.0) -> float:
    """The best chance that anybody has of telling a fall by that part in its very first period.

    usual: count of a usual period, taken to be known exactly and Poisson; step: seconds from
    period to period. By Neyman and Pearson the best test tells of low counts: of as many as come by
    chance `a_month` times a month. The steps between counts are counted against it.
    """
    limit = 1 / looks_between(step, a_month)
    told = np.arange(int(usual) + 1)
    told = told[scipy.special.pdtr(told, usual) <= limit]
    return float(scipy.special.pdtr(told[-1], usual * (1 - fall))) if len(told) else 0.0


def _watch(
    grid: Grid, table: Numbers, shut: Flags, marks: list[int], worse: Worse,
    a_month: float, least: float,
) -> list[Watched]:  # fmt: skip
    placed = np.full((len(table), len(grid.numbers)), np.nan)
    placed[:, grid.cell] = table
    usual = usual_counts(placed, grid, shut, marks)
    sides: list[Side] = ["lower", "higher"] if worse == "either" else [worse]
    looks = [CountLooks(placed, usual, grid, shut, side, a_month=a_month / len(sides),
                        least=least, anew=marks).judged() for side in sides]  # fmt: skip
    return [_of_rows(usual.of(row), grid, placed[row], [each.of(row) for each in looks])
            for row in range(len(table))]  # fmt: skip


def clock_of(times: Sequence[datetime]) -> tuple[list[datetime], Counts, Counts]:
    """(times as clocks show them, rows that are kept, of each row its place among these).

    Days are as long as clocks make them, so that an hour of the day stays the same one when clocks
    are set back or forth; of an hour that comes twice the first is kept.
    """
    shown = [each.replace(tzinfo=None) for each in times]
    kept: list[int] = []
    for row, each in enumerate(shown):
        if not (kept and _twice(times[kept[-1]], times[row], each - shown[kept[-1]])):
            kept.append(row)
    row_of = np.searchsorted(kept, np.arange(len(times)), side="right") - 1
    return [shown[row] for row in kept], np.array(kept, dtype=np.int64), row_of


def _twice(before: datetime, now: datetime, on_the_clock: timedelta) -> bool:
    """Whether the clock was set back in between; without a zone, whether it shows the same time."""
    if now.tzinfo is None:
        return not on_the_clock
    return on_the_clock <= timedelta(0) and now.timestamp() > before.timestamp()


def _spread(found: Watched, kept: Counts, row_of: Counts) -> Watched:
    """Entries for all rows; one that was not kept has those of the row before, and is not told."""
    told = np.zeros(len(row_of), dtype=np.bool_)
    told[kept] = found.told
    return Watched(found.seen[row_of], found.n[row_of], found.expected[row_of], found.low[row_of],
                   found.high[row_of], kept[found.since][row_of], found.once_in[row_of], told,
                   found.learned[row_of], found.step)  # fmt: skip


def _shut(grid: Grid, closed: Sequence[bool] | None, kept: Counts) -> Flags:
    shut = np.zeros(len(grid.numbers), dtype=np.bool_)
    if closed is not None:
        shut[grid.cell[np.asarray(closed, dtype=np.bool_)[kept]]] = True
    return shut


def _marked(grid: Grid, times: Sequence[datetime], marks: Sequence[datetime]) -> list[int]:
    """The cells from which the level is learned anew: of the first rows from the marks on."""
    shown = [mark.replace(tzinfo=None) for mark in marks]
    rows = (next((row for row, each in enumerate(times) if each >= mark), None) for mark in shown)
    return sorted({int(grid.cell[row]) for row in rows if row is not None})


def _of_rows(usual: Usual, grid: Grid, counts: Numbers, looks: Sequence[Judged]) -> Watched:
    """The entries of the rows given, of those of all cells of a series."""
    cell = grid.cell
    judged = looks[0] if len(looks) == 1 else rarer(looks[0], looks[1])
    since = judged.since[cell]
    known = np.isfinite(counts) & np.isfinite(usual.mean)
    mean = np.where(known, usual.mean, 0.0)
    variance = mean + mean**2 * np.where(known, usual.spread, 0.0)
    leaning = variance * np.where(known, usual.leans, 1.0)
    sums = (np.where(known, counts, 0.0), mean, leaning, known.astype(np.float64))
    seen, expected, wide, n = (_between(each, since, cell) for each in sums)
    alone = since == cell
    seen = np.where(alone, counts[cell], seen)
    expected = np.where(n > 0, expected, np.nan)
    low, high = _range(expected, np.where(alone, variance[cell], wide))
    first = np.minimum(np.searchsorted(cell, since), np.arange(len(cell)))
    return Watched(seen, n.astype(np.int64), expected, low, high, first, judged.once_in[cell],
                   judged.told[cell], usual.learned[cell], grid.step)  # fmt: skip


def _between(numbers: Numbers, since: Counts, cell: Counts) -> Numbers:
    """Sums from a cell to a later one, both included."""
    total = np.concatenate([[0.0], np.cumsum(numbers)])
    found: Numbers = total[cell + 1] - total[since]
    return found


def _range(mean: Numbers, variance: Numbers) -> tuple[Numbers, Numbers]:
    """Where 19 of 20 such counts lie: gamma quantiles by Wilson and Hilferty (1931)."""
    shape = np.maximum(mean, 1e-9) ** 2 / np.maximum(variance, 1e-12)
    low, high = (
        mean * np.maximum(1 - 1 / (9 * shape) + sign * 1.96 / (3 * np.sqrt(shape)), 0.0) ** 3
        for sign in (-1, 1)
    )
    return np.maximum(np.floor(low), 0.0), np.ceil(high)
