"""Steady surveys of 1, 20 and 200 offices: incidents a month that nothing explains; falls of one.

`python -m benchmarks.detection.offices` prints the tables and puts them at the end of
docs/studies/detection.md. Everything goes the way of the product: `default_watches`, `share_of`,
the detector of shares, `incidents_of`. Seeded: the same figures every time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.detection.page import put
from benchmarks.detection.simulated import table
from cx280.alarms.rules.joint import Fall, incidents_of
from cx280.alarms.rules.looking import told_since
from cx280.alarms.rules.series import DAY, Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import Default, ServiceKnown, default_watches, share_of
from cx280.kernel.quiet_days import is_quiet

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_START = datetime(2024, 1, 1, tzinfo=UTC)
LEARNED, COUNTED = 280, 84
OFFICES = (1, 20, 200)
CHOICES = {"1 a week": 30 / 7, "2 a month": 2.0, "1 a month": 1.0, "1 a quarter": 1 / 3}
_QUESTIONS = [(each, each) for each in ("trust", "satisfaction", "ease", "speed", "people", "clear",
                                        "need")]  # fmt: skip
_WEEK_SHAPE = np.array([1.2, 1.2, 1.15, 1.1, 1.0, 0.7, 0.65])
# Answers a day of an office in the middle; offices differ by so much (a log), in how content people
# are by so much, and days by so much beyond chance.
_A_DAY, _SIZES, _APART, _UNEVEN = 3.0, 0.8, 0.06, 0.05
HEAD = "## Surveys of many offices"
_TEXT = """

`python -m benchmarks.detection.offices` makes this part again. A survey of seven questions is
watched as a whole, and trust and satisfaction at each office. Offices get {a_day:g} answers a day
in the middle (one in ten less than one, one in ten more than eight), and people are more content in
some than in others. Nothing happens. Incidents a month:

{false}

{months:.0f} months for each row.

**What is told when one office falls**, at one false alarm a month for the service, from 80 % who
trust it; of the whole, the same fall is {least:.0%} or less:

{power}

**How the false alarms are shared.** Evenly, two hundred offices would leave the whole one part in
408: trust of the whole would be told weeks later. So all offices together weigh as four figures of
the whole at most (2 for two offices, 3.3 for ten, 4.0 for two hundred), and share that part. What
that costs is in the table: with ten times the offices, a fall of one is told some days later, a
middling one at a small office two weeks. An office has one false alarm in years; the service has as
many as were chosen, within half.
"""
Made = list[tuple[Default, Series]]


def made(draw: np.random.Generator, offices: int) -> Made:
    """A survey to which nothing happens: each watch with its series."""
    days = [_START + timedelta(days=at) for at in range(LEARNED + COUNTED)]
    week = np.array([_WEEK_SHAPE[each.weekday()] for each in days])
    week = week * draw.gamma(1 / _UNEVEN**2, _UNEVEN**2, len(days))
    sizes = _A_DAY * draw.lognormal(0.0, _SIZES, offices) * (1 if offices > 1 else 7)
    n = draw.poisson(sizes[:, None] * week)
    content = draw.binomial(n, np.clip(draw.normal(0.7, _APART, offices), 0.4, 0.95)[:, None])
    # Whoever is content agrees to more of the questions: scores fall and rise together.
    good = {key: draw.binomial(content, 0.92) + draw.binomial(n - content, 0.45)
            for key, _ in _QUESTIONS}  # fmt: skip
    known = ServiceKnown(False, (), _QUESTIONS, [(at, f"office {at}") for at in range(offices)])
    return [(each, _series(days, each, good, n)) for each in default_watches(known)]


def _series(days: list[datetime], watch: Default, good: dict[str, Ints], n: Ints) -> Series:
    closed = [is_quiet(each.date()) for each in days]
    if watch.kind is Kind.ANSWERS:
        return Series(days, DAY, n.sum(axis=0).tolist(), closed)
    of = slice(None) if watch.unit is None else slice(watch.unit, watch.unit + 1)
    return Series(days, DAY, good[watch.key][of].sum(axis=0).tolist(), closed,
                  n[of].sum(axis=0).tolist())  # fmt: skip


def incidents(survey: Made, a_month: float) -> int:
    """What is opened in the days that count."""
    among = [each.kind for each, _ in survey]
    first = _START + timedelta(days=LEARNED)
    return incidents_of([
        Fall(0, 0, each.kind, series.starts[at], series.end(at), series.starts[since])
        for each, series in survey
        for at, since in told_since(each.kind, each.key, series,
                                    a_month=share_of(a_month, each.kind, among))
        if series.starts[at] >= first
    ])  # fmt: skip


def false_alarms(surveys: int) -> Iterator[list[str]]:
    """Incidents a month of steady surveys, for each choice."""
    for offices in OFFICES:
        draw = np.random.default_rng(289)
        told, watches = np.zeros(len(CHOICES)), 0
        for _ in range(surveys):  # one at a time, so that memory stays flat
            survey = made(draw, offices)
            watches = len(survey)
            told += [incidents(survey, each) for each in CHOICES.values()]
        cells = [f"{each / (surveys * COUNTED / 30):.2f}" for each in told]
        yield [f"{offices:,}", str(watches), *cells]


_FALLS = ((1, 0.4), (3, 0.4), (3, 0.25), (10, 0.4), (10, 0.25), (10, 0.1))


def power(runs: int) -> Iterator[list[str]]:
    """Falls of trust at one office, told within one, two and four weeks."""
    for a_day, fall in _FALLS:
        for offices in OFFICES[1:]:
            known = ServiceKnown(False, (), _QUESTIONS, [(at, "") for at in range(offices)])
            among = [each.kind for each in default_watches(known)]
            share = share_of(1.0, Kind.UNIT_SCORE, among)
            draw = np.random.default_rng(290)
            after = [_told_after(draw, a_day, fall, share) for _ in range(runs)]
            cells = [f"{np.mean([each < days for each in after]):.0%}" for days in (7, 14, 28)]
            yield [str(a_day), f"{fall * 100:.0f} points", f"{offices:,}", *cells]


def _told_after(draw: np.random.Generator, a_day: int, fall: float, share: float) -> float:
    """Days from the fall until it is told; infinite for not in four weeks."""
    days = [_START + timedelta(days=at) for at in range(LEARNED + 28)]
    n = draw.poisson(a_day, len(days))
    good = draw.binomial(n, np.where(np.arange(len(days)) < LEARNED, 0.8, 0.8 - fall))
    series = Series(days, DAY, good.tolist(), [False] * len(days), n.tolist())
    told = (at - LEARNED for at, _ in told_since(Kind.UNIT_SCORE, "trust", series, a_month=share))
    return next((float(at) for at in told if at >= 0), float("inf"))


def main() -> None:
    """Measures, prints, and writes its part of the page."""
    surveys = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    text = HEAD + _TEXT.format(
        a_day=_A_DAY, months=surveys * COUNTED / 30, least=0.4 / 20,
        false=table(["offices", "watches", *CHOICES], false_alarms(surveys)),
        power=table(["answers a day", "fall", "offices", "in a week", "2 weeks", "4 weeks"],
                    power(100)),
    )  # fmt: skip
    print(text)
    put(HEAD, text)


if __name__ == "__main__":
    main()
