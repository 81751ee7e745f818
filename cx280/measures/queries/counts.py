"""How many answered, and how they answered each question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.models import DayCount, Refresh
from cx280.measures.queries.cuts import WHOLE, Cut, facts, keys_of, versions_of
from cx280.measures.rules.basis import Basis, basis_of
from cx280.measures.rules.comparability import (
    Key,
    construct_of,
)
from cx280.measures.rules.scores import (
    Counts,
    add_up,
)
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """How a version's question was answered. polarity: of taps, where the rating above points;
    "" for everybody."""

    version: SurveyVersion
    question: Question
    construct: str
    key: Key
    counts: Counts
    shown: int
    answered: int
    polarity: str = ""

    @property
    def basis(self) -> Basis:
        """How people came to answer it."""
        return basis_of(document_by(self.version.pk, self.version.digest).placement)


@dataclass(frozen=True, slots=True)
class QuarterTotal:
    """How many people answered in a quarter."""

    quarter: Quarter
    answers: int


def service_quarters(service: Service, cut: Cut = WHOLE) -> list[QuarterTotal]:
    """The quarters in which anybody answered, oldest first."""
    rows = (
        facts(service, cut)
        .filter(question="")
        .values("starts_on")
        .annotate(n=Sum("answered"))
        .order_by("starts_on")
    )
    return [QuarterTotal(Quarter.of(row["starts_on"]), row["n"]) for row in rows]


@implements("INC-05", "INC-15")
def question_counts(
    service: Service,
    quarter: Quarter,
    *,
    unit: Organization | None = None,
    channel: str = "",
    version: SurveyVersion | None = None,
    versions: Sequence[SurveyVersion] | None = None,
) -> list[QuestionCounts]:
    """How each question of each version was answered in a quarter, in the order it was asked.

    Never added up across versions: `pool` does that, and only for equal keys. Tapped questions
    come once for everybody and once for each polarity. `versions`, when already read.
    """
    rows = (
        facts(service, Cut(unit, channel, version))
        .filter(starts_on=quarter.first_day)
        .exclude(question="")
        .values_list("version_id", "question", "polarity", "counts", "shown", "answered")
    )
    sums: dict[tuple[int, str, str], tuple[dict[str, int], int, int]] = {}
    for version_id, question_id, polarity, counts, shown, answered in rows:
        at = (version_id, question_id, polarity)
        before = sums.get(at, ({}, 0, 0))
        sums[at] = (add_up([before[0], counts]), before[1] + shown, before[2] + answered)
    found = []
    for each in versions if versions is not None else versions_of(service):
        document = document_by(each.pk, each.digest)
        for question in document.questions:
            for polarity in ("", "high", "middle", "low"):
                counted = sums.get((each.pk, question.id, polarity))
                if counted is not None:
                    key = keys_of(each)[question.id]
                    construct = construct_of(question)
                    found.append(QuestionCounts(each, question, construct, key, *counted, polarity))
    return found


def daily_answers(service: Service, since: date) -> dict[date, int]:
    """How many people answered on each day from `since` on; days without answers are absent."""
    rows = (
        DayCount.objects.filter(version__survey__service=service, day__gte=since)
        .values_list("day")
        .annotate(n=Sum("completed"))
        .order_by("day")
    )
    return dict(rows)


def counted_to() -> datetime | None:
    """Up to when answers are counted; None before the first count."""
    return Refresh.objects.values_list("counted_to", flat=True).first()
