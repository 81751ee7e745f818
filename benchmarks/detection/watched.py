"""Steady services with the watches they have by default: incidents a month that nothing explains.

`python -m benchmarks.detection.watched` prints the tables and puts them at the end of
docs/studies/detection.md. Everything goes the way of the product: `default_watches`, `share_of`,
the detector of each kind, `incidents_of`. Seeded: the same figures every time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.detection.page import put
from benchmarks.detection.simulated import table
from cx280.alarms.rules.joint import Fall, incidents_of
from cx280.alarms.rules.looking import told_at
from cx280.alarms.rules.series import DAY, HOUR, Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import (
    EVENTS,
    FlowKnown,
    ServiceKnown,
    default_watches,
    is_worse_higher,
    share_of,
    step_key,
)
from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import Watched, watch_many_counts
from cx280.stats.detection.watched import Worse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_START = datetime(2024, 1, 1, tzinfo=UTC)
# What is learned from before the first day that counts, and days that count.
LEARNED, HOURS_LEARNED, COUNTED = 280, 56, 84
VOLUMES = (50, 500, 5_000, 50_000)
CHOICES = {"1 a week": 30 / 7, "2 a month": 2.0, "1 a month": 1.0, "1 a quarter": 1 / 3}
_HOUR_SHAPE = np.array([2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 20, 19, 20, 19, 17, 14, 11, 10, 9, 8,
                        6, 4, 3]) / 232  # fmt: skip
_WEEK_SHAPE = np.array([1.2, 1.2, 1.15, 1.1, 1.0, 0.7, 0.65])
# Of page views: what else is sent. Of those who begin, who get to each place.
_PARTS = {"page_view": 1.0, "transaction_start": 0.2, "transaction_complete": 0.12, "error": 0.02}
_PLACES = (0.85, 0.8, 0.88)
# Days differ by so much beyond chance, and rates by so much (a correlation).
_UNEVEN, _RATES = 0.05, 0.002
_ANSWERS = 0.05  # of page views

_FLOWS = [FlowKnown(each, each, [("photo", "Photo"), ("pay", "Payment")])
          for each in ("renew", "apply", "report")]  # fmt: skip
_QUESTIONS = [(each, each) for each in ("trust", "satisfaction", "ease", "speed", "people", "clear",
                                        "need")]  # fmt: skip
SHAPES = {
    "survey": ServiceKnown(False, (), _QUESTIONS),
    "website": ServiceKnown(True, _FLOWS[:1]),
    "website with three flows, survey": ServiceKnown(True, _FLOWS, _QUESTIONS),
}
HEAD = "## What a service's watches tell together"
_TEXT = """

`python -m benchmarks.detection.watched` makes this part again. Somebody chooses "about one false
alarm a month" for a service, and gets **incidents**: falls of the same hours are one. Steady
services, with the watches they have by default, a week, holidays, days that differ by 5 % and rates
that differ by a correlation of 0.002; answers are 5 % of page views. Incidents a month:

{false}

{months:.0f} months for each row.

**What is told of a real fall**, at one false alarm a month for the service; before, the watches
shared it evenly:

{power}

**Why choices kept too little.** Split evenly, a choice of one a week gave 2.2 to 2.6 incidents, and
one a month 0.5 to 1.0 (other made-up services, 8 and 25 watches). Falls that come within a day of
each other are one incident, so more falls may be told, the more often somebody is told at all: a
fall takes up those of three days in thirty. Single watches told 0.6 to 0.8 of what they were asked
for, so a quarter more is asked for. A watch that was switched off, or has nothing to look at, took
a share; no longer. The numbers were chosen on another seed, with services of 8 and 25 watches.

**Why hours told too much, and no longer do.** Counts by the hour, of days that differ by 5 %, told
two to ten times what they were asked for, the more the less was asked for, and nearly all of it by
runs of hours, not by an hour alone. Two things were wrong. By how much hours of a day lean the same
way is learned from six to thirteen weeks of days, and was taken to be a quarter less than was seen,
so as not to lean by chance; now it is drawn to nothing only as far as it may be chance (James and
Stein). And a variance learned from forty days was taken to be known: runs were judged by a normal
law where Student's t with so many degrees of freedom holds, which makes 1 in 20,000 out of 1 in
3,000. Told of what was asked for, hours alone:

{hours}

{hours_months:.0f} months in each cell. The weight of 0.4 that hours had is gone: they have the same
part as every figure.

**What grows with the number of watches.** With 35 of them a choice of one a month gave 0.48 to 0.92
and one a quarter 0.15 to 0.36 of 0.33: the further out each watch stands, the less of what it may
tell it does tell. Since then the part of all together grows by a tenth with every doubling of the
watches from eight on, by a third at most (chosen on another seed, 100 months of 35 watches).

**What is not kept.** Four weeks of hours that 500 come in a day still tell three times what is
asked for at one in eight years. Of services
that get steadily better, what is expected lags behind: they should be told less often, which was
not measured.
"""
Key = tuple[Kind, str]


Made = dict[Key, Series]


def made(draw: np.random.Generator, a_day: float, known: ServiceKnown) -> Made:
    """A service to which nothing happens, with so many page views a day."""
    days = [_START + timedelta(days=at) for at in range(LEARNED + COUNTED)]
    week = np.array([_WEEK_SHAPE[each.weekday()] for each in days])
    closed = [is_quiet(each.date()) for each in days]
    level = a_day * week * np.where(closed, 0.4, 1.0)
    level = level * draw.gamma(1 / _UNEVEN**2, _UNEVEN**2, len(days))
    found: dict[Key, Series] = {}
    if known.has_site:
        found |= _of_site(draw, days, closed, level)
        started = np.array(found[Kind.EVENTS_BY_DAY, "transaction_start"].seen)
        for flow in known.flows:
            found |= _of_flow(draw, days, closed, started // len(known.flows), flow.key)
    if known.questions:
        found |= _of_survey(draw, days, closed, level, known.questions)
    wanted = {(each.kind, each.key) for each in default_watches(known)}
    return {key: each for key, each in found.items() if key in wanted}


def _of_site(
    draw: np.random.Generator, days: list[datetime], closed: list[bool], level: Floats
) -> dict[Key, Series]:
    found: dict[Key, Series] = {}
    first = 24 * (LEARNED - HOURS_LEARNED)
    hours = [days[0] + timedelta(hours=at) for at in range(first, 24 * len(days))]
    shut = [closed[at // 24] for at in range(first, 24 * len(days))]
    for key in EVENTS:
        counts = draw.poisson(level[:, None] * _HOUR_SHAPE * _PARTS[key])
        whole = counts.sum(axis=1)
        found[Kind.EVENTS_BY_HOUR, key] = Series(hours, HOUR, counts.ravel()[first:].tolist(), shut)
        found[Kind.EVENTS_BY_DAY, key] = Series(days, DAY, whole.tolist(), closed)
        if key == "page_view":
            found[Kind.DRIFT, key] = found[Kind.EVENTS_BY_DAY, key]
            for speed in ("lcp", "inp", "cls"):
                poor = _part(draw, whole // 2, 0.12)
                found[Kind.SPEED, speed] = _shares(days, closed, poor, whole // 2)
    return found


def _of_flow(
    draw: np.random.Generator, days: list[datetime], closed: list[bool], started: Ints, flow: str,
) -> dict[Key, Series]:  # fmt: skip
    found: dict[Key, Series] = {}
    before = started
    for place, part in enumerate(_PLACES):
        after = _part(draw, before, part)
        found[Kind.STEP, step_key(flow, place)] = _shares(days, closed, after, before)
        before = after
    found[Kind.FLOW, flow] = Series(days, DAY, before.tolist(), closed)
    found[Kind.COMPLETION, flow] = _shares(days, closed, before, started)
    return found


def _of_survey(
    draw: np.random.Generator, days: list[datetime], closed: list[bool], level: Floats,
    questions: Sequence[tuple[str, str]],
) -> dict[Key, Series]:  # fmt: skip
    n = draw.poisson(level * _ANSWERS)
    found = {(Kind.ANSWERS, "all"): Series(days, DAY, n.tolist(), closed)}
    # Whoever is content agrees to more of the questions: scores fall and rise together.
    content = _part(draw, n, 0.7)
    for key, _ in questions:
        good = draw.binomial(content, 0.92) + draw.binomial(n - content, 0.45)
        found[Kind.SCORE, key] = _shares(days, closed, good, n)
    return found


def _part(draw: np.random.Generator, n: Ints, share: float) -> Ints:
    wide = 1 / _RATES - 1
    found: Ints = draw.binomial(n, draw.beta(share * wide, (1 - share) * wide, len(n)))
    return found


def _shares(days: list[datetime], closed: list[bool], good: Ints, n: Ints) -> Series:
    return Series(days, DAY, good.tolist(), closed, n.tolist())


def falls(services: Sequence[Made], a_month: float) -> list[list[Fall]]:
    """Of each service, what is told in the days that count, at so many false alarms a month."""
    among = [kind for kind, _ in services[0]]
    first = _START + timedelta(days=LEARNED)
    found: list[list[Fall]] = [[] for _ in services]
    for kind, key in services[0]:
        given = [each[kind, key] for each in services]
        for at, told in enumerate(_told(kind, key, given, share_of(a_month, kind, among))):
            periods = given[at]
            found[at] += [Fall(0, at, kind, periods.starts[row], periods.end(row))
                          for row in told if periods.starts[row] >= first]  # fmt: skip
    return found


def _told(kind: Kind, key: str, given: list[Series], share: float) -> list[list[int]]:
    """Counts of all services at once, which gives the same and is much quicker."""
    if given[0].of is not None or kind is Kind.DRIFT:
        return [told_at(kind, key, each, a_month=share) for each in given]
    worse: Worse = "higher" if is_worse_higher(kind, key) else "lower"
    found = watch_many_counts(given[0].clock, [each.seen for each in given], worse=worse,
                              a_month=share, closed=given[0].closed)  # fmt: skip
    return [each.alarms().tolist() for each in found]


def false_alarms(services: int) -> Iterator[list[str]]:
    """Incidents a month of steady services, for each choice."""
    for name, known in SHAPES.items():
        for a_day in VOLUMES:
            draw = np.random.default_rng(289)
            world = [made(draw, a_day, known) for _ in range(services)]
            cells = [f"{_incidents(world, each):.2f}" for each in CHOICES.values()]
            yield [name, str(len(world[0])), f"{a_day:,}", *cells]


def _incidents(world: list[Made], a_month: float) -> float:
    return sum(map(incidents_of, falls(world, a_month))) / (len(world) * COUNTED / 30)


def hours(sites: int) -> Iterator[list[str]]:
    """Tellings of page views by the hour, as parts of those asked for, after so many weeks."""
    for weeks in (8, 4):
        for a_day in VOLUMES[1:]:
            draw = np.random.default_rng(291)
            starts, shut, counts = _hours_of_sites(draw, a_day, sites, weeks)
            cells = [
                _told_of_asked(watch_many_counts(starts, counts, a_month=each, closed=shut), weeks,
                               each)
                for each in _ASKED
            ]  # fmt: skip
            yield [f"{a_day:,}", f"{weeks} weeks", *cells]


_ASKED, _SITES = (0.3, 0.03, 0.01), 120  # tellings a month


def _hours_of_sites(
    draw: np.random.Generator, a_day: float, sites: int, weeks: int
) -> tuple[list[datetime], list[bool], Ints]:
    first = _START + timedelta(days=LEARNED - 7 * weeks)
    days = [first + timedelta(days=at) for at in range(7 * weeks + COUNTED)]
    week = np.array([_WEEK_SHAPE[each.weekday()] for each in days])
    level = a_day * week * np.where([is_quiet(each.date()) for each in days], 0.4, 1.0)
    level = level * draw.gamma(1 / _UNEVEN**2, _UNEVEN**2, (sites, len(days)))
    starts = [first + timedelta(hours=at) for at in range(24 * len(days))]
    return starts, _quiet(starts), draw.poisson(level[:, :, None] * _HOUR_SHAPE).reshape(sites, -1)


def _told_of_asked(found: list[Watched], weeks: int, asked: float) -> str:
    told = sum(int(np.sum(each.alarms() >= 24 * 7 * weeks)) for each in found)
    return f"{told / (len(found) * COUNTED / 30 * asked):.1f}"


def power(runs: int) -> Iterator[list[str]]:
    """Falls told, at one a month shared by all watches: evenly, as before, and as now."""
    for name, known in SHAPES.items():
        among = [each.kind for each in default_watches(known)]
        for what, kind, key, days, most in _FALLS:
            if not any(each is kind for each in among):
                continue
            draw = np.random.default_rng(290)
            given = [_fallen(draw, kind) for _ in range(runs)]
            shares = 1 / len(among), share_of(1.0, kind, among)
            cells = [_found(given, kind, key, share, most) for share in shares]
            yield [name, what, days, *(f"{each:.0%}" for each in cells)]


_FALLS = (
    ("500 events of a working hour fall by 40 %", Kind.EVENTS_BY_HOUR, "page_view", "an hour", 1),
    ("a share of 60 % of 500 a day falls by 40 %", Kind.COMPLETION, "renew", "a day", 1),
    ("trust of 80 % falls by 5 points, 57 answers a day", Kind.SCORE, "trust", "2 weeks", 14),
    ("trust of 80 % falls by 5 points, 57 answers a day", Kind.SCORE, "trust", "4 weeks", 28),
)  # fmt: skip


def _fallen(draw: np.random.Generator, kind: Kind) -> Series:
    """A series whose last period, or last 28 days, are those of a fall."""
    if kind is Kind.EVENTS_BY_HOUR:
        starts = [_START + timedelta(hours=at) for at in range(24 * 55 + 11)]
        uneven = draw.gamma(1 / _UNEVEN**2, _UNEVEN**2, 56).repeat(24)[: len(starts)]
        level = 500 / _HOUR_SHAPE[10] * np.resize(_HOUR_SHAPE, len(starts)) * uneven
        level[-1] *= 0.6
        return Series(starts, HOUR, draw.poisson(level).tolist(), _quiet(starts))
    share, fallen, n, after = (
        (0.6, 0.36, 500, 1) if kind is Kind.COMPLETION else (0.8, 0.75, 57, 28)
    )
    days = [_START + timedelta(days=at) for at in range(LEARNED)]
    all_ = draw.poisson(n, LEARNED)
    shares = np.where(np.arange(LEARNED) < LEARNED - after, share, fallen)
    good = draw.binomial(all_, shares)
    return _shares(days, _quiet(days), good, all_)


def _found(given: list[Series], kind: Kind, key: str, share: float, most: int) -> float:
    began = len(given[0].starts) - (28 if kind is Kind.SCORE else 1)
    told = [told_at(kind, key, each, a_month=share) for each in given]
    return float(np.mean([any(began <= at < began + most for at in each) for each in told]))


def _quiet(starts: list[datetime]) -> list[bool]:
    return [is_quiet(each.date()) for each in starts]


def main() -> None:
    """Measures, prints, and writes its part of the page."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    text = HEAD + _TEXT.format(
        months=services * COUNTED / 30,
        false=table(["service", "watches", "page views a day", *CHOICES], false_alarms(services)),
        power=table(["service", "what falls", "told within", "before", "now"], power(50)),
        hours=table(
            ["page views a day", "learned from", *map("{:g} a month".format, _ASKED)], hours(_SITES)
        ),
        hours_months=_SITES * COUNTED / 30,
    )
    print(text)
    put(HEAD, text)


if __name__ == "__main__":
    main()
