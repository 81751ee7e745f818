"""What counts were to be expected in each period, and how far chance may lead away from it.

Learned from earlier periods alone, a day at a time: the level (over a week, four weeks or all that
is remembered, whichever has erred least so far), the week, the spread beyond chance, and how long
periods lean the same way. Arrays are series × periods, so that many series cost little more than
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from cx280.stats.detection.grid import DAY, HOUR, Flags, Grid, Numbers
from cx280.stats.detection.usual_season import Week, first_week, week_of
from cx280.stats.detection.usual_spread import MOST, Spread
from cx280.stats.detection.watched import Counts

# Weeks that are remembered: of days, and of parts of days.
_WEEKS_OF_DAYS, _WEEKS_OF_PARTS = 26, 9
_LEVELS = (7, 28)  # days over which a level is taken, besides all that is remembered
_BETTER = 0.93  # a level of a shorter time has to err by this factor less
# What lasts so many days, in so large a part of the periods, is the new level.
_LASTS, _PART = 7, 0.8
_LITTLE = 0.25  # of leaning that comes from not knowing the level: so much is left out


@dataclass(frozen=True, slots=True)
class Usual:
    """mean: expected; spread: relative variance beyond chance; leans: by how much a run of periods
    varies more than single ones; typical: the mean where most come. NaN mean: nothing known.
    odd_low, odd_high: the part of the past that was too far off to be chance, on either side.
    degrees: of freedom behind the variance of a run.
    learned: periods it rests on."""

    mean: Numbers
    spread: Numbers
    leans: Numbers
    typical: Numbers
    odd_low: Numbers
    odd_high: Numbers
    degrees: Numbers
    learned: Counts

    def of(self, row: int) -> Usual:
        """Of one series."""
        return Usual(*(getattr(self, each.name)[row] for each in fields(self)))


def usual_counts(counts: Numbers, grid: Grid, closed: Flags, marks: Sequence[int] = ()) -> Usual:
    """What was usual before each cell.

    counts: series × cells, NaN where unknown; closed: cells that nothing is learned from; marks:
    cells from which the level is learned anew. Of one series it is remembered, read-only: what is
    judged again, for another sensitivity or a chart, is not learned again.
    """
    if len(counts) > 1:
        return _learned(counts, grid.step, closed, marks)
    return _of_one(counts.tobytes(), grid.step, closed.tobytes(), tuple(marks))


@lru_cache(maxsize=64)  # as many as a large service has, of 100 KB each
def _of_one(counts: bytes, step: float, closed: bytes, marks: tuple[int, ...]) -> Usual:
    found = _learned(np.frombuffer(counts)[None], step, np.frombuffer(closed, np.bool_), marks)
    for each in fields(found):
        getattr(found, each.name).flags.writeable = False
    return found


def _learned(counts: Numbers, step: float, closed: Flags, marks: Sequence[int]) -> Usual:
    learning = _Learning(counts, step, closed)
    for start, stop in _days(learning, marks):
        if start in marks:
            learning.begin_anew(start)
        learning.predict(start, stop)
        learning.learn(start, stop)
    known = np.cumsum(learning.mask[:, learning.pad :], axis=1)
    learned = np.concatenate([np.zeros((len(counts), 1)), known[:, :-1]], axis=1)
    mean, spread, leans, typical, low, high, degrees = learning.found
    return Usual(mean, spread, leans, typical, low, high, degrees, learned.astype(np.int64))


def _days(learning: _Learning, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Parts of the time to be learned from at once: a day, less on the first day, cut at marks."""
    at, day, fine = 0, learning.day, learning.fine
    while at < learning.cells:
        step = max(fine, at // 4 // fine * fine) if at < day else day - at % day
        stop = min([learning.cells, at + step, *(mark for mark in marks if mark > at)])
        yield at, stop
        at = stop


class _Learning:
    """The state between days, and what was predicted so far.

    A day, a week and what is remembered (pad) in cells; fine: cells that are alike, an hour. Past
    and masks have `pad` empty cells before the first one.
    """

    def __init__(self, counts: Numbers, step: float, closed: Flags) -> None:
        series, self.cells = counts.shape
        self.day = max(round(DAY / step), 1)
        days = 7 if step <= 1.5 * DAY else 1
        self.fine = max(round(HOUR / step), 1)
        if self.day % self.fine:
            self.fine = 1
        self.week = days * self.day
        self.weeks = _WEEKS_OF_DAYS if self.day == 1 else _WEEKS_OF_PARTS
        self.pad = self.weeks * self.week
        known = np.isfinite(counts) & ~closed
        before = ((0, 0), (self.pad, 0))
        self.given = np.where(known, counts, 0.0)
        self.mask = np.pad(known.astype(np.float64), before)
        self.of_level = self.mask.copy()
        self.past = np.pad(self.given, before)
        self.side = np.zeros_like(self.past)
        self.found = np.full((7, *counts.shape), np.nan)
        self.shape, self.at = first_week(series, days, self.day // self.fine), 0
        self.beyond = Spread(series, self.day, self.pad)
        self.errors = np.ones((1 + len(_LEVELS), series))
        self.old = np.full(series, np.nan)  # the level before it was learned anew

    def begin_anew(self, start: int) -> None:
        """Forgets the level before a cell, but for a hint of it."""
        if start:
            self.old = self._levels(start)[0][0]
        self.of_level[:, : self.pad + start] = 0.0

    def predict(self, start: int, stop: int) -> None:
        """Says what cells will bring, from what is known before the first of them."""
        self.shape = self._week(start)
        here = self._ahead(self.shape.shape, stop - start)
        levels, unsure = self._levels(start)
        self.candidates = levels[:, :, None] * here
        which, each = self._which(), np.arange(levels.shape[1])
        level, beyond = levels[which, each], self.beyond.found()[:, None]
        busy, leaning = self._busy(level)[:, None], self.beyond.leaning()[:, None]
        of_level = np.minimum(unsure[which, each][:, None] * (1 + busy * beyond) * leaning, 1.0)
        mean = level[:, None] * here
        spread = beyond + self._ahead(self.shape.unsure, stop - start) + of_level
        of_day = self._ahead(self.shape.unsure_day, stop - start) + of_level
        self.shared = self.day * of_day / (1 / np.maximum(mean, 1e-9) + spread)
        leans = leaning + np.maximum(self.shared - _LITTLE, 0.0)
        low, high = self.beyond.odd()[:, :, None]
        self.found[:, :, start:stop] = np.stack(np.broadcast_arrays(
            mean, spread, leans, busy, low, high, self.beyond.degrees()[:, None]))  # fmt: skip

    def learn(self, start: int, stop: int) -> None:
        """Takes in what cells brought; what is far off teaches only as much as what is not."""
        now, padded = slice(start, stop), slice(self.pad + start, self.pad + stop)
        mean, spread = self.found[:2, :, now]
        known = (self.mask[:, padded] > 0) & np.isfinite(mean)
        deviation = np.sqrt(mean + mean**2 * spread)
        seen = self.given[:, now]
        away = np.where(known, seen - mean, 0.0)
        self.side[:, padded] = np.sign(away) * (known & (np.abs(away) > MOST * deviation + 1))
        kept = np.clip(seen, mean - MOST * deviation, mean + MOST * deviation + 1)
        self.past[:, padded] = np.where(known, kept, seen)
        away = np.where(known, kept - mean, 0.0)
        self.beyond.learn(away, mean, spread, self.shared, self.side[:, padded], known)
        self._errors(away, mean, deviation, known)
        if start >= 2 * self.week:
            self._what_lasts(stop)

    def _errors(self, away: Numbers, mean: Numbers, deviation: Numbers, known: Flags) -> None:
        """How far off each level lately was, in units of what was expected."""
        errors = np.where(known, (away + mean - self.candidates) / deviation, 0.0) ** 2
        n = known.sum(axis=1)
        weight = 1 - (0.97 if self.day == 1 else 0.9) ** (n / self.day)
        lately = np.minimum(errors, 9.0).sum(axis=2) / np.maximum(n, 1)
        self.errors += weight * (lately - self.errors)

    def _which(self) -> Counts:
        """The level to go by: of all, unless that of a shorter time has erred less."""
        shorter = np.arange(len(self.errors))[::-1] / (len(self.errors) - 1)
        found: Counts = np.argmin(self.errors / _BETTER ** shorter[:, None], axis=0)
        return found

    def _busy(self, level: Numbers) -> Numbers:
        """The mean of the part of a week in which most come (each weighed by those who come)."""
        shape = self.shape.shape
        found: Numbers = level * (shape**2).sum(axis=(1, 2)) / shape.sum(axis=(1, 2))
        return found

    def _ahead(self, of_week: Numbers, many: int) -> Numbers:
        """What comes next of a week, cell by cell."""
        flat = np.repeat(of_week.reshape(len(of_week), -1), self.fine, axis=1)
        return flat[:, np.arange(many) % flat.shape[1]]

    def _week(self, start: int) -> Week:
        """The week as it was known, its beginning moved to the cell, then learned again."""
        moved = -((start - self.at) // self.fine)
        self.at = start
        before = Week(*(np.roll(each.reshape(len(each), -1), moved, axis=1).reshape(each.shape)
                        for each in self.shape))  # fmt: skip
        if not start or self.week == 1:
            return before
        counts, mask = (self._window(each, start) for each in (self.past, self.mask))
        usual = (mask * before.shape[:, None]).sum(axis=(2, 3))
        total = counts.sum(axis=(1, 2, 3))[:, None] + 0.5
        mean = total / (usual.sum(axis=1, keepdims=True) + 0.5)
        level = (counts.sum(axis=(2, 3)) + 0.5) / (usual + 0.5 / mean)
        at_level = (mask * level[:, :, None, None]).sum(axis=1)
        chance = 1 + level[:, -1, None, None] * before.shape * self.beyond.found()[:, None, None]
        return week_of(counts.sum(axis=1), at_level, before, 1 / chance)

    def _window(self, of: Numbers, start: int) -> Numbers:
        """Whole weeks up to a cell: series × weeks × days × parts."""
        weeks = min(self.weeks, -(-start // self.week))
        part = of[:, self.pad + start - weeks * self.week : self.pad + start]
        shape = (len(of), weeks, *self.shape.shape.shape[1:], self.fine)
        return np.asarray(part.reshape(shape).sum(axis=4))

    def _levels(self, start: int) -> tuple[Numbers, Numbers]:
        """(level, its relative variance by chance) over each span; NaN where nothing is known."""
        flat = np.repeat(self.shape.shape.reshape(len(self.old), -1), self.fine, axis=1)
        longest = min(self.pad, -(-max(start, 1) // self.week) * self.week)
        hint = np.isfinite(self.old)
        levels, unsure = np.empty((2, *self.errors.shape))
        # From the longest span to the shortest: an empty one takes what the longer one has.
        for row, days in reversed(list(enumerate([*_LEVELS, self.pad]))):
            span = min(max(days * self.day, self.week), longest)
            part = slice(self.pad + start - span, self.pad + start)
            mask = self.of_level[:, part]
            usual = np.sum(mask.reshape(len(mask), -1, self.week) * flat[:, None], axis=(1, 2))
            total = np.sum(self.past[:, part] * mask, axis=1) + np.where(hint, 1.0, 0.5)
            old = np.where(hint & (self.old > 0), self.old, 1.0)
            level = total / np.maximum(usual + np.where(hint, 1 / old, 0.0), 1e-9)
            longer = (levels[row + 1], unsure[row + 1]) if row + 1 < len(levels) else (
                np.where(hint, level, np.nan), 1 / total)  # fmt: skip
            levels[row] = np.where(usual > 0, level, longer[0])
            unsure[row] = np.where(usual > 0, 1 / total, longer[1])
        return levels, unsure

    def _what_lasts(self, stop: int) -> None:
        """Where nearly every count of a week was far off to one side, that is the new level."""
        first = stop - _LASTS * self.day
        week = slice(self.pad + first, self.pad + stop)
        known = np.maximum(self.mask[:, week].sum(axis=1), 1)
        for row in np.flatnonzero(np.abs(self.side[:, week].sum(axis=1)) > _PART * known):
            self.past[row, week] = self.given[row, first:stop]
            self.of_level[row, : self.pad + first] = 0.0
            self.side[row, week] = 0.0
            self.old[row] = np.nan
