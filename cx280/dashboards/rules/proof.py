"""What a survey's counts prove of its reach: how soon, how many, how far, by which rate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cx280.circular.implements import implements
from cx280.measures.rules.response_rates import Cases, Rate
from cx280.measures.rules.suppression import is_too_few, suppress_line
from cx280.pages.written import number, percent
from cx280.stats.intervals import wilson

_NORMAL = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and p90 of rounded-up values, the interval of the median, and the share in time."""

    n: int
    median: int
    low: int
    high: int
    p90: int
    within: int
    limit: int

    @property
    def share_within(self) -> float:
        """The share at or below the limit."""
        return self.within / self.n

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which shares it lies, as far as chance goes."""
        return wilson(self.within, self.n)


@dataclass(frozen=True, slots=True)
class Part:
    """People of one unit, channel, way, language or group, from asked to answered.

    asked, opened: None where nobody counted. hidden: too few, or it would give others away.
    """

    name: str
    asked: int | None
    opened: int | None
    answered: int
    hidden: bool = False

    @property
    def rate(self) -> float | None:
        """Answered of asked; None where it cannot be computed."""
        if self.hidden or not self.asked or self.answered > self.asked:
            return None
        return self.answered / self.asked

    @property
    def completion(self) -> float | None:
        """Answered of those who opened the page; None where it cannot be computed."""
        if self.hidden or not self.opened or self.answered > self.opened:
            return None
        return self.answered / self.opened

    @property
    def rate_bounds(self) -> tuple[float, float] | None:
        """Between which rates it lies, as far as chance goes."""
        return wilson(self.answered, self.asked) if self.rate is not None and self.asked else None

    @property
    def completion_bounds(self) -> tuple[float, float] | None:
        """The same for the share of those who opened it."""
        known = self.completion is not None and self.opened
        return wilson(self.answered, self.opened) if known and self.opened else None


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way: how many sent answers showed it, answered it, and ended with it.

    last: None where too few to show.
    """

    text: str
    shown: int
    answered: int
    last: int | None

    @property
    def skipped(self) -> float | None:
        """The share of those shown it who left it out."""
        return 1 - self.answered / self.shown if self.shown else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which shares that lies, as far as chance goes."""
        return wilson(self.shown - self.answered, self.shown) if self.shown else None


@implements("280.10-k1", "280.10-g3")
def spread_of(counts: Mapping[int, int], limit: int) -> Spread | None:
    """The spread of {value: how many}; None of nobody. The interval is by ranks, for any shape."""
    ordered = sorted((value, n) for value, n in counts.items() if n)
    n = sum(each for _, each in ordered)
    if not n:
        return None
    half = _NORMAL * math.sqrt(n) / 2
    return Spread(
        n=n,
        median=_ranked(ordered, n / 2),
        low=_ranked(ordered, n / 2 - half),
        high=_ranked(ordered, n / 2 + half + 1),
        p90=_ranked(ordered, 0.9 * n),
        within=sum(each for value, each in ordered if value <= limit),
        limit=limit,
    )


def _ranked(ordered: Sequence[tuple[int, int]], rank: float) -> int:
    """The smallest value by which so many are reached."""
    reached = 0
    for value, n in ordered:
        reached += n
        if reached >= rank:
            return value
    return ordered[-1][0]


def hide_few(parts: Sequence[Part], smallest: int) -> tuple[Part, ...]:
    """The parts with those hidden that are too few, and as many more as keep them so."""
    found = suppress_line([each.answered for each in parts], smallest)
    return tuple(
        replace(each, hidden=hidden or is_too_few(each.asked or 0, smallest))
        for each, hidden in zip(parts, found.hidden, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Everybody a survey meant to ask, as far as it is known.

    drawn, refused, waiting: of interactions handed over; all 0 without. offered: as counted by
    prompts, kiosks and messages; None where it is not.
    """

    drawn: int
    refused: int
    waiting: int
    offered: int | None
    is_link: bool


def cases_of(asked: Asked, done: Mapping[str, int], elsewhere: int) -> tuple[Cases | None, str]:
    """The cases a response rate is of, or None and why there are none.

    done: answers by completeness. elsewhere: of these, imported or keyed from paper.
    """
    complete, partial = done.get("complete", 0), done.get("partial", 0)
    broken = done.get("broken_off", 0)
    answers = complete + partial + broken
    if asked.is_link:
        return None, "Not computable: nobody knows how many people saw the link or the poster."
    if elsewhere:
        return None, (
            f"Not computable: {number(elsewhere)} answers were imported or keyed, and nobody"
            " counted how many people were asked that way."
        )
    if asked.drawn:
        settled = asked.drawn - asked.waiting
        unknown = settled - asked.refused - answers
        people = f"{number(settled)} people drawn"
    elif asked.offered is not None:
        # They saw it and left it: known, and counted as refused.
        unknown, people = 0, f"{number(asked.offered)} people asked"
        broken = asked.offered - complete - partial
    else:
        return None, "Not computable: nobody counted how many people were asked."
    if unknown < 0 or broken < 0:
        return None, f"Not computable: {number(answers)} answers came from {people}."
    return Cases(complete, partial, asked.refused + broken, unknown), ""


def headline(rate: Rate, whole: Part) -> str:
    """The title of the page: how far the survey reaches, as far as anybody knows."""
    if whole.hidden:
        return "Too few have answered to say how far this survey reaches"
    if rate.rate is not None:
        return f"{percent(rate.rate, 1)} of the people we meant to ask answered in full"
    if whole.completion is not None:
        return f"{percent(whole.completion)} of those who opened the page answered"
    if whole.answered:
        return f"{number(whole.answered)} people answered; nobody knows of how many"
    return "Does this survey reach people?"


def in_time(minutes: int) -> str:
    """`20 minutes`, `3 hours`, `4 days`: the end of the step a figure was rounded up to."""
    if minutes <= 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = minutes // 60
    return f"{hours} hours" if hours <= 72 else f"{number(hours / 24, 1)} days"


def in_seconds(seconds: int) -> str:
    """`35 seconds`, `4.5 minutes`."""
    return f"{seconds} seconds" if seconds < 120 else f"{number(seconds / 60, 1)} minutes"
