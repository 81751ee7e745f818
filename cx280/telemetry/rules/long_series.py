"""Use over months and years: days put together, and weeks in which the level changed (280.7-e3).

Changes are looked for from week to week in the logarithm of the visits a week, so that a change is
a share: a service of ten visits and one of ten thousand are judged alike. Days on which nothing
came in although much was expected are left out; a week needs four days. See `stats.changes`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.stats.changes import LEAST, steps

_A_YEAR = 365.25 / 7
_LEAST_DAYS = 4
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Grain(StrEnum):
    """How long a period is; a quarter is one of the fiscal year."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    def start(self, day: date) -> date:
        """The first day of the period a day lies in; weeks begin on Monday."""
        if self is Grain.WEEK:
            return day - day.weekday() * _DAY
        if self is Grain.MONTH:
            return day.replace(day=1)
        return Quarter.of(day).first_day if self is Grain.QUARTER else day

    def after(self, start: date) -> date:
        """The first day of the next period."""
        if self is Grain.QUARTER:
            return Quarter.of(start).next.first_day
        length = {Grain.DAY: _DAY, Grain.WEEK: _WEEK}.get(self)
        return start + length if length else (start + timedelta(days=32)).replace(day=1)

    def label(self, start: date, *, years: bool) -> str:
        """`Nov 3`, `Nov 2025`, `FY2026 Q1`; days and weeks with the year where `years`."""
        if self is Grain.QUARTER:
            return str(Quarter.of(start))
        if self is Grain.MONTH:
            return f"{start:%b %Y}"
        return f"{start:%b} {start.day}{f', {start.year}' if years else ''}"


@dataclass(frozen=True, slots=True)
class Span:
    """One period: its first day, its label, the sum, and how many days were missing in it.

    total: None where every day was missing. is_whole: the period has begun and ended within the
    days that are known.
    """

    start: date
    label: str
    total: float | None
    missing: int = 0
    is_whole: bool = True


def spans(
    days: Mapping[date, float],
    first: date,
    last: date,
    grain: Grain,
    missing: Collection[date] = (),
) -> list[Span]:
    """The periods from first to last in order; a day that is in neither counts as zero.

    missing: days on which nothing came in although much was expected; their zeros are no zeros.
    """
    found = []
    start, years = grain.start(first), first.year != last.year
    while start <= last:
        end = grain.after(start)
        inside = [start + at * _DAY for at in range((end - start).days)]
        known = [day for day in inside if first <= day <= last]
        lost = [day for day in known if day in missing and not days.get(day)]
        total = None if len(lost) == len(known) else math.fsum(days.get(day, 0) for day in known)
        whole = first <= start and end - _DAY <= last
        found.append(Span(start, grain.label(start, years=years), total, len(lost), whole))
        start = end
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A week in which the level changed, as a share of the level before: -0.38 is 38 % less.

    low, high: where the share lies, 95 %. earliest, latest: the Mondays between which it came.
    before, after: visits a week on both sides, over `weeks_before` and `weeks_after` weeks up to
    the next change. chance: how often noise alone has a change as large somewhere.
    """

    week: date
    share: float
    low: float
    high: float
    earliest: date
    latest: date
    before: float
    after: float
    weeks_before: int
    weeks_after: int
    chance: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What was found in so many whole weeks; too few weeks, and nothing was looked for."""

    found: list[Change]
    weeks: int

    @property
    def is_known(self) -> bool:
        """Whether there were enough weeks to look."""
        return self.weeks >= LEAST

    @property
    def knows_seasons(self) -> bool:
        """Whether there are two years, so that the season is taken out."""
        return self.weeks >= math.floor(2 * _A_YEAR)


@implements("280.7-e3")
def changes(
    days: Mapping[date, float], first: date, last: date, missing: Collection[date] = ()
) -> Changes:
    """The weeks in which the level of a daily count changed, in order.

    Only whole weeks from first to last count; with fewer than 16 nothing is looked for.
    """
    weeks = [each for each in spans(days, first, last, Grain.WEEK, missing) if each.is_whole]
    rates = [_rate(each) for each in weeks]
    known = sum(each is not None for each in rates)
    logs = [math.nan if each is None else math.log(each + 0.5) for each in rates]
    found = steps(logs, season=_A_YEAR)
    edges = [0, *(each.at for each in found), len(weeks)]
    made = []
    for at, step in enumerate(found, start=1):
        before, after = rates[edges[at - 1] : edges[at]], rates[edges[at] : edges[at + 1]]
        made.append(
            Change(
                weeks[step.at].start, math.expm1(step.size), math.expm1(step.low),
                math.expm1(step.high), weeks[step.first].start, weeks[step.last].start,
                _mean(before), _mean(after), len(before), len(after), step.chance,
            )
        )  # fmt: skip
    return Changes(made, known)


def _rate(week: Span) -> float | None:
    """Visits a week, from the days that are known."""
    good = 7 - week.missing
    return None if good < _LEAST_DAYS or week.total is None else week.total * 7 / good


def _mean(rates: Sequence[float | None]) -> float:
    known = [each for each in rates if each is not None]
    return math.fsum(known) / len(known) if known else 0.0


def sentence(change: Change, what: str) -> str:
    """`From the week of Mar 2, 2026 on, there are 38 % fewer visits than before: between …`."""
    much = f"{_percent(abs(change.share))} {'fewer' if change.share < 0 else 'more'} {what}"
    least, most = sorted((change.low, change.high), key=abs)
    turn = (" fewer", " more") if least * most < 0 else ("", "")
    ends = [f"{_percent(abs(each))}{turn[each > 0]}" for each in (least, most)]
    return (
        f"From the week of {_written(change.week)} on, there are {much} than before: between "
        f"{ends[0]} and {ends[1]}"
    )


def counted(change: Change, smallest: int) -> str:
    """`About 820 a week in the 52 weeks before, 510 in the 20 weeks after`."""
    sides = [(change.before, change.weeks_before), (change.after, change.weeks_after)]
    if any(0 < rate * weeks < smallest for rate, weeks in sides):
        return f"{change.weeks_before} weeks before and {change.weeks_after} after; too few to show"
    return (
        f"About {change.before:,.0f} a week in the {change.weeks_before} weeks before, "
        f"{change.after:,.0f} in the {change.weeks_after} weeks after"
    )


def when(change: Change) -> str:
    """How sure the week is."""
    if change.earliest == change.latest:
        return "It came in that week, or at the end of the one before"
    return (
        f"It may have come in any week from {_written(change.earliest)} to "
        f"{_written(change.latest)}"
    )


def headline(found: Changes, what: str) -> str:
    """The finding: the last change, or that there is none to see, or that nobody can say yet."""
    if not found.is_known:
        return f"Too early to say: {found.weeks} of {LEAST} weeks of {what}"
    if not found.found:
        return f"No change of level in {found.weeks} weeks of {what}"
    last = found.found[-1]
    way = "fell" if last.share < 0 else "rose"
    return (
        f"{what.capitalize()} {way} by {_percent(abs(last.share))} in the week of "
        f"{_written(last.week)}"
    )


def _written(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _percent(share: float) -> str:
    return f"{share * 100:,.0f}\N{NO-BREAK SPACE}%"
