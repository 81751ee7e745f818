"""Numbers in time as they can be drawn: regular periods, gaps kept, coarse enough to read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import pairwise

MOST_POINTS = 200
_COARSER = (60, 1440, 10080)  # minutes: an hour, a day, a week
_WORDS = {1: "minute", 60: "hour", 1440: "day", 10080: "week", 0: "month"}
# Where periods without a number would be this many times those with one, times are irregular.
_SPARSE = 20
_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - periods are in the time of whoever counted


@dataclass(frozen=True, slots=True)
class Drawn:
    """A period: its start, the mean of the numbers in it (None: a gap), and how many there are."""

    start: datetime
    mean: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods of several groups. `step` and `counted` are words: drawn by, counted by.

    Where the two are one word nothing was put together; else each point is a mean of what was
    counted (`requests a minute, mean of each day`). Both empty: times at no regular distance.
    """

    step: str
    counted: str
    groups: Mapping[str, Sequence[Drawn]]


def moment_of(at: str) -> datetime | None:
    """The start of a day, hour or minute as counts write it; None for spans and nothing."""
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None


def timeline(numbers: Iterable[tuple[str, str, float]], *, most: int = MOST_POINTS) -> Timeline:
    """The periods of (group, at, number), from the first to the last that any group has.

    A period without a number stays a gap: nobody said that it was zero. More than `most` periods
    are put together to hours, days or weeks by the mean of the numbers there are, so that missing
    minutes do not look like fewer visits. `at` of spans is left out.
    """
    by_group: dict[str, dict[datetime, float]] = {}
    for group, at, number in numbers:
        moment = moment_of(at)
        if moment is not None:
            by_group.setdefault(group, {})[moment] = number
    moments = sorted({each for group in by_group.values() for each in group})
    step = _step(moments)
    if step is None:
        drawn = {name: [_one(each, at) for at in moments] for name, each in by_group.items()}
        return Timeline("", "", drawn)
    coarse = _coarse_enough(moments, step, most)
    starts = _starts(moments, coarse)
    return Timeline(
        _words(coarse),
        _words(step),
        {name: _together(each, starts, coarse) for name, each in by_group.items()},
    )


def _one(group: Mapping[datetime, float], at: datetime) -> Drawn:
    number = group.get(at)
    return Drawn(at, number, 0 if number is None else 1)


def _words(step: int) -> str:
    return _WORDS.get(step, f"{step} minutes" if step < 1440 else f"{step // 1440} days")


def _step(moments: Sequence[datetime]) -> int | None:
    """Minutes between periods; 0 for months; None where they are at no regular distance."""
    if len(moments) < 2:
        clock = moments[0].time() if moments else None
        return 1440 if clock is None or not (clock.hour or clock.minute) else 1
    gaps = [int((b - a).total_seconds() // 60) for a, b in pairwise(moments)]
    if all(each.day == 1 and not each.hour and not each.minute for each in moments) and (
        min(gaps) >= 28 * 1440
    ):
        return 0
    step = reduce(math.gcd, gaps)
    # Days 3 and 5 alone are days with a gap, not spans of two days; hours likewise.
    for unit, next_unit in ((60, 1440), (1440, 10080)):
        if unit < step < next_unit and step % unit == 0:
            step = unit
    return step if sum(gaps) / step <= _SPARSE * len(moments) else None


def _coarse_enough(moments: Sequence[datetime], step: int, most: int) -> int:
    if not step:
        return 0
    minutes = (moments[-1] - moments[0]).total_seconds() / 60
    for each in (step, *(wide for wide in _COARSER if wide > step and not wide % step)):
        if minutes / each < most:
            return each
    return max(step, _COARSER[-1])


def _floor(moment: datetime, step: int, first: datetime) -> datetime:
    """The start of the period that a moment falls in; counts by the week begin where theirs do."""
    base = first if step not in _COARSER or step == 10080 else _MONDAY
    base = datetime.combine(base.date(), datetime.min.time()) if step == 10080 else base
    return base + math.floor((moment - base) / timedelta(minutes=step)) * timedelta(minutes=step)


def _starts(moments: Sequence[datetime], step: int) -> list[datetime]:
    first, last = moments[0], moments[-1]
    if not step:
        count = (last.year - first.year) * 12 + last.month - first.month
        return [_month_after(first, each) for each in range(count + 1)]
    start = _floor(first, step, first)
    count = math.floor((last - start) / timedelta(minutes=step))
    return [start + timedelta(minutes=step * each) for each in range(count + 1)]


def _month_after(first: datetime, count: int) -> datetime:
    months = first.year * 12 + first.month - 1 + count
    return datetime.combine(date(months // 12, months % 12 + 1, 1), datetime.min.time())


def _together(
    numbers: Mapping[datetime, float], starts: Sequence[datetime], step: int
) -> list[Drawn]:
    kept: dict[datetime, list[float]] = {}
    for moment, number in numbers.items():
        start = _floor(moment, step, starts[0]) if step else moment
        kept.setdefault(start, []).append(number)
    found = []
    for start in starts:
        here = kept.get(start, [])
        found.append(Drawn(start, math.fsum(here) / len(here) if here else None, len(here)))
    return found
