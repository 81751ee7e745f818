"""Hours in which a site should have sent events and did not (280.7-f1).

What to expect of an hour is learned from the same hour of the week in the eight weeks before it:
the mean without the highest and the lowest week. It is lowered, never raised, when the last seven
days were quieter than that. On a day when Federal offices are closed no more is expected than on
a Sunday, and nothing is learned from it. Two to three weeks of history know weekdays from
weekends only; with less than two weeks nothing is judged.

How much counts jump is learned too: `clump`, the variance of an hour's count for each event
expected, from the weeks above the median, because silence only ever lowers a count. For counts
that clump like this, the chance that a span stays as silent as it did is at most
exp(-(e - x + x ln(x / e)) / clump) for e expected events and x that came (Chernoff's bound for the
scaled Poisson, and the clumped counts of whole visits lie below it). A silence is a gap when that
is under exp(-SURPRISE): on simulated sites from 5 to 10,000 events a day, with visits of several
events, office hours and days that swing, no false gap came in 50 site-years
(tests/telemetry/test_gaps.py keeps a part of it).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from cx280.circular.implements import implements

HISTORY_DAYS = 56
LEAST_DAYS = 14
HOURS_OF_WEEK_FROM = 21  # days of history; before, weekdays are pooled and weekends are
SURPRISE = 12.0
LEAST_EXPECTED = 10.0
_SILENT = 50  # an hour is silent when it has at most one in this many of the events expected
_ROUNDS = 6  # gaps found teach nothing: what is expected is learned again without them
_DAY = 24

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours without events that should have had some: from `start` before `end`, whole UTC hours.

    expected: events, with `low` and `high` as 19 in 20 such spans would have had; events: those
    that came all the same (nearly none). days: days of history behind it. is_open: nothing has
    come since.
    """

    start: datetime
    end: datetime
    expected: float
    low: float
    high: float
    events: int
    days: int
    is_open: bool

    @property
    def hours(self) -> int:
        """How many hours were silent."""
        return round((self.end - self.start) / timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class _Hours:
    """All hours from the first event on: counts, and where each stands in local time."""

    first: int
    counts: Floats
    days: Ints  # local day, as date.toordinal()
    hours: Ints  # local hour of the day
    closed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Expected:
    """What each hour should have had, how far counts jump, and whole days; nan: nobody can say."""

    events: Floats
    clump: Floats
    swing: Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """The gaps of a site in order, and how well they can be seen.

    days: of history learned from, at most HISTORY_DAYS; under LEAST_DAYS nothing was judged.
    hours_to_notice: how long a silence lasts, on average, before it is surely one; None while
    nothing is judged, and for a site without any traffic to miss.
    """

    gaps: list[Gap]
    days: int
    hours_to_notice: float | None = None


@implements("280.7-f1")
def judged(
    counts: Mapping[int, int], until: datetime, zone: str, closed: Collection[date] = ()
) -> Judged:
    """Which hours were silent that should not have been.

    counts: events by UTC hour (hours since 1970), an hour without any may be left out. until: the
    end of the last hour to judge. closed: days on which Federal offices are closed.
    """
    if not counts:
        return Judged([], 0)
    hours = _hours_of(counts, until, ZoneInfo(zone), closed)
    found: list[tuple[int, int]] = []
    for _ in range(_ROUNDS):
        expected = _expectations(hours, found)
        again = [each for each in _silent_runs(hours, expected) if _is_gap(hours, expected, *each)]
        if again == found:
            break
        found = again
    return Judged(
        [_gap(hours, expected, *each) for each in found],
        min(HISTORY_DAYS, len(hours.counts) // _DAY),
        _to_notice(expected),
    )


def _to_notice(expected: _Expected) -> float | None:
    """Hours of silence until it is surely a gap, at the mean rate of the last week."""
    rate = (
        float(np.mean(np.nan_to_num(expected.events[-7 * _DAY :]))) if len(expected.events) else 0
    )
    clump = expected.clump[-1] if len(expected.clump) else math.nan
    if not rate or math.isnan(clump):
        return None
    return max(SURPRISE * float(clump), LEAST_EXPECTED) / rate


def _hours_of(
    counts: Mapping[int, int], until: datetime, zone: ZoneInfo, closed: Collection[date]
) -> _Hours:
    first, end = min(counts), int(until.timestamp()) // 3600
    span = range(first, max(end, first))
    local = [datetime.fromtimestamp(each * 3600, UTC).astimezone(zone) for each in span]
    return _Hours(
        first,
        np.array([counts.get(each, 0) for each in span], float),
        np.array([each.toordinal() for each in local], np.int64),
        np.array([each.hour for each in local], np.int64),
        np.array([each.date() in closed for each in local], bool),
    )


def _expectations(hours: _Hours, silent: list[tuple[int, int]]) -> _Expected:
    """For each hour, what the weeks before its block of 24 hours say; gaps teach nothing."""
    n = len(hours.counts)
    expected = _Expected(*(np.full(n, np.nan) for _ in range(3)))
    taught = ~hours.closed
    for start, end in silent:
        taught[start:end] = False
    for start in range(LEAST_DAYS * _DAY, n, _DAY):
        block = slice(start, min(start + _DAY, n))
        _learn(hours, taught, block, expected)
    return expected


def _learn(hours: _Hours, taught: NDArray[np.bool_], block: slice, into: _Expected) -> None:
    begin = max(0, block.start - HISTORY_DAYS * _DAY)
    past = np.arange(begin, block.start)[taught[begin : block.start]]
    by_week = block.start - begin >= HOURS_OF_WEEK_FROM * _DAY
    slots = _slots(hours, by_week=by_week)
    seen = _by_slot(hours, past, slots, by_week=by_week)
    usual = _trimmed(seen)
    each = usual[slots[block]]
    closed = hours.closed[block]
    if closed.any():
        sunday = usual[(6 if by_week else 1) * _DAY + hours.hours[block]]
        each = np.where(closed, np.fmin(each, sunday), each)
    level, into.swing[block] = _level(hours, past, usual[slots])
    into.events[block] = each * level
    into.clump[block] = _clump(seen, usual)


def _slots(hours: _Hours, *, by_week: bool) -> Ints:
    """Which hours are alike: the same hour of the week, or of any weekday or weekend day."""
    weekday = (hours.days - 1) % 7  # ordinal 1 was a Monday
    kind = weekday if by_week else (weekday >= 5).astype(np.int64)
    return kind * _DAY + hours.hours


def _by_slot(hours: _Hours, past: Ints, slots: Ints, *, by_week: bool) -> Floats:
    """Counts by week (or day) and slot, nan where there is none."""
    step = 7 if by_week else 1
    rows = (hours.days[past] - hours.days[0]) // step
    seen = np.full(((rows.max(initial=0)) + 1, (7 if by_week else 2) * _DAY), np.nan)
    seen[rows, slots[past]] = hours.counts[past]
    return seen


def _trimmed(seen: Floats) -> Floats:
    """The mean of each slot without its highest and lowest; the median of three; nan of fewer."""
    ordered = np.sort(seen, axis=0)  # nan last
    n = np.sum(~np.isnan(seen), axis=0)
    place = np.arange(len(seen))[:, None]
    inside = (place >= 1) & (place < n - 1)
    kept = np.where(inside, np.nan_to_num(ordered), 0.0).sum(axis=0)
    return np.where(n >= 3, kept / np.maximum(n - 2, 1), np.nan)


def _clump(seen: Floats, usual: Floats) -> float:
    """The variance of an hour's count for each event expected, at least 1: by hour of the day, the
    third quartile of the hours, so that no single spike counts.
    """
    ordered = np.where(np.isnan(usual), np.nan, 1.0) * seen
    above = np.nan_to_num(np.maximum(ordered - usual, 0.0))
    n = np.maximum(np.sum(~np.isnan(ordered), axis=0), 1)
    spread = 2 * np.sum(above**2, axis=0) / n
    by_hour = spread.reshape(-1, _DAY).sum(axis=0)
    events = np.nan_to_num(usual).reshape(-1, _DAY).sum(axis=0)
    ratios = by_hour[events > 0] / events[events > 0]
    return max(1.0, float(np.quantile(ratios, 0.75))) if len(ratios) else 1.0


def _level(hours: _Hours, past: Ints, usual: Floats) -> tuple[float, float]:
    """How the last seven days that taught compare with what was usual (at most 1), and how far
    whole days swing around it: a robust standard deviation, as a share.
    """
    known = past[~np.isnan(usual[past])]
    if not len(known):
        return 1.0, 0.0
    day = hours.days[known] - hours.days[0]
    events = np.bincount(day, usual[known])
    came = np.bincount(day, hours.counts[known])
    ratios = came[events > 0] / events[events > 0]
    if not len(ratios):
        return 1.0, 0.0
    swing = 1.4826 * float(np.median(np.abs(ratios - np.median(ratios))))
    return min(1.0, float(np.median(ratios[-7:]))), swing


def _silent_runs(hours: _Hours, expected: _Expected) -> list[tuple[int, int]]:
    """Runs of silent hours, without the hours at their ends that may well have had no event."""
    events = np.nan_to_num(expected.events)
    silent = ~np.isnan(expected.clump) & (hours.counts <= events / _SILENT)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], silent.astype(np.int8), [0]))))
    runs = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        busy = np.flatnonzero(events[start:end] >= 1)
        if len(busy):
            runs.append((int(start + busy[0]), int(start + busy[-1] + 1)))
    return runs


def _is_gap(hours: _Hours, expected: _Expected, start: int, end: int) -> bool:
    events = float(np.nansum(expected.events[start:end]))
    came = float(hours.counts[start:end].sum())
    short = events - came + (came * math.log(came / events) if came else 0.0)
    clump = float(np.nanmax(expected.clump[start:end]))
    return events >= LEAST_EXPECTED and short / clump >= SURPRISE


def _gap(hours: _Hours, expected: _Expected, start: int, end: int) -> Gap:
    events = float(np.nansum(expected.events[start:end]))
    clump, swing = (float(np.nanmax(each[start:end])) for each in (expected.clump, expected.swing))
    reach = 1.96 * math.sqrt(events * clump + (events * swing) ** 2)
    return Gap(
        start=_moment(hours.first + start),
        end=_moment(hours.first + end),
        expected=events,
        low=max(0.0, events - reach),
        high=events + reach,
        events=int(hours.counts[start:end].sum()),
        days=min(HISTORY_DAYS, start // _DAY),
        is_open=end == len(hours.counts),
    )


def _moment(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
