"""Did a change help? Days before and after it compared, and by the week for the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cx280.kernel.problem import Unusable
from cx280.kernel.quiet_days import is_quiet
from cx280.pages.written import shortdate
from cx280.stats.evaluation import Evaluation, Kind, evaluate_change

# Days that have to be known on each side, as `evaluate_change` asks for them.
BEFORE, AFTER = 28, 14
# Two years tell the season; what is further off tells little of a change.
MOST_BEFORE, MOST_AFTER = timedelta(days=750), timedelta(days=365)
_FIRST = date(2000, 1, 1)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many did it, of how many (None for a count). missing: nobody can know."""

    on: date
    part: float
    n: float | None = None
    missing: bool = False

    @property
    def value(self) -> float:
        """The count, or the share; NaN where there is none."""
        if self.missing or self.n == 0:
            return math.nan
        return self.part if self.n is None else self.part / self.n

    def is_compared(self, changed: date) -> bool:
        """Whether it counts: known, not quieted by holidays, and not the day of the change."""
        return not math.isnan(self.value) and not is_quiet(self.on) and self.on != changed


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is said, in whole sentences, with the way out."""

    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Week:
    """Compared days of one calendar week: what was seen a day, or of all; None: no day was.

    expected: the same days as they would have been without the change; None before it.
    part, n: the sums behind it. suppressed: too few people to show.
    """

    start: date
    seen: float | None
    expected: float | None
    part: float
    n: float
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a change. before, after: people on each side. quiet: days left out for
    holidays. last: the last day that was looked at."""

    found: Evaluation
    weeks: list[Week]
    before: int
    after: int
    quiet: int
    last: date


def day_of(given: str, today: date) -> date:
    """The day of the change; Unusable for what is no day, or one that is not over."""
    fix = f"Write it like {today:%Y-%m-%d}."
    try:
        day = date.fromisoformat(given)
    except ValueError:
        wrong = f"“{given}” is not a day." if given else "The day of the change is missing."
        raise Unusable(wrong, field="on", fix=fix) from None
    if day >= today:
        raise Unusable("That day is not over yet.", field="on", fix="Choose a day in the past.")
    if day < _FIRST:
        raise Unusable("That is too long ago.", field="on", fix="Choose a day from 2000 on.")
    return day


def window(changed: date, today: date) -> tuple[date, date]:
    """The first and the last day that are looked at; today is not over."""
    return changed - MOST_BEFORE, min(today - _DAY, changed + MOST_AFTER)


def answered(days: Sequence[Day], changed: date, kind: Kind, smallest: int) -> Answer | Refusal:
    """What came of a change made on that day, or why nothing can be said.

    days: every day from the first that is known, in order.
    """
    used = [each for each in days if each.is_compared(changed)]
    sides = [[each for each in used if (each.on > changed) is later] for later in (False, True)]
    refusal = (
        _too_few_days(sides, days, changed) or _too_few_people(sides, smallest) or _all_alike(used)
    )
    if refusal:
        return refusal
    midday = datetime.combine(changed, time(12))  # nobody knows the hour: the day is left out
    found = evaluate_change(
        [datetime.combine(each.on, time()) for each in days], [each.value for each in days],
        midday, kind=kind, n=[1.0 if each.n is None else each.n for each in days],
        closed=[is_quiet(each.on) for each in days],
    )  # fmt: skip
    expected = dict(zip((each.on for each in sides[1]), found.expected, strict=True))
    weeks = list(_weeks(days, changed, expected, smallest))
    before, after = (round(sum(_people(each) for each in side)) for side in sides)
    return Answer(found, weeks, before, after, found.closed, days[-1].on)


def _people(day: Day) -> float:
    return day.part if day.n is None else day.n


def _too_few_days(sides: list[list[Day]], days: Sequence[Day], changed: date) -> Refusal | None:
    before, after = (len(each) for each in sides)
    if before >= BEFORE and after >= AFTER:
        return None
    message = (
        f"{BEFORE} days before {shortdate(changed)} and {AFTER} after it are needed; {before} and "
        f"{after} are known. Days that holidays make quiet do not count."
    )
    if before < BEFORE:
        known = [each.on for each in days if each.is_compared(date.min)]
        if len(known) > BEFORE:
            return Refusal(message, f"Choose {shortdate(known[BEFORE])} or a later day.")
        return Refusal(message, "Nothing is known of the days before that; choose a later change.")
    return Refusal(message, f"Come back on {shortdate(_when(days[-1].on, AFTER - after))}.")


def _when(last: date, wanted: int) -> date:
    """The day on which so many more days will be over."""
    while wanted:
        last += _DAY
        wanted -= not is_quiet(last)
    return last + _DAY


def _too_few_people(sides: list[list[Day]], smallest: int) -> Refusal | None:
    if not any(_is_small(*_sums(side), smallest) for side in sides):
        return None
    return Refusal(
        f"On one side of that day it is about fewer than {smallest} people, too few to show.",
        "Choose another figure, or come back when more people came.",
    )


def _all_alike(used: list[Day]) -> Refusal | None:
    if len({each.value for each in used}) > 1:
        return None
    return Refusal("Every day that is known was alike, so nothing moved.", "Choose another figure.")


def _sums(days: Sequence[Day]) -> tuple[float, float | None]:
    part = math.fsum(each.part for each in days)
    if any(each.n is None for each in days):
        return part, None
    return part, math.fsum(each.n or 0 for each in days)


def _is_small(part: float, n: float | None, smallest: int) -> bool:
    """Whether those who did it, or those who did not, are few."""
    return any(0 < each < smallest for each in (part, *(() if n is None else (n, n - part))))


def _weeks(
    days: Sequence[Day], changed: date, expected: dict[date, float], smallest: int
) -> Iterator[Week]:
    """Calendar weeks, whatever the day of the change: weeks that slide with it would give single
    days away. The week in which the change was made is left out."""
    start = days[0].on - days[0].on.weekday() * _DAY
    while start + _WEEK <= days[-1].on + _DAY:
        held = [each for each in days if start <= each.on < start + _WEEK]
        used = [each for each in held if each.is_compared(date.min)]
        mixed = start <= changed < start + _WEEK
        if mixed or not used or held[0].on != start:
            yield Week(start, None, None, 0, 0, suppressed=False)
        else:
            yield _week(start, used, expected, smallest)
        start += _WEEK


def _week(start: date, used: list[Day], expected: dict[date, float], smallest: int) -> Week:
    part, n = _sums(used)
    small = _is_small(part, n, smallest)
    weights = [1.0 if each.n is None else each.n for each in used]
    lines = [expected.get(each.on) for each in used]
    known = [each for each in lines if each is not None]
    line = None
    if known and len(known) == len(used) and not small:
        total = math.fsum(a * b for a, b in zip(known, weights, strict=True))
        line = total / math.fsum(weights)
    return Week(start, part / math.fsum(weights), line, part, part if n is None else n, small)
