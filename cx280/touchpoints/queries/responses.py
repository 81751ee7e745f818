"""Answers as Touchpoints' rows: trust, what was tapped under it, and the redacted words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from cx280.accounts.access import capabilities_of, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.quarter import Quarter
from cx280.reporting.models import Package
from cx280.responses.access import surveys_where
from cx280.responses.exporting import lines_between
from cx280.responses.models import Response
from cx280.responses.queries import counted, document_of
from cx280.responses.rules.export import TOUCHPOINTS_HEADER, Line, TouchpointsTable, fits
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.document import SurveyDocument
from cx280.touchpoints.rules.shapes import Paging, Resource, moment, resource
from cx280.touchpoints.rules.words import collection_and_survey, detail_key


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers, and how many there are in all."""

    rows: list[Resource]
    total: int


def responses(person: Person, first: date | None, last: date | None, paging: Paging) -> Found:
    """Answers given from first to last, both included, on the days of the service's own clock.

    Those set apart as a robot's are left out, and surveys whose trust question does not fit.
    `created_at` is when people answered, which Touchpoints does not keep.
    """
    asked = _asked(person)
    found = _theirs(person, asked).filter(counted())
    if first is not None:
        found = found.filter(day__gte=first)
    if last is not None:
        found = found.filter(day__lte=last)
    ordered = found.order_by("version_id", "day", "id")
    lines = lines_between(ordered, paging.start, paging.start + paging.size)
    table = TouchpointsTable({each: asked[each].document for each in {row[1] for row in lines}})
    details = _details(asked)
    reads_words = Capability.SEE_COMMENTS in capabilities_of(person)
    rows = [
        resource("cx_responses", line.about[0],
                 _attributes(table, line, at, details(asked[version], line), words=reads_words))
        for line, version, at in lines
    ]  # fmt: skip
    return Found(rows, found.count())


def _attributes(
    table: TouchpointsTable, line: Line, at: datetime, detail: int | None, *, words: bool
) -> dict[str, Any]:
    cells = dict(zip(table.header, table.row(line), strict=True))
    return {
        "cx_collection_detail_id": detail,
        "cx_collection_detail_upload_id": None,
        "question_1": str(cells["question_1"]),
        **{name: str(cells[name]) for name in TOUCHPOINTS_HEADER[2:-1]},
        "question_4": (cells["question_4"] or None) if words else None,
        "job_id": None,
        "created_at": moment(at),
        "updated_at": moment(at),
        "external_id": str(cells["external_id"]),
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """A version whose answers fit the columns."""

    survey: int
    service: int
    owner: str  # the path of the unit the service belongs to
    document: SurveyDocument


def _asked(person: Person) -> dict[int, _Asked]:
    """The versions whose answers the person may take out, by number."""
    versions = SurveyVersion.objects.filter(
        survey__in=surveys_where(person, Capability.EXPORT_RESPONSES)
    ).select_related("survey__service__owner")
    found = {}
    for each in versions.defer("document", "findings", "survey__draft"):
        document, service = document_of(each), each.survey.service
        if fits(document):
            found[each.pk] = _Asked(each.survey_id, service.pk, service.owner.path, document)
    return found


def _theirs(person: Person, asked: Mapping[int, _Asked]) -> QuerySet[Response]:
    """All answers about services of the person's units; of those above, their own units'."""
    mine = organizations_where(person, Capability.EXPORT_RESPONSES)
    paths = set(mine.values_list("path", flat=True))
    own = [pk for pk, each in asked.items() if each.owner in paths]
    above = [pk for pk, each in asked.items() if each.owner not in paths]
    where = Q(version__in=own)
    if above:
        where |= Q(version__in=above, unit__in=mine)
    return Response.objects.filter(where)


def _details(asked: Mapping[int, _Asked]) -> Callable[[_Asked, Line], int | None]:
    """The id of the detail an answer belongs to; None while its quarter has no package."""
    services = {each.service for each in asked.values()}
    packages = {
        (service, year, quarter): pk
        for pk, service, year, quarter in Package.objects.filter(service__in=services)
        .values_list("pk", "service", "fiscal_year", "quarter")
    }  # fmt: skip

    def of(version: _Asked, line: Line) -> int | None:
        quarter = Quarter.of(date.fromisoformat(str(line.about[4])))
        held = packages.get((version.service, quarter.fiscal_year, quarter.number))
        return None if held is None else detail_key(held, version.survey)

    return of


def survey_of(detail: int) -> str:
    """The code of the survey a detail tells of; "" where there is no such detail."""
    collection, survey = collection_and_survey(detail)
    services = Package.objects.filter(pk=collection).values("service")
    found = Survey.objects.filter(pk=survey, service__in=services)
    return found.values_list("code", flat=True).first() or ""
