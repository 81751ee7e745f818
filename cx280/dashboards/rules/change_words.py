"""What came of a change, in the words of the page “Did it help?”."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cx280.dashboards.rules.did_it_help import Answer
from cx280.pages.written import NBSP, number, percent, shortdate
from cx280.stats.evaluation import Evaluation, Kind, Outcome


@dataclass(frozen=True, slots=True)
class Subject:
    """A figure: `More people finish`, `Fewer people finish`, `whether more people finish`.

    counted: what its n is. chose: people chose to answer, so that no range is shown.
    """

    label: str
    kind: Kind
    people: str
    counted: str
    chose: bool = False

    def told(self, *, more: bool) -> str:
        """`More visits start “Renew a permit”`."""
        return f"{'More' if more else 'Fewer'} {self.people}"


def title(answer: Answer, subject: Subject, changed: date) -> str:
    """The verdict: what changed since that day, by how much and how sure; or that nobody can
    tell, and how large a change would have been seen."""
    found = answer.found
    if found.outcome is Outcome.INCONCLUSIVE:
        return (
            f"It cannot be told whether more or fewer {subject.people} since {shortdate(changed)}: "
            f"a change of {least_seen(found)} would have been seen by {shortdate(answer.last)}"
        )
    more = found.effect > 0
    said = f"{subject.told(more=more)} since {shortdate(changed)}: "
    return said + f"{_size(found, more=more)}{'' if subject.chose else f' ({_range(found)})'}"


def least_seen(found: Evaluation) -> str:
    """`5 points`: what would be found in four of five such comparisons."""
    return _amount(found, abs(found.smallest), _decimals([found.smallest]))


def effect(found: Evaluation) -> str:
    """`4 points more`, `3 % fewer`."""
    return _size(found, more=found.effect > 0)


def interval(found: Evaluation) -> str:
    """`between 2 and 6 points more`, `between 3 points fewer and 1 point more`."""
    if found.low < 0 < found.high:
        ends = [f"{_amount(found, abs(each), _decimals([each]))} {'more' if each > 0 else 'fewer'}"
                for each in (found.low, found.high)]  # fmt: skip
        return f"between {ends[0]} and {ends[1]}"
    return _range(found)


def value(found: Evaluation, of: float) -> str:
    """A level: a share, or a count a day; never so exact that it gives single days away."""
    return percent(of) if found.kind == "rates" else f"{number(of)} a day"


def about(people: int) -> str:
    """`about 1,200`."""
    return f"about {number(rounded(people))}"


def rounded(people: int) -> int:
    """Two digits: exact sums on either side of any day would give single days away."""
    return round(people, -max(len(str(people)) - 2, 0))


def removed(answer: Answer) -> Iterator[str]:
    """What was taken out of the comparison, in whole sentences."""
    yield "A straight trend and the days of the week are taken out, and the day of the change."
    if answer.found.yearly:
        yield "Two years are known, so the season of the year is taken out too."
    else:
        yield "With less than two years the season of the year cannot be taken out."
    if answer.quiet:
        days = "day" if answer.quiet == 1 else "days"
        yield f"{answer.quiet} {days} that holidays make quiet are left out."
    if answer.found.odd:
        days = "odd day counts" if answer.found.odd == 1 else "odd days count"
        yield f"{answer.found.odd} {days} only as far as usual ones."


def _size(found: Evaluation, *, more: bool) -> str:
    decimals = _decimals([found.effect, found.low, found.high])
    return f"{_amount(found, abs(found.effect), decimals)} {'more' if more else 'fewer'}"


def _range(found: Evaluation) -> str:
    """`between 2 and 6`: both ends on one side."""
    decimals = _decimals([found.effect, found.low, found.high])
    ends = sorted(abs(each) * 100 for each in (found.low, found.high))
    unit = f"{NBSP}%" if found.kind == "counts" else ""
    return f"between {number(ends[0], decimals)}{unit} and {number(ends[1], decimals)}{unit}"


def _decimals(values: list[float]) -> int:
    return 0 if min(abs(each) for each in values) >= 0.01 else 1


def _amount(found: Evaluation, size: float, decimals: int) -> str:
    said = number(size * 100, decimals)
    if found.kind == "counts":
        return f"{said}{NBSP}%"
    one = math.isclose(float(said.replace(",", "")), 1)
    return f"{said}{NBSP}{'point' if one else 'points'}"
