"""One provider over the quarters: what it reported, service by service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cx280.dashboards.queries.government import Score, group_words, has_answers, score_of
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import read_key
from cx280.measures.rules.scores import ResponseRate, Share, response_rate, share_of
from cx280.measures.rules.suppression import is_too_few
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.services.models import Hisp, Service

# A chart holds a few lines; the other wordings stand in the table of the quarter.
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One wording of one construct over the quarters; a quarter without it has no share."""

    construct: str
    words: str
    points: tuple[tuple[Quarter, Share | None, bool], ...]  # quarter, share, too few
    self_selected: frozenset[Quarter] = frozenset()  # no margin of error in these


@dataclass(frozen=True, slots=True)
class Survey:
    """One reported survey of a quarter with its scores."""

    row: ReportedRow
    rate: ResponseRate
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """A service: its lines over the quarters and its surveys in the quarter asked for."""

    service: Service
    trust: tuple[Line, ...]
    satisfaction: tuple[Line, ...]
    surveys: tuple[Survey, ...]


def rows_of(hisp: Hisp) -> list[ReportedRow]:
    """Every row in force of a provider, oldest quarter first."""
    return list(
        hisp.reported_rows.filter(Q(release__isnull=True) | Q(release__replaced_by__isnull=True))
        .select_related("service")
        .prefetch_related("questions")
    )


def service_reports(
    rows: Iterable[ReportedRow], quarter: Quarter, *, smallest: int
) -> list[ServiceReport]:
    """The provider's services, by name. smallest: counts under it are not shown."""
    by_service: dict[Service, list[ReportedRow]] = {}
    for row in rows:
        by_service.setdefault(row.service, []).append(row)
    quarters = sorted({_quarter(row) for each in by_service.values() for row in each})
    return [
        ServiceReport(
            service=service,
            trust=_lines(reported, "trust", quarters, smallest),
            satisfaction=_lines(reported, "satisfaction", quarters, smallest),
            surveys=tuple(_survey(row, smallest) for row in reported if _quarter(row) == quarter),
        )
        for service, reported in sorted(by_service.items(), key=lambda each: each[0].name)
    ]


def _lines(
    rows: list[ReportedRow], construct: str, quarters: list[Quarter], smallest: int
) -> tuple[Line, ...]:
    """Answers of one key added up quarter by quarter; the keys with most answers, largest first."""
    answers: Counter[str] = Counter()
    table: dict[tuple[str, Quarter], list[ReportedQuestion]] = {}
    for row in rows:
        for question in row.questions.all():
            if question.construct == construct and has_answers(question):
                answers[question.comparable] += question.answered or 0
                table.setdefault((question.comparable, _quarter(row)), []).append(question)
    return tuple(
        Line(
            construct,
            group_words(read_key(written)),
            tuple(_point(quarter, table.get((written, quarter)), smallest) for quarter in quarters),
            frozenset(
                quarter
                for quarter in quarters
                if any(each.row.self_selected for each in table.get((written, quarter), []))
            ),
        )
        for written, _ in answers.most_common(_MOST_LINES)
    )


def _point(
    quarter: Quarter, questions: list[ReportedQuestion] | None, smallest: int
) -> tuple[Quarter, Share | None, bool]:
    """The answers of one key added up; hidden as soon as one of them is."""
    if questions is None:
        return quarter, None, False
    agreeing = [each.agreeing for each in questions if each.agreeing is not None]
    answered = [each.answered for each in questions if each.answered is not None]
    if len(agreeing) < len(questions) or len(answered) < len(questions):
        return quarter, share_of(0, 0), True
    share = share_of(sum(agreeing), sum(answered))
    groups = (share.n, share.successes, share.n - share.successes)
    return quarter, share, any(is_too_few(each, smallest) for each in groups)


def _survey(row: ReportedRow, smallest: int) -> Survey:
    scores = tuple(
        score_of(row, question, smallest)
        for question in row.questions.all()
        if has_answers(question)
    )
    return Survey(row, response_rate(row.offered, row.respondents or 0), scores)


def _quarter(row: ReportedRow) -> Quarter:
    return Quarter(row.fiscal_year, row.quarter)
