"""Puts numbers in time on a regular grid, and knows which seasons such a grid can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Season = Literal["day", "week", "year"]
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
# Rows that tell how far apart times are; what comes later changes nothing of what was said.
_FIRST = 200
# Numbers beyond this are taken for missing: their squares and ratios could not be written.
_LARGEST = 1e100
# A longer silence than so many weeks is kept as so many.
_MOST_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """Regular cells: `cell` of each row, `step` in seconds, cells in each season it can have.

    numbers: of each cell; NaN where no row is. seasons: only those that have at least three cells.
    Months are cells of their own, however long.
    """

    cell: NDArray[np.int64]
    numbers: Numbers
    step: float
    seasons: Mapping[Season, int]

    @property
    def day(self) -> int:
        """Cells that make up the shortest round of life: a day, a week, a year, at least 7."""
        return max(min(self.seasons.values(), default=12), 7)


def on_grid(times: Sequence[datetime], numbers: Sequence[float]) -> Grid:
    """The numbers by steps of the median distance of the first times, which must not go back.

    Times without a zone are local times as they are. A number that is not finite is missing. Each
    row has a cell of its own, the next free one where two are closer than a step. Raises Unusable
    for fewer than two rows, unequal lengths or times that go back.
    """
    given = np.asarray(numbers, dtype=np.float64)
    if len(times) != len(given):
        raise Unusable(f"{len(times)} times and {len(given)} numbers do not go together.")
    if len(given) < 2:
        raise Unusable("At least two rows are needed to see anything in time.")
    seconds = np.array([_seconds(each) for each in times])
    gaps = np.diff(seconds)
    if (gaps < 0).any():
        raise Unusable(f"The times go back after {times[int(np.argmax(gaps < 0))]}.")
    first = gaps[gaps > 0][:_FIRST]
    step = float(np.median(first)) if len(first) else 1.0
    cell = _months(times) if 27 * DAY < step < 32 * DAY else _cells(gaps, step)
    placed = np.full(int(cell[-1]) + 1, np.nan)
    placed[cell] = np.where(np.abs(given) <= _LARGEST, given, np.nan)
    return Grid(cell, placed, step, _seasons(step))


def _cells(gaps: Numbers, step: float) -> NDArray[np.int64]:
    """A cell for each row, in time; the place in the week is kept across long silences."""
    week = max(round(7 * DAY / step), 1)
    away = np.rint(gaps / step).astype(np.int64)
    away = np.where(away > _MOST_WEEKS * week, _MOST_WEEKS * week + away % week, away)
    at = np.concatenate([[0], np.cumsum(away)])
    return _one_each(at)


def _one_each(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same cells, each moved on to the next free one where the row before is there."""
    rows = np.arange(len(at))
    found: NDArray[np.int64] = np.maximum.accumulate(at - rows) + rows
    return found


def _seconds(at: datetime) -> float:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _months(times: Sequence[datetime]) -> NDArray[np.int64]:
    months = np.array([each.year * 12 + each.month for each in times], dtype=np.int64)
    return _one_each(months - months[0])


def _seasons(step: float) -> dict[Season, int]:
    """A year is 364 days, so that the weekday is the same."""
    found: dict[Season, int] = {}
    if step <= DAY / 4:
        found["day"] = round(DAY / step)
    if step <= DAY:
        found["week"] = round(7 * DAY / step)
    if step > DAY / 2:
        found["year"] = 12 if step > 27 * DAY else round(364 * DAY / step)
    return {name: cells for name, cells in found.items() if cells >= 3}
