"""Reads what there is of a service to watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Sum

from cx280.alarms.models import Watch
from cx280.alarms.rules.watches import DAYS_OF_UNITS, FlowKnown, ServiceKnown, has_enough
from cx280.measures.models import DayCount
from cx280.measures.queries import versions_of
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question
from cx280.surveys.rules.vocabulary import Construct
from cx280.telemetry.queries.flows import flows_of
from cx280.telemetry.rules.flows import is_muted
from cx280.telemetry.rules.vocabulary import FlowState


def working_services() -> list[Service]:
    """The services in use, with their owners."""
    return list(Service.objects.filter(retired_on__isnull=True).select_related("owner"))


def known_of(service: Service, today: date) -> ServiceKnown:
    """Its website, its flows that are not deprecated, what its open survey asks, and where enough
    people answer it."""
    return ServiceKnown(
        has_site=service.sites.filter(enabled=True).exists(),
        flows=[
            FlowKnown(each.key, each.name, [(key, name) for key, name in each.steps])
            for each in flows_of(service)
            if not is_muted(FlowState.of(each.state))
        ],
        questions=[
            (construct, _name_of(construct)) for construct in _constructs(open_versions(service))
        ],
        units=units_with_answers(service, today),
    )


def units_with_answers(service: Service, today: date) -> list[tuple[int, str]]:
    """The offices of which enough answers come to be watched, by name."""
    since = today - timedelta(days=DAYS_OF_UNITS)
    counted = (
        DayCount.objects.filter(
            version__in=[each.pk for each in open_versions(service)],
            day__gte=since, day__lt=today, unit__isnull=False,
        )
        .values_list("unit", "unit__name")
        .annotate(answers=Sum("completed"))
        .order_by("unit__name", "unit")
    )  # fmt: skip
    watched = set(Watch.objects.filter(service=service, is_current=True, unit__isnull=False)
                  .values_list("unit", flat=True))  # fmt: skip
    return [(unit, name) for unit, name, answers in counted
            if has_enough(answers, is_watched=unit in watched)]  # fmt: skip


def open_versions(service: Service) -> list[SurveyVersion]:
    """The versions that people answer now."""
    return [each for each in versions_of(service) if each.closed_at is None]


def scored_questions(version: SurveyVersion) -> Iterator[tuple[str, Question]]:
    """What each question asked on a scale is about, with the question."""
    for question in document_by(version.pk, version.digest).questions:
        if has_score(question) and construct_of(question) in _WATCHED:
            yield construct_of(question), question


_WATCHED = {
    each.value
    for each in Construct
    if each not in {Construct.ADDITIONAL, Construct.COMMENT, Construct.DRIVERS}
}


def _constructs(versions: list[SurveyVersion]) -> list[str]:
    found = [construct for each in versions for construct, _ in scored_questions(each)]
    return list(dict.fromkeys(found))


def _name_of(construct: str) -> str:
    return Construct.of(construct).label
