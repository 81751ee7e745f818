"""One quarter across the government: who reported, who is late, what may be compared.

Reads reported rows only: releases, and reports of earlier quarters that were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from cx280.circular.deadlines import Due, quarter_due
from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import (
    Apart,
    Comparison,
    Key,
    comparison,
    read_key,
)
from cx280.measures.rules.key_words import construct_words, part_words
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.suppression import is_too_few
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.services.models import Hisp


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider in a quarter: how much it reported, and when; nothing reported is 0 surveys."""

    hisp: Hisp
    agency: str
    services: int
    surveys: int
    respondents: int | None
    faults: int  # findings that would stop a report today
    entered_on: date | None  # the last day on which one of its rows was first entered
    late: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How many agreed with one reported question; `too_few` hides the figures."""

    row: ReportedRow
    question: ReportedQuestion
    share: Share
    too_few: bool

    @property
    def label(self) -> str:
        """Whose survey it is and of what, short: what tells surveys of one service apart."""
        agency = self.row.hisp.organization
        return f"{agency.abbreviation or agency.name}: {self.row.service_provided or self.service}"

    @property
    def self_selected(self) -> bool:
        """Whether people found the survey by themselves: then there is no margin of error."""
        return bool(self.row.self_selected)

    @property
    def service(self) -> str:
        """The service the survey belongs to."""
        return self.row.service.name


@dataclass(frozen=True, slots=True)
class Group:
    """Scores that may stand side by side, lowest share first."""

    key: Key
    words: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The groups of two or more for one construct, largest first, and what stands alone, why."""

    groups: tuple[Group, ...]
    alone: tuple[Apart[Score], ...]

    @property
    def questions(self) -> int:
        """How many questions there are in all."""
        return sum(len(each.scores) for each in self.groups) + len(self.alone)


@dataclass(frozen=True, slots=True)
class GovernmentQuarter:
    """Everything the government page shows."""

    quarter: Quarter
    due: Due
    standings: tuple[Standing, ...]
    trust: Compared
    satisfaction: Compared

    @property
    def reported(self) -> int:
        """How many providers reported."""
        return sum(each.surveys > 0 for each in self.standings)

    @property
    def missing(self) -> int:
        """How many providers have not reported."""
        return len(self.standings) - self.reported

    @property
    def late(self) -> int:
        """How many providers entered something after the date that wins."""
        return sum(each.late for each in self.standings)


def reported_quarters() -> list[Quarter]:
    """The quarters with any report, newest first."""
    found = ReportedRow.objects.order_by().values_list("fiscal_year", "quarter").distinct()
    return sorted((Quarter(year, number) for year, number in found), reverse=True)


@implements("280.8-a1", "280.8-b5")
def government_quarter(quarter: Quarter, *, smallest: int) -> GovernmentQuarter:
    """The quarter across the government. smallest: counts under it are not shown."""
    rows = rows_in(quarter)
    due = quarter_due(edition("FY2022"), quarter)
    return GovernmentQuarter(
        quarter=quarter,
        due=due,
        standings=tuple(_standings(quarter, rows, due.due)),
        trust=_compared(rows, {"trust"}, smallest),
        satisfaction=_compared(rows, {"satisfaction"}, smallest),
    )


def rows_in(quarter: Quarter) -> list[ReportedRow]:
    """The rows in force: those of a replaced release are left out."""
    return list(
        ReportedRow.objects.filter(fiscal_year=quarter.fiscal_year, quarter=quarter.number)
        .filter(Q(release__isnull=True) | Q(release__replaced_by__isnull=True))
        .select_related("hisp__organization", "service")
        .prefetch_related("questions")
    )


def _standings(quarter: Quarter, rows: list[ReportedRow], due: date) -> Iterable[Standing]:
    """Every provider expected in the quarter, by name."""
    by_hisp: dict[int, list[ReportedRow]] = {}
    for row in rows:
        by_hisp.setdefault(row.hisp_id, []).append(row)
    expected = _expected(quarter, list(by_hisp))
    return [_standing(hisp, by_hisp.get(hisp.pk, []), due) for hisp in expected]


def _expected(quarter: Quarter, reporting: Sequence[int]) -> list[Hisp]:
    """Providers designated at some time in the quarter; without dates, those heard that year."""
    in_force = Q(designated_on__lte=quarter.last_day) & (
        Q(ended_on__isnull=True) | Q(ended_on__gte=quarter.first_day)
    )
    undated = Q(designated_on__isnull=True) & Q(
        pk__in=ReportedRow.objects.filter(fiscal_year=quarter.fiscal_year).values("hisp")
    )
    return list(
        Hisp.objects.filter(in_force | undated | Q(pk__in=reporting)).select_related("organization")
    )


def _standing(hisp: Hisp, rows: list[ReportedRow], due: date) -> Standing:
    entered = [_day(row.created_at) for row in rows if row.created_at is not None]
    respondents = [row.respondents for row in rows if row.respondents is not None]
    return Standing(
        hisp=hisp,
        agency=hisp.organization.name,
        services=len({row.service_id for row in rows}),
        surveys=len(rows),
        respondents=sum(respondents) if respondents else None,
        faults=sum(each["severity"] == "error" for row in rows for each in row.findings),
        entered_on=max(entered, default=None),
        late=any(day > due for day in entered),
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _compared(rows: list[ReportedRow], constructs: set[str], smallest: int) -> Compared:
    """Scores of these constructs in comparable groups; never two keys in one."""
    left = [
        (read_key(question.comparable), score_of(row, question, smallest))
        for row in rows
        for question in row.questions.all()
        if question.construct in constructs and has_answers(question)
    ]
    groups: list[Group] = []
    largest: Key | None = None
    while left:
        found: Comparison[Score] = comparison(left)
        if found.key is None or len(found.together) < 2:
            break
        largest = largest or found.key
        ordered = sorted(found.together, key=lambda each: (each.too_few, each.share.share or 0.0))
        groups.append(Group(found.key, group_words(found.key), tuple(ordered)))
        left = [(each.key, each.thing) for each in found.apart]
    return Compared(tuple(groups), comparison(left, largest).apart if largest else _apart(left))


def _apart(left: list[tuple[Key, Score]]) -> tuple[Apart[Score], ...]:
    """Where no two may be compared, each stands alone."""
    return tuple(
        Apart(score, key, "No other question is asked the same way.") for key, score in left
    )


def has_answers(question: ReportedQuestion) -> bool:
    """Whether anybody answered on a scale; null stands for too few to show."""
    return question.answered != 0 and bool(question.counts)


def score_of(row: ReportedRow, question: ReportedQuestion, smallest: int) -> Score:
    """The share who gave one of the two highest answers; hidden where a release hides it."""
    n, agreeing = question.answered, question.agreeing
    if n is None or agreeing is None:
        return Score(row, question, share_of(0, 0), too_few=True)
    # A share with its n tells both groups, so neither may be small.
    few = any(is_too_few(group, smallest) for group in (n, agreeing, n - agreeing))
    return Score(row, question, share_of(agreeing, n), few)


def group_words(key: Key) -> str:
    """What a group's questions have in common, in words."""
    parts = [part_words(part, getattr(key, part)) for part in ("wording", "scale", "mode")]
    if not key.statement.startswith("own:"):
        parts.insert(0, part_words("statement", key.statement))
    return f"{construct_words(key.construct)}; {', '.join(parts)}"
