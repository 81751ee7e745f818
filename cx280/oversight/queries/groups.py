"""Which questions across the government may be compared with each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import read_key, wording_words
from cx280.measures.rules.key_words import construct_words
from cx280.reporting.models import ReportedQuestion

OUTCOMES = ("trust", "satisfaction")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of questions asked the same way: what they ask, and how many there are of whom."""

    construct: str  # trust or satisfaction
    asks: str
    wording: str
    key: str
    questions: int
    services: int
    providers: int

    @property
    def stands_alone(self) -> bool:
        """Whether nothing may stand beside it."""
        return self.questions < 2


@implements("280.10-a2")
def groups_in(quarter: Quarter) -> list[GroupLine]:
    """The groups of a quarter in what is reported and in force, largest first; one query."""
    rows = (
        ReportedQuestion.objects.filter(
            Q(row__release__isnull=True) | Q(row__release__replaced_by__isnull=True),
            row__fiscal_year=quarter.fiscal_year,
            row__quarter=quarter.number,
            construct__in=OUTCOMES,
        )
        .exclude(answered=0)
        .exclude(counts=[])
        .order_by()
        .values_list("construct", "comparable")
        .annotate(
            questions=Count("pk"),
            services=Count("row__service", distinct=True),
            providers=Count("row__hisp", distinct=True),
        )
    )
    lines = [_line(*row) for row in rows]
    return sorted(lines, key=lambda each: (each.construct, -each.questions, each.key))


def _line(construct: str, written: str, questions: int, services: int, providers: int) -> GroupLine:
    key = read_key(written)
    asks = construct_words(key.construct)
    return GroupLine(
        construct, asks, wording_words(key), written, questions, services, providers
    )  # fmt: skip
