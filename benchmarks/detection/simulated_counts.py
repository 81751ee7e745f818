"""Made-up counts: falls, silences and steady years, by the day and by the hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import chance_to_find, watch_many_counts

Floats = NDArray[np.float64]
_START = datetime(2024, 1, 1, tzinfo=UTC)
_HOUR, _DAY = 3600, 86_400
_LEARNED, _YEAR = 91, 365
_VOLUMES = (5, 20, 50, 500, 5000, 50_000)


def drops(runs: int) -> Iterator[list[str]]:
    """A fall by 40 % of one row with a week: how many are told in that row, and could be."""
    draw = np.random.default_rng(285)
    for usual in (50, 100, 150, 200):
        cells = []
        for step in (_DAY, _HOUR):
            for weeks in (4, 8, 26):
                times, volume = _times(step, 7 * weeks)
                row = len(times) - (3 if step == _DAY else 60)
                made = draw.poisson(np.tile(volume / volume[row] * usual, (runs, 1)))[:, : row + 1]
                made[:, row] = draw.poisson(0.6 * usual, runs)
                closed = [is_quiet(each.date()) for each in times[: row + 1]]
                found = watch_many_counts(times[: row + 1], made, closed=closed)
                cells.append(f"{np.mean([each.told[row] for each in found]):.0%}")
            cells.append(f"{chance_to_find(usual, 0.4, step):.0%}")
        yield [str(usual), *cells]


def steady(runs: int) -> Iterator[list[str]]:
    """False alarms a month of steady years, plain and uneven, by the day and the hour."""
    draw = np.random.default_rng(286)
    for a_day in _VOLUMES:
        cells = []
        for step in (_DAY, _HOUR):
            times, volume = _times(step, _LEARNED + _YEAR)
            closed = [is_quiet(each.date()) for each in times]
            learned = round(_LEARNED * _DAY / step)
            series = runs * (4 if step == _DAY else 1)
            for noise in (_even, _uneven, _leaning):
                mean = a_day * volume * noise(draw, series, len(times), round(_DAY / step))
                found = watch_many_counts(times, draw.poisson(mean), closed=closed)
                told = sum(int(each.told[learned:].sum()) for each in found)
                cells.append(f"{told / (series * _YEAR / 30):.2f}")
        yield [f"{a_day:,}", *cells]


def silences(runs: int) -> Iterator[list[str]]:
    """Six hours of a working day without anything, told by the end of the sixth."""
    draw = np.random.default_rng(283)
    times = [_START + at * timedelta(hours=1) for at in range(24 * 42)]
    hour = np.array([each.hour for each in times])
    shape = np.where((hour > 7) & (hour < 20), 1.8, 0.2) / 24
    silent = slice(24 * 38 + 10, 24 * 38 + 16)
    for a_day in (5, 10, *_VOLUMES[1:]):
        made = draw.poisson(np.tile(a_day * shape, (runs, 1)))[:, : silent.stop]
        made[:, silent] = 0
        found = watch_many_counts(times[: silent.stop], made)
        usual = a_day * float(shape[silent].sum())
        told = np.mean([each.told[silent].any() for each in found])
        rare = f"1 in {np.exp(usual):,.0f}" if usual < 14 else "less than 1 in a million"
        yield [f"{a_day:,}", f"{round(usual, 2):,}", rare, f"{told:.0%}"]


def long_falls(runs: int) -> Iterator[list[str]]:
    """Small falls that stay: told within a day, a week, two and four."""
    draw = np.random.default_rng(287)
    for a_day, fall in ((5, 0.5), (50, 0.2), (500, 0.07), (5000, 0.03)):
        for step, name in ((_DAY, "day"), (_HOUR, "hour")):
            times, volume = _times(step, 200)
            begin = round(160 * _DAY / step)
            mean = np.tile(a_day * volume, (runs, 1))
            mean[:, begin:] *= 1 - fall
            closed = [is_quiet(each.date()) for each in times]
            found = watch_many_counts(times, draw.poisson(mean), closed=closed)
            first = [min((at for at in each.alarms() if at >= begin), default=10**6) - begin
                     for each in found]  # fmt: skip
            days = np.array(first) * step / _DAY
            within = [f"{np.mean(days < most):.0%}" for most in (1, 7, 14, 28)]
            yield [f"{fall:.0%} of {a_day:,}", name, *within]


def _times(step: int, days: int) -> tuple[list[datetime], Floats]:
    """Rows, and what part of a usual day's events each is to bring: weekends, nights, holidays."""
    times = [_START + at * timedelta(seconds=step) for at in range(days * _DAY // step)]
    week = np.array([0.5 if each.weekday() > 4 else 1.2 for each in times])
    closed = np.array([0.4 if is_quiet(each.date()) else 1.0 for each in times])
    hour = np.array([1.8 if 7 < each.hour < 20 else 0.2 for each in times])
    return times, week * closed * (hour * step / _DAY if step < _DAY else 1.0)


def _even(draw: np.random.Generator, series: int, rows: int, day: int) -> Floats:
    return np.ones((series, rows))


def _uneven(draw: np.random.Generator, series: int, rows: int, day: int) -> Floats:
    """Rows differ by 14 % more than by chance."""
    return draw.gamma(50, 1 / 50, (series, rows))


def _leaning(draw: np.random.Generator, series: int, rows: int, day: int) -> Floats:
    """Days differ by 10 %, and remember the day before."""
    days = draw.standard_normal((series, -(-rows // day)))
    for at in range(1, days.shape[1]):
        days[:, at] = 0.6 * days[:, at - 1] + 0.8 * days[:, at]
    return np.exp(0.1 * days).repeat(day, axis=1)[:, :rows]
