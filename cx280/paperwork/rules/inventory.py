"""The burden inventory of a service: hours, money and strain by step and segment, and what changed.

Learning, compliance and psychological costs as M-22-10 names them. Time counts finding out, filling
in, gathering records, travel and waiting. Strain is a scale of this project, from 1 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.measures.rules.suppression import suppress_line

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one step takes of one person of a segment from a day on.

    people: how many go through it in a year. learning, compliance: minutes each. cost: dollars
    each. observed: how many people the estimate rests on. change: that brought it, by number.
    """

    step: str
    segment: str
    from_on: date
    people: int
    learning: Decimal
    compliance: Decimal
    cost: Decimal
    strain: Decimal | None
    observed: int
    source: str
    change: int | None = None

    @property
    def key(self) -> Key:
        """What a later estimate of the same replaces."""
        return self.step, self.segment

    @property
    def minutes(self) -> Decimal:
        """The time it takes one person."""
        return self.learning + self.compliance

    @property
    def hours(self) -> Decimal:
        """The hours of all people in a year."""
        return self.people * self.minutes / 60

    @property
    def dollars(self) -> Decimal:
        """What all people pay in a year."""
        return self.people * self.cost


@implements("280.11-b2")
def inventory(estimates: Iterable[Estimate], on: date) -> list[Estimate]:
    """What holds on a day: of each step and segment the newest estimate not after it."""
    held: dict[Key, Estimate] = {}
    for each in sorted(estimates, key=lambda estimate: estimate.from_on):
        if each.from_on <= on:
            held[each.key] = each
    return [held[key] for key in sorted(held)]


@dataclass(frozen=True, slots=True)
class Reduction:
    """One estimate that a change brought, beside the one before: hours and dollars of a year.

    The people are those of the estimate after, so that fewer customers are no relief.
    """

    before: Estimate
    after: Estimate

    @property
    def hours(self) -> Decimal:
        """Hours a year that people are spared; below 0 when it takes longer."""
        return self.after.people * (self.before.minutes - self.after.minutes) / 60

    @property
    def dollars(self) -> Decimal:
        """Dollars a year that people are spared."""
        return self.after.people * (self.before.cost - self.after.cost)


@implements("280.11-b2")
def reductions(estimates: Sequence[Estimate], change: int) -> list[Reduction]:
    """Before and after of each estimate that the change brought; a first one has no before."""
    found = []
    for after in (each for each in estimates if each.change == change):
        earlier = [
            each for each in estimates if each.key == after.key and each.from_on < after.from_on
        ]
        if earlier:
            found.append(Reduction(max(earlier, key=lambda each: each.from_on), after))
    return found


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """The burden of a segment over all steps; every figure is None where too few were observed.

    minutes: of one person who goes through all steps of the inventory. strain: the mean over the
    steps that have one, by the people observed.
    """

    segment: str
    observed: int | None
    people: int | None
    learning: Decimal | None
    compliance: Decimal | None
    minutes: Decimal | None
    hours: Decimal | None
    dollars: Decimal | None
    strain: Decimal | None

    @property
    def is_shown(self) -> bool:
        """Whether enough people stand behind it."""
        return self.hours is not None


@implements("280.11-b1", "280.11-b3")
def by_segment(estimates: Sequence[Estimate], smallest: int) -> list[SegmentLine]:
    """The segments by name with what a service takes of them, the total last.

    A segment that rests on fewer people than `smallest` is hidden, and others with it until
    neither its figures nor its n follow from the total. One that rests on nobody, such as a
    calculation from the form, gives nobody away.
    """
    names = sorted({each.segment for each in estimates})
    groups = [[each for each in estimates if each.segment == name] for name in names]
    counts = [_observed(group) for group in groups]
    line = suppress_line(counts, smallest)
    rows = [
        _hidden(name) if hidden else _line(name, group)
        for name, group, hidden in zip(names, groups, line.hidden, strict=True)
    ]
    total = _hidden("") if line.total_hidden else _total(estimates, counts)
    return [*rows, total]


def _observed(group: Sequence[Estimate]) -> int:
    """The people behind a segment: the fewest of its steps, but for those that rest on nobody."""
    return min((each.observed for each in group if each.observed), default=0)


def _hidden(name: str) -> SegmentLine:
    return SegmentLine(name, *[None] * 8)


def _line(name: str, group: Sequence[Estimate]) -> SegmentLine:
    return SegmentLine(
        segment=name,
        observed=_observed(group),
        people=max(each.people for each in group),
        learning=sum((each.learning for each in group), Decimal(0)),
        compliance=sum((each.compliance for each in group), Decimal(0)),
        minutes=sum((each.minutes for each in group), Decimal(0)),
        hours=sum((each.hours for each in group), Decimal(0)),
        dollars=sum((each.dollars for each in group), Decimal(0)),
        strain=_strain(group),
    )


def _total(estimates: Sequence[Estimate], counts: Sequence[int]) -> SegmentLine:
    """The sums over segments; what is told of one person has no total."""
    return SegmentLine(
        segment="",
        observed=sum(counts),
        people=None,
        learning=None,
        compliance=None,
        minutes=None,
        hours=sum((each.hours for each in estimates), Decimal(0)),
        dollars=sum((each.dollars for each in estimates), Decimal(0)),
        strain=None,
    )


def _strain(group: Sequence[Estimate]) -> Decimal | None:
    asked = [each for each in group if each.strain is not None and each.observed]
    people = sum(each.observed for each in asked)
    if not people:
        return None
    told = (each.observed * each.strain for each in asked if each.strain is not None)
    return sum(told, Decimal(0)) / people


@implements("280.11-b3")
def unequal(lines: Sequence[SegmentLine]) -> tuple[SegmentLine, SegmentLine, Decimal] | None:
    """The shown segments that take one person longest and least, and how many times as long.

    None while fewer than two are shown. It compares estimates and claims nothing about chance.
    """
    shown = [each for each in lines[:-1] if each.minutes]
    if len(shown) < 2:
        return None
    longest = max(shown, key=lambda each: each.minutes or 0)
    least = min(shown, key=lambda each: each.minutes or 0)
    return longest, least, (longest.minutes or Decimal(0)) / (least.minutes or Decimal(1))
