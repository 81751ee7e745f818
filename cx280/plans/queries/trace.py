"""Reads pain points with what shows them today, and the way from evidence to actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cx280.plans.models import Action, Evidence, PainPoint
from cx280.plans.queries.measures import reading_of, words_of
from cx280.plans.rules.progress import Reading
from cx280.plans.rules.trace import Trace, Traced
from cx280.plans.rules.vocabulary import EvidenceKind, Status
from cx280.research.models import ResearchStudy


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence. reading: what its figure says today, None where it names none."""

    evidence: Evidence
    figure: str
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class PointTold:
    """A pain point with what shows it and what is done."""

    point: PainPoint
    evidence: list[Shown]
    actions: list[Action]


def points_told(points: QuerySet[PainPoint], today: date) -> list[PointTold]:
    """The pain points with their figures as of today."""
    return [
        PointTold(
            each,
            [_shown(each, shown, today) for shown in each.evidence.all()],
            list(each.actions.all()),
        )
        for each in points
    ]


def _shown(point: PainPoint, evidence: Evidence, today: date) -> Shown:
    figure = words_of(point.service, evidence.figure)
    return Shown(
        evidence, figure, reading_of(point.service, evidence.figure, today) if figure else None
    )


def trace_of(points: QuerySet[PainPoint]) -> Trace:
    """The actions of the pain points' services, and what no action or pain point goes back to."""
    services = {each.service_id for each in points}
    actions = (
        Action.objects.filter(service__in=services)
        .exclude(status=Status.STOPPED)
        .select_related("pain_point")
        .prefetch_related("pain_point__evidence")
    )
    studies = ResearchStudy.objects.filter(services__in=services).exclude(findings="")
    unused = studies.filter(pain_points=None, evidence__insight__pain_points=None)
    return Trace(
        [_traced(each) for each in actions],
        [each.words for each in points if not each.actions.all()],
        list(unused.distinct().values_list("title", flat=True)),
    )


def _traced(action: Action) -> Traced:
    point = action.pain_point
    kinds = [EvidenceKind.of(each.kind) for each in point.evidence.all()] if point else []
    return Traced(action.change, point.words if point else "", kinds)
