"""Usability rounds: how many a flow had in a year, and when OMB has to approve them first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.quarter import fiscal_year_of
from cx280.research.rules.periods import months_before

# The Act counts an identical question to ten or more people within twelve months.
MOST_WITHOUT_APPROVAL = 9
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Round:
    """A round of tests of a flow. public: whom it asks, without Federal employees.

    asks: which questions or tasks; rounds of a flow with the same ones count together.
    is_cleared: whether OMB approved it.
    """

    flow: str
    asks: str
    held_on: date
    public: int
    is_cleared: bool = False


@implements("280.9-f2")
def rounds_by_year(rounds: Iterable[Round]) -> dict[tuple[str, int], int]:
    """How many rounds each flow had in each fiscal year."""
    return dict(Counter((each.flow, fiscal_year_of(each.held_on)) for each in rounds))


@dataclass(frozen=True, slots=True)
class Crowd:
    """The most members of the public asked the same thing within twelve months, until a day."""

    flow: str
    asks: str
    people: int
    until: date

    @property
    def needs_approval(self) -> bool:
        """Whether OMB has to approve it."""
        return self.people > MOST_WITHOUT_APPROVAL


@implements("280.9-f2")
def crowds(rounds: Sequence[Round]) -> list[Crowd]:
    """For each flow and set of questions that nobody approved: the fullest twelve months."""
    open_ones = [each for each in rounds if not each.is_cleared]
    keys = sorted({(each.flow, each.asks) for each in open_ones})
    return [_fullest([each for each in open_ones if (each.flow, each.asks) == key]) for key in keys]


def _fullest(rounds: Sequence[Round]) -> Crowd:
    """Ends on the day of a round: nothing is gained by looking on another."""
    found = [
        Crowd(last.flow, last.asks, _asked(rounds, last.held_on), last.held_on) for last in rounds
    ]
    return max(found, key=lambda each: (each.people, each.until))


def _asked(rounds: Sequence[Round], until: date) -> int:
    after = months_before(until, MONTHS)
    return sum(each.public for each in rounds if after < each.held_on <= until)
