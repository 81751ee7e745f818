"""The detector: expected, seen, how rare, and one number between 0 and 1 for each row.

Causal: what is said of a row rests on rows before it alone. One set of defaults for all series.
Three looks are taken at each row, and the rarest counts: the number itself, the last few numbers
together, and (where there is a day or a week) the last part of a day against that part of other
days, without allowing for a lower or higher level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.detection.expected import Forecasts, best, forecasts
from cx280.stats.detection.grid import DAY, Flags, Grid, Numbers, on_grid
from cx280.stats.detection.noise import usual_deviation
from cx280.stats.detection.rarity import ENOUGH, rarity, rarity_of_counts, usual_size
from cx280.stats.detection.rolling import robust_mean_before, spread_before, sum_of_last
from cx280.stats.detection.silence import silence

ALONE, RUN, SLOW, SILENT = 1, 2, 3, 4
"""Which look found a row rarest: it alone, the last few, the last part of a day, nothing at all."""

# Cells of a run, and the most that one of them counts for.
_RUN, _RUN_MOST = 4, 6.0
# Of counts, a deviation by less says nothing.
_HALF_OF_ONE = 0.5
# Parts of a day that the slow look takes together.
_PARTS = (12, 2)
# Deviations beyond which a number is not learned from (what was expected is, instead).
_NOT_LEARNED = 8.0
# Rarity of a run of zeros that is not learned from.
_SILENT = 2.0
# Of the spread of the past: a deviation under it says nothing.
_LEAST_OF_SPREAD = 0.02
# An incident: told once, again within a day only when it is ten times rarer. It begins at 1.7.
_BEGINS, _RARER = 1.7, 1.0
# Until the days of the week are known they may differ: a deviation counts for half.
_UNKNOWN_WEEK = 2.0
# Known numbers before which nothing can be said.
_FEWEST = 8
_HALF = 3.0  # rarity that scores one half: one in a thousand


@dataclass(frozen=True, slots=True)
class Detection:
    """One entry for each row given.

    expected, low, high: what was to be expected, and the range of 19 in 20; NaN while nothing is
    known. rarity: -log10 of the probability. news: the same, but 0 for what goes on from a row
    told already. look: ALONE, RUN, SLOW or SILENT (0: none).
    learned: rows it rests on. cold: too few for limits of its own, so wider ones are used.
    """

    numbers: Numbers
    expected: Numbers
    low: Numbers
    high: Numbers
    rarity: Numbers
    news: Numbers
    look: NDArray[np.int64]
    learned: NDArray[np.int64]
    step: float

    @property
    def score(self) -> Numbers:
        """News between 0 and 1: one half at one in a thousand."""
        return self.news / (self.news + _HALF)

    def alarms(self, a_month: float = 1.0) -> NDArray[np.int64]:
        """The rows to tell of, for about so many false alarms a month (see `alarm_at`)."""
        return np.flatnonzero(self.news >= alarm_at(self.step, a_month))

    @property
    def cold(self) -> Flags:
        """Whether there was too little past for limits of a row's own."""
        found: Flags = self.learned < ENOUGH
        return found


def detect(
    times: Sequence[datetime], numbers: Sequence[float], closed: Sequence[bool] | None = None
) -> Detection:
    """What is unusual in numbers in time: counts, sums, means, shares or durations.

    numbers: NaN is missing and says nothing. closed: rows on closure days (federal holidays and
    the days they make quiet); nothing is learned from them, and of falls on them only those to
    almost nothing count. Raises Unusable for fewer than two rows and for times that go back.
    """
    grid = on_grid(times, numbers)
    shut = _on_cells(grid, closed)
    seen = _Seen(grid, shut)
    looks = list(_looks(seen))
    rare = np.stack([each for _, each in looks])
    found = np.max(rare, axis=0)
    look = np.where(found > 0, np.array([kind for kind, _ in looks])[np.argmax(rare, axis=0)], 0)
    found = np.where(np.isfinite(grid.numbers), found, 0.0)
    low, high = _range(seen)
    learned = np.concatenate([[0], np.cumsum(np.isfinite(grid.numbers))[:-1]])
    cell = grid.cell
    rows = np.asarray(numbers, dtype=np.float64)
    return Detection(
        rows, seen.expected[cell], low[cell], high[cell], found[cell],
        _as_news(found[cell], grid), look[cell], learned[cell], grid.step,
    )  # fmt: skip


class _Seen:
    """The numbers of a grid beside what was expected, in units of their usual deviation.

    Looked at twice: what stood out the first time is not learned from the second time. Both times
    only the past is used, so the second look is as causal as the first.
    """

    def __init__(self, grid: Grid, shut: Flags) -> None:
        self.grid = grid
        self.width = max(2 * grid.day, 60)
        self.memory = max(28 * grid.day, 2000)
        self.shut = shut
        before = np.concatenate([[0.0], np.nan_to_num(grid.numbers)[:-1]])
        self.positive = np.minimum.accumulate(before) >= 0
        spread = spread_before(grid.numbers, max(14 * grid.day, 400))
        tiny = 1e-9 * np.maximum.accumulate(np.abs(before)) + 1e-12
        self.least = np.maximum(_LEAST_OF_SPREAD * spread, tiny)
        self.silence = np.where(self.positive, silence(grid.numbers, self.memory), 0.0)
        unknown = shut | (self.silence >= _SILENT)
        self.past = np.where(unknown, np.nan, grid.numbers)
        self._look()
        far = np.abs(self.deviations) > _NOT_LEARNED
        far &= np.arange(len(far)) >= self.width
        self.past = np.where(far & ~shut, self.expected, self.past)
        self._look()

    def _look(self) -> None:
        self.made: Forecasts = forecasts(self.grid, self.past, self.positive)
        open_days = np.where(self.shut, np.nan, self.grid.numbers)
        _, self.expected = best(self.made, self.past, self.width, self.least, self.grid.seasons)
        usual = usual_deviation(open_days, self.expected, self.width, self.least, self.positive)
        self.usual = np.maximum(usual, np.where(self.whole(), _HALF_OF_ONE, 0.0))
        away = (self.grid.numbers - self.expected) / self.usual
        self.deviations = np.nan_to_num(away)

    def whole(self) -> Flags:
        """Whether there were only whole numbers, none below zero, before each cell: counts."""
        before = np.concatenate([[0.0], np.nan_to_num(self.grid.numbers)[:-1]])
        found: Flags = np.minimum.accumulate(before == np.rint(before)) & self.positive
        return found


def alarm_at(step: float, a_month: float = 1.0) -> float:
    """The rarity from which to tell, for about so many false alarms in a month of looks.

    step: seconds from look to look. Measured, not derived (docs: how detection was chosen): looks
    at one incident hang together, so a month of looks every minute asks for no more than 2.6. At
    least 1.7 (1 in 50). Raises Unusable unless a_month is above zero.
    """
    if not a_month > 0:
        raise Unusable("False alarms a month must be more than zero; 1 is usual, 0.1 is strict.")
    once_a_month = _BEGINS + 0.3 * max(float(np.log10(DAY / max(step, 1.0))), 0.0)
    return max(once_a_month - 0.7 * float(np.log10(a_month)), _BEGINS)


def _on_cells(grid: Grid, closed: Sequence[bool] | None) -> Flags:
    shut = np.zeros(len(grid.numbers), dtype=np.bool_)
    if closed is not None:
        shut[grid.cell[np.asarray(closed, dtype=np.bool_)]] = True
    return shut


def _looks(seen: _Seen) -> Iterator[tuple[int, Numbers]]:
    """Each look and the rarity of each cell by it, less what looking several times costs."""
    alone = _on_closed_days(seen)
    run = sum_of_last(np.clip(alone, -_RUN_MOST, _RUN_MOST), _RUN) / np.sqrt(_RUN)
    run = np.where(_week_unknown(seen), 0.0, run)
    yield ALONE, np.minimum(_rarity_by_bites(alone, seen, 2), _by_chance(seen, 1))
    yield RUN, np.minimum(_rarity_by_bites(run, seen, 2), _by_chance(seen, _RUN))
    yield SILENT, _silent(seen)
    plain = seen.made.of_seasons()
    if "day" not in seen.grid.seasons or not plain.names:
        return
    _, usual = best(plain, seen.past, seen.width, seen.least, seen.grid.seasons)
    away = np.where(seen.shut, 0.0, np.nan_to_num(seen.grid.numbers - usual))
    for part in _PARTS:
        width = max(seen.grid.day // part, 2)
        mean = sum_of_last(away, width) / width
        size = robust_mean_before(np.abs(mean), max(7 * seen.grid.day, 100), 3.0)
        parts = np.nan_to_num(mean / np.maximum(size, seen.least))
        yield SLOW, _rarity_by_bites(parts, seen, 4, start=5 * seen.grid.day)


def _by_chance(seen: _Seen, width: int) -> Numbers:
    """The rarity that the sum of so many counts has by chance alone; no bound for other numbers."""
    counts = sum_of_last(seen.grid.numbers, width)
    expected = sum_of_last(np.where(np.isfinite(seen.grid.numbers), seen.expected, 0.0), width)
    return np.where(seen.whole(), rarity_of_counts(counts, expected), np.inf)


def _silent(seen: _Seen) -> Numbers:
    """Rarity of nothing: no rarer than so many expected ones in units of their noise allow."""
    silent = seen.grid.numbers == 0
    allowed = np.nan_to_num(np.where(silent, seen.expected / seen.usual, 0.0)) / np.log(10)
    total = np.cumsum(allowed)
    run = total - np.maximum.accumulate(np.where(silent, 0.0, total))
    found: Numbers = np.maximum(np.minimum(seen.silence, run) - np.log10(2), 0.0)
    return found


def _on_closed_days(seen: _Seen) -> Numbers:
    """The deviations; on closure days a fall counts only where it is to almost nothing."""
    almost = seen.grid.numbers > 0.05 * seen.expected
    allowed = np.where(seen.shut & (seen.deviations < 0) & almost, 0.0, seen.deviations)
    return np.where(_week_unknown(seen), allowed / _UNKNOWN_WEEK, allowed)


def _week_unknown(seen: _Seen) -> Flags:
    """Whether days of the week may still surprise: eight days of hours, fifteen of days."""
    seasons = seen.grid.seasons
    week = seasons.get("week", 0)
    need = week + seasons["day"] if "day" in seasons else 2 * week + 1
    found: Flags = np.cumsum(np.isfinite(seen.past)) <= need
    return found


def _rarity_by_bites(deviations: Numbers, seen: _Seen, looks: int, *, start: int = 0) -> Numbers:
    """The past is learned from again every quarter of a day; before `start` nothing is said."""
    found = np.zeros(len(deviations))
    bite = max(seen.grid.day // 4, 1 if len(deviations) < 2000 else 20)
    known = np.isfinite(seen.grid.numbers)
    for at in range(0, len(deviations), bite):
        if at < start:
            continue
        before = slice(max(0, at - seen.memory), at)
        past = deviations[before][known[before]]
        now = slice(at, at + bite)
        if len(past) < _FEWEST:
            continue
        found[now] = rarity(deviations[now], past) - np.log10(looks)
    return np.maximum(found, 0.0)


def _range(seen: _Seen) -> tuple[Numbers, Numbers]:
    """What 19 in 20 numbers were to lie between."""
    size = np.full(len(seen.expected), 3.0)
    bite = max(seen.grid.day // 4, 20)
    for at in range(0, len(size), bite):
        size[at : at + bite] = usual_size(seen.deviations[max(0, at - seen.memory) : at])
    away = size * seen.usual
    low = seen.expected - away
    return np.where(seen.positive, np.maximum(low, 0.0), low), seen.expected + away


def _as_news(rare: Numbers, grid: Grid) -> Numbers:
    """Rarity between 0 and 1, and 0 while an incident that has been told goes on."""
    news = np.zeros(len(rare))
    hold = max(DAY / grid.step, 6.0)
    told, peak = -np.inf, 0.0
    for row, (cell, each) in enumerate(zip(grid.cell, rare, strict=True)):
        over = cell - told >= hold
        if over or each > peak + _RARER:
            news[row] = each
            if each >= _BEGINS:
                told, peak = float(cell), float(each) if over else max(peak, float(each))
    return news
