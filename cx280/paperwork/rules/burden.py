"""The burden table of a request; its sums are those of the clearance's ledger to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from cx280.circular.implements import implements
from cx280.clearance.rules.ledger import Line, burden_hours
from cx280.paperwork.rules.vocabulary import Category

CENT = Decimal("0.01")


class BurdenRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One category of people: how many answer until the clearance ends, minutes for each."""

    category: Category
    respondents: int
    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        """Respondents × minutes ÷ 60, not rounded."""
        return burden_hours(self.respondents, self.minutes)


@implements("INC-28", "280.11-a2")
def counted(rows: Sequence[BurdenRow]) -> list[BurdenRow]:
    """The rows whose time is burden on the public; Federal employees are left out."""
    return [each for each in rows if each.category.counts]


def respondents_of(rows: Sequence[BurdenRow]) -> int:
    """Members of the public who answer."""
    return sum(each.respondents for each in counted(rows))


def person_minutes_of(rows: Sequence[BurdenRow]) -> Decimal:
    """The minutes of the public together, exact."""
    return sum((each.respondents * each.minutes for each in counted(rows)), Decimal(0))


@implements("280.11-a2", "280.11-a3")
def hours_of(rows: Sequence[BurdenRow]) -> Decimal:
    """The total of the table: the hours of the public, not rounded before the end."""
    return person_minutes_of(rows) / 60


def minutes_each(rows: Sequence[BurdenRow]) -> Decimal:
    """The minutes one answer takes on average, to 0.01 and never 0; what a survey's page says."""
    people = respondents_of(rows)
    if not people:
        return CENT
    average = (person_minutes_of(rows) / people).quantize(CENT, ROUND_HALF_UP)
    return max(average, CENT)


@implements("280.11-a2", "280.11-a4")
def line_of(title: str, kind: str, rows: Sequence[BurdenRow]) -> Line:
    """What the request asks of the ledger."""
    return Line(
        title,
        kind,
        respondents_of(rows),
        minutes_each(rows),
        counts=False,
        person_minutes=person_minutes_of(rows),
    )
