"""Made-up falls, silences and steady years: how many are found, and what is told for nothing.

`python -m benchmarks.detection.simulated` prints the tables and puts them at the end of
docs/studies/detection.md. Seeded: the same figures every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.detection.simulated_counts import drops, long_falls, silences, steady
from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import (
    Watched,
    watch_drift,
    watch_durations,
    watch_scores,
    watch_shares,
)

PAGE = Path("docs/studies/detection.md")
_HEAD = "## Made-up falls and steady years"
_START = datetime(2024, 1, 1, tzinfo=UTC)
_LEARNED, _YEAR, _RUNS = 91, 365, 12
_HOUR, _DAY = 3600, 86_400
Counts = NDArray[np.int64]
_TEXT = """{head}

`python -m benchmarks.detection.simulated` makes this part again. Everything is asked for at one
false alarm a month unless a table says otherwise.

**A transaction that falls by 40 %**, found in the very period in which it falls. A rate is of
those who started; so many of them start that 100 finish in a usual period.

{drops}

By the day all reach 95 %; by the hour small rates come no nearer than the counts below.

**A count that falls by 40 %** (`watch_counts`), in a working hour or day of a week with quiet
weekends, nights and holidays, told in that very period; and the part that somebody who knew the law
of the counts exactly would tell (`chance_to_find`; Neyman and Pearson's test at the same false
alarms, by the steps that counts have):

{counts}

By the day 100 are enough after eight weeks. By the hour there are 720 looks a month, and 60 and
100 are too close for anybody: 91 % at best. From 150 an hour on 95 % are told. In the first weeks
limits are wide, because neither the week nor the spread beyond chance is known; the sentence says
so.

**Counts that fall a little and stay**, told within:

{long}

**Trust falls from 80 % to 75 %** at 400 responses a week (57 a day), looked at every
day, {trust_runs} runs each:

{trust}

Within two weeks nine of ten are found down to about one false alarm in two months.

**False alarms a month in a steady year** with a week, and fewer people on holidays, after 91 days
of learning. Rates are lower at weekends too; uneven ones differ from day to day by more than
chance (a correlation of 0.005); durations are log-normal.

{false}

{months:.0f} months in each cell, so chance alone moves one by about 0.1.

**The same of counts** (`watch_counts`): by chance alone; uneven (14 % beyond chance); leaning (days
differ by 10 % and remember the day before):

{steady}

All are within half of what was asked for, mostly on the quiet side. What a whole day has in common
is learned from days, of which there are few, and that counts: runs are judged by Student's t. What
is held for a week of looks (a day of hours) after a telling is no look, and is allowed for.

**Nothing comes for six hours** of a working day, found by the run after the sixth:

{silence}

At 5 and 10 a day a silent working day comes up by chance every few weeks, and is not told.

**Slow drift** of counts with the week and holidays of the years above: false alarms a month, and a
fall by 0.3 % a day told before it is ten weeks old (chance tellings included):

{drift}

**What is proved and what is not.** Sums of likelihood ratios over all beginnings exceed A on
average no sooner than after A looks: that is proved, where what is expected is right. They jump
over A, so of shares they do so only about every A/0.43 looks, and asking for A itself would find
less. By how much they jump is known in the long run (renewal theory: exp(-0.583 size) for normal
numbers, a sum over the law of counts for counts; `overshoot.py`), and limits are lowered by that.
So the time between false alarms is that of theory for long runs of looks, and is measured above; it
is no bound that holds at any time. Nor is it proved that what is expected is right: it is learned.
"""


def main() -> None:
    """Measures, prints, and writes its part of the page."""
    made = section()
    print(made)
    before, _, after = PAGE.read_text(encoding="utf-8").partition(_HEAD)
    later = after.find("\n## ")  # the parts of others that follow
    rest = after[later:] if later >= 0 else ""
    PAGE.write_text(f"{before.rstrip()}\n\n{made}{rest}", encoding="utf-8")


def section(runs: int = 300) -> str:
    """The part of the page, heading first."""
    return _TEXT.format(
        head=_HEAD, trust_runs=runs,
        drops=table(["of 100", "by the day", "by the hour"], _drops(runs)),
        trust=table(["false alarms a month", "reference", "within 1 week", "2 weeks", "4 weeks"],
                     _trust(runs)),
        false=table(["a day", "rate", "uneven rate", "score", "duration"], _false()),
        counts=table(["of", "day, after 4 weeks", "8", "26", "at best",
                       "hour, after 4 weeks", "8", "26", "at best"], drops(runs)),
        steady=table(["a day", "day", "uneven", "leaning", "hour", "uneven", "leaning"],
                      steady(10)),
        long=table(["fall", "by the", "a day", "a week", "2 weeks", "4 weeks"], long_falls(100)),
        silence=table(["events a day", "usual in the 6 hours", "none by chance", "found"],
                       silences(runs)),
        drift=table(["a day", "false", "within 4 weeks", "within 10 weeks"], _drift()),
        months=_RUNS * _YEAR / 30,
    )  # fmt: skip


def _times(many: int, step: int = _DAY) -> list[datetime]:
    return [_START + timedelta(seconds=step * at) for at in range(many)]


def _drops(runs: int) -> Iterator[list[str]]:
    draw = np.random.default_rng(280)
    for share in (0.9, 0.6, 0.3, 0.05):
        cells = []
        for step, rows in ((_DAY, 120), (_HOUR, 400)):
            shares = np.full(rows, share)
            shares[-1] *= 0.6
            found = 0
            for _ in range(runs):
                n = draw.poisson(100 / share, rows)
                good = draw.binomial(n, shares)
                found += bool(watch_shares(_times(rows, step), good.tolist(), n.tolist()).told[-1])
            cells.append(f"{found / runs:.0%}")
        yield [f"a rate of {share:.0%}", *cells]


def _trust(runs: int) -> Iterator[list[str]]:
    draw = np.random.default_rng(281)
    for a_month in (1.0, 0.5, 0.25, 0.1):
        for weeks in (26, 8):
            falls = 7 * weeks
            shares = np.where(np.arange(falls + 28) < falls, 0.80, 0.75)
            delays = []
            for _ in range(runs):
                n = draw.poisson(400 / 7, len(shares))
                found = _score(n, draw.binomial(n, shares), a_month).alarms() - falls
                delays.append(int(min(found[found >= 0], default=99)))
            within = [f"{np.mean(np.array(delays) < days):.0%}" for days in (7, 14, 28)]
            yield [f"{a_month:g}", f"{weeks} weeks", *within]


def _score(n: Counts, top: Counts, a_month: float = 1.0) -> Watched:
    zero = np.zeros_like(n)
    ratings = np.stack([zero, zero, n - top, zero, top], axis=1)
    return watch_scores(_times(len(n)), ratings.tolist(), a_month=a_month)


def _false() -> Iterator[list[str]]:
    draw = np.random.default_rng(282)
    times = _times(_LEARNED + _YEAR)
    closed, weekend, volume = _year(times)
    for daily in (5, 50, 500, 5000, 50_000):
        told = np.zeros(4)
        for _ in range(_RUNS):
            n = draw.poisson(daily * volume)
            share = np.where(weekend, 0.66, 0.70)
            wide = draw.beta(share * 199, (1 - share) * 199)
            rates = [draw.binomial(n, each) for each in (share, wide)]
            for at, good in enumerate(rates):
                told[at] += _late(watch_shares(times, good.tolist(), n.tolist(), closed=closed))
            told[2] += _late(_score(n, draw.binomial(n, 0.80)))
            told[3] += _late(_durations(draw, times, n))
        yield [f"{daily:,}", *(f"{each / (_RUNS * _YEAR / 30):.2f}" for each in told)]


def _year(times: list[datetime]) -> tuple[list[bool], NDArray[np.bool_], NDArray[np.float64]]:
    closed = [is_quiet(each.date()) for each in times]
    weekend = np.array([each.weekday() > 4 for each in times])
    return closed, weekend, np.where(weekend, 0.5, 1.2) * np.where(closed, 0.4, 1.0)


def _drift() -> Iterator[list[str]]:
    draw = np.random.default_rng(284)
    times = _times(_LEARNED + _YEAR)
    closed, _, volume = _year(times)
    falling = np.where(np.arange(len(times)) < 240, 1.0, 0.997 ** (np.arange(len(times)) - 240.0))
    for daily in (5, 50, 500, 5000, 50_000):
        false, delays = 0, []
        for _ in range(_RUNS):
            steady = draw.poisson(daily * volume).tolist()
            false += _late_rows(np.flatnonzero(watch_drift(times, steady, closed=closed).told))
            fallen = draw.poisson(daily * volume * falling).tolist()
            told = np.flatnonzero(watch_drift(times, fallen, closed=closed).told) - 240
            delays.append(int(min(told[told >= 0], default=999)))
        within = [f"{np.mean(np.array(delays) < days):.0%}" for days in (28, 70)]
        yield [f"{daily:,}", f"{false / (_RUNS * _YEAR / 30):.2f}", *within]


def _durations(draw: np.random.Generator, times: list[datetime], n: Counts) -> Watched:
    ends = np.exp(np.linspace(0, 6, 60))
    drawn = np.exp(3 + 0.8 * draw.standard_normal(int(n.sum())))
    cells = np.minimum(np.searchsorted(ends, drawn), 59) + 60 * np.repeat(np.arange(len(n)), n)
    table = np.bincount(cells, minlength=60 * len(n)).reshape(len(n), 60)
    return watch_durations(times, ends.tolist(), table.tolist()).watched


def _late(found: Watched) -> int:
    return _late_rows(found.alarms())


def _late_rows(rows: Counts) -> int:
    return int(np.sum(rows >= _LEARNED))


def table(head: list[str], rows: Iterator[list[str]]) -> str:
    """The rows as a table of Markdown."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    main()
