"""Watches shares: completed of started, above a limit of all, satisfied of answering.

Two looks are taken at each row. Alone: how likely so low a share is by chance (for what breaks at
once). Together: every earlier row is tried as the beginning of a change (for what moves little and
stays). Looking often spoils neither, because what is promised is the time from one false alarm to
the next, over all looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.detection.grid import Flags, Grid, Numbers, on_grid
from cx280.stats.detection.overshoot import of_normal
from cx280.stats.detection.reference import Reference, reference
from cx280.stats.detection.watched import Counts, Telling, Watched, Worse, looks_between

# Looks back to the earliest beginning of a change that is tried.
_BEGINNINGS = 60
# Sizes of a change that are tried, in standard errors of one look.
_SIZES = (0.5, 1.0, 2.0, 4.0)
# Of false alarms, the part left to a row alone.
_ALONE = 0.25
# Sums of likelihood ratios jump over a limit; so much of it is asked for (0.43).
_JUMP = float(np.mean(of_normal(np.array(_SIZES))))
_NEVER = 1e300


def watch_shares(
    times: Sequence[datetime],
    successes: Sequence[int],
    n: Sequence[int],
    *,
    worse: Worse = "lower",
    a_month: float = 1.0,
    alone: float = _ALONE,
    least: float = 0.0,
    closed: Sequence[bool] | None = None,
) -> Watched:
    """What has become of a share, row by row, for about `a_month` false alarms a month.

    successes, n: counts of each row. worse: which way is told. alone: the part of false alarms
    that a row by itself may raise, the rest being for rows together. least: a change by less than
    this (0.01 is a point) is not told. closed: rows that are neither judged nor learned from.

    The share before, its spread from row to row beyond chance (beta-binomial) and the days of its
    week are learned from earlier rows, and how well they are known counts. Rows together are
    judged by the sum of likelihood ratios over all beginnings (Shiryaev, A. N. (1963), On optimum
    methods in quickest detection problems; Roberts, S. W. (1966), A comparison of some control
    chart procedures, Technometrics 8), which exceeds a limit on average no sooner than after as
    many looks (Shin, J., Ramdas, A. and Rinaldo, A. (2023), E-detectors). It jumps over limits;
    by how much is worked out for long runs (overshoot.py), so what is kept is no bound.
    Raises Unusable for counts that are no shares, and what `on_grid` refuses.
    """
    if worse == "either":
        sides: tuple[Worse, Worse] = ("lower", "higher")
        given = {"a_month": a_month / 2, "alone": alone, "least": least}
        low, high = (watch_shares(times, successes, n, worse=side, closed=closed, **given)
                     for side in sides)  # fmt: skip
        return _rarer(low, high)
    grid, good, all_ = _placed(times, successes, n, closed)
    if worse == "higher":
        good = all_ - good
    known = reference(good, all_, grid.day)
    found = _watch(known, good, all_, looks_between(grid.step, a_month), alone, least)
    rows = _of_rows(found, grid)
    return rows if worse == "lower" else _turned(rows)


def watch_steps(
    times: Sequence[datetime],
    reached: Sequence[Sequence[int]],
    *,
    a_month: float = 1.0,
    closed: Sequence[bool] | None = None,
) -> list[Watched]:
    """Each step of a funnel: the share of those who reached it who reached the next.

    reached: of each row, how many reached the first step, the second and so on; never more than
    the step before. The false alarms are shared among the steps. Raises Unusable for fewer than
    two steps or rows that grow.
    """
    counts = np.asarray(reached, dtype=np.int64)
    if counts.ndim != 2 or counts.shape[1] < 2:
        raise Unusable("A funnel needs at least two steps in every row.")
    steps = counts.shape[1] - 1
    return [
        watch_shares(times, counts[:, at + 1].tolist(), counts[:, at].tolist(),
                     a_month=a_month / steps, closed=closed)
        for at in range(steps)
    ]  # fmt: skip


def _placed(
    times: Sequence[datetime], successes: Sequence[int], n: Sequence[int],
    closed: Sequence[bool] | None,
) -> tuple[Grid, Numbers, Numbers]:  # fmt: skip
    good, all_ = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if len(good) != len(all_) or not np.all((good >= 0) & (good <= all_)):
        raise Unusable("Every row needs a count of successes between 0 and its n.")
    if closed is not None:
        shut = np.asarray(closed, dtype=np.bool_)
        good, all_ = np.where(shut, 0.0, good), np.where(shut, 0.0, all_)
    grid = on_grid(times, all_.tolist())
    placed = np.zeros(len(grid.numbers))
    placed[grid.cell] = good
    return grid, placed, np.nan_to_num(grid.numbers)


def _watch(
    known: Reference, good: Numbers, all_: Numbers, limit: float, alone: float, least: float
) -> Watched:
    ratios = _ratios(known)
    sums = np.cumsum(ratios, axis=0)
    chance = _by_chance(known)
    telling = Telling(limit)
    rows = len(good)
    since, once_in = np.arange(rows), np.zeros(rows)
    told = np.zeros(rows, dtype=np.bool_)
    seen_by = _Spans(known, good, all_)
    for row in range(rows):
        back = min(row - telling.last, len(sums), row + 1) - 1
        together = (1 - alone) * sums[back, row] / _JUMP if back >= 0 else 0.0
        by_itself = alone / chance[row]
        if together >= by_itself:
            since[row] = row - int(np.argmax(ratios[: back + 1, row]))
        once_in[row] = max(together, by_itself, 1.0)
        fall = seen_by.fall(int(since[row]), row)
        told[row] = all_[row] > 0 and fall >= least and telling.tells(row, float(once_in[row]))
    return seen_by.watched(since, once_in, told)


def _ratios(known: Reference) -> Numbers:
    """How much likelier rows are after a fall that began so many rows before (beginnings × rows).

    Shares before and after it are beta distributed, as widely as the reference leaves open; after
    it the middle is lower by one of the sizes, all taken to be equally likely.
    """
    rows = len(known.a)
    found = np.zeros((min(_BEGINNINGS, rows), rows))
    total = known.a + known.b
    error = 1 / np.sqrt(known.usual_n * known.share * (1 - known.share))  # of one look, in log odds
    centres = scipy.special.expit(
        scipy.special.logit(known.share) - np.array(_SIZES)[:, None] * error
    )
    # Of beta functions only what differs is needed: their sums of parameters are the same.
    a, b = centres * total, (1 - centres) * total
    before = scipy.special.gammaln(a) + scipy.special.gammaln(b) - (
        scipy.special.gammaln(known.a) + scipy.special.gammaln(known.b))  # fmt: skip
    for back in range(len(found)):
        begin = slice(0, rows - back)
        good, all_ = known.last(back)
        bad = all_ - good
        plain = scipy.special.gammaln(known.a[begin] + good) + scipy.special.gammaln(
            known.b[begin] + bad
        )
        fallen = scipy.special.gammaln(a[:, begin] + good) + scipy.special.gammaln(
            b[:, begin] + bad
        )
        ratio = np.exp(np.clip(fallen - plain - before[:, begin], -700, 600)).mean(axis=0)
        found[back, back:] = np.where(known.rows[begin] >= 2, np.nan_to_num(ratio), 0.0)
    return found


def _by_chance(known: Reference) -> Numbers:
    """The probability of so low a share in a row, the spread and the reference's own n included."""
    good, n = known.good, np.maximum(known.all_, 1e-9)
    shrink = 1 / (1 + n / (known.a + known.b))
    chance = scipy.special.betainc(
        np.maximum((n - good) * shrink, 1e-9), good * shrink + 1, 1 - known.share
    )
    usable = (known.all_ > 0) & (known.rows >= 2) & np.isfinite(chance)
    return np.where(usable, np.maximum(chance, 1 / _NEVER), 1.0)


class _Spans:
    """Shares over rows taken together, beside what was to be expected of them."""

    def __init__(self, known: Reference, good: Numbers, all_: Numbers) -> None:
        self.known = known
        self.good, self.all_, self.moved, self.weighed = (
            np.concatenate([[0.0], np.cumsum(each)])
            for each in (good, all_, known.offset * all_, known.all_)
        )

    def fall(self, since: int, row: int) -> float:
        """By how much the share lies under what was expected."""
        n = self.all_[row + 1] - self.all_[since]
        if n <= 0:
            return 0.0
        expected = self.known.share[since] + (self.moved[row + 1] - self.moved[since]) / n
        return float(expected - (self.good[row + 1] - self.good[since]) / n)

    def watched(self, since: Counts, once_in: Numbers, told: Flags) -> Watched:
        ends = np.arange(len(since)) + 1
        n = self.all_[ends] - self.all_[since]
        safe = np.where(n > 0, n, np.nan)
        seen = (self.good[ends] - self.good[since]) / safe
        share = self.known.share[since]
        expected = np.clip(share + (self.moved[ends] - self.moved[since]) / safe, 0.0, 1.0)
        weighed = np.maximum(self.weighed[ends] - self.weighed[since], 1e-9)
        total = (self.known.a + self.known.b)[since]
        reach = 1.96 * np.sqrt(share * (1 - share) * (1 / weighed + 1 / total))
        unknown = self.known.rows[since] < 2
        low, high = (np.where(unknown, np.nan, np.clip(each, 0.0, 1.0))
                     for each in (expected - reach, expected + reach))  # fmt: skip
        return Watched(
            seen, n.astype(np.int64), np.where(unknown, np.nan, expected), low, high, since,
            once_in, told, self.known.rows[since].astype(np.int64), 0.0,
        )  # fmt: skip


def _of_rows(found: Watched, grid: Grid) -> Watched:
    """The entries of the rows given, of those of all cells."""
    cell = grid.cell
    since = np.minimum(np.searchsorted(cell, found.since[cell]), np.arange(len(cell)))
    return Watched(
        found.seen[cell], found.n[cell], found.expected[cell], found.low[cell], found.high[cell],
        since, found.once_in[cell], found.told[cell], found.learned[cell], grid.step,
    )  # fmt: skip


def _turned(found: Watched) -> Watched:
    """The same of the successes, when failures were watched."""
    return replace(found, seen=1 - found.seen, expected=1 - found.expected,
                   low=1 - found.high, high=1 - found.low)  # fmt: skip


def _rarer(low: Watched, high: Watched) -> Watched:
    """Of two directions, the one that is told or else the rarer; chance has two tries."""
    first = np.where(low.told == high.told, low.once_in >= high.once_in, low.told)
    chosen = {name: np.where(first, getattr(low, name), getattr(high, name))
              for name in ("seen", "n", "expected", "low", "high", "since", "learned")}  # fmt: skip
    return Watched(**chosen, once_in=np.maximum(low.once_in, high.once_in) / 2,
                   told=low.told | high.told, step=low.step)  # fmt: skip
