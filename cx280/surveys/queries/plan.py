"""Reads the measurement plan of what a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Min, QuerySet

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.services.models import Hisp
from cx280.surveys.models import OtherCollection, Survey
from cx280.surveys.queries.standing import draft_of
from cx280.surveys.rules.burden_plan import Expected
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.plan import PlanLine, population_of, timing_of
from cx280.surveys.rules.seasons import months_asking
from cx280.surveys.rules.vocabulary import Level


def plan_of(
    surveys: QuerySet[Survey], others: QuerySet[OtherCollection], on: date
) -> list[PlanLine]:
    """A line for each survey here and each that runs elsewhere, active ones first, by title."""
    here = surveys.select_related("service__hisp", "service__owner", "collection__clearance")
    here = here.annotate(first_opened=Min("versions__opened_at"))
    elsewhere = others.select_related("service__hisp", "agency")
    roots = _roots(here)
    found = [
        *(_survey_line(each, roots, on) for each in here),
        *(_other_line(each, on) for each in elsewhere),
    ]
    return sorted(found, key=lambda each: (not each.is_active, each.title))


def year_begins(on: date) -> date:
    """The first day of the fiscal year that the plan is drawn for."""
    return Quarter(fiscal_year_of(on), 1).first_day


def _roots(surveys: Iterable[Survey]) -> dict[str, str]:
    """The names of the agencies by the first number of the paths of their units."""
    numbers = {each.service.owner.path.split("/")[1] for each in surveys}
    names = Organization.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {str(pk): name for pk, name in names}


def _survey_line(survey: Survey, roots: dict[str, str], on: date) -> PlanLine:
    document = draft_of(survey)
    clearance = survey.collection.clearance if survey.collection else None
    opened = getattr(survey, "first_opened", None)
    timing = timing_of(document)
    said = timing if document.level is Level.RELATIONSHIP else ""
    return PlanLine(
        title=survey.title,
        about=survey.service.name,
        provider=_code(survey.service.hisp),
        level=document.level,
        timing=timing,
        population=population_of(document, survey.service.name),
        control_number=clearance.control_number if clearance else "",
        expires_on=clearance.expires_on if clearance else None,
        is_active=survey.state == Survey.State.OPEN,
        address=survey.code,
        agency=roots.get(survey.service.owner.path.split("/")[1], ""),
        service=survey.service.name,
        months=months_asking(
            (), said, opened.date() if opened else None,
            clearance.expires_on if clearance else None, year_begins(on),
        ),
        expected=Expected(minutes=_minutes(survey, document)),
    )  # fmt: skip


def _minutes(survey: Survey, document: SurveyDocument) -> float:
    """What OMB approved for one answer, else our estimate."""
    return float(survey.collection.minutes) if survey.collection else minutes(document)


def _other_line(other: OtherCollection, on: date) -> PlanLine:
    return PlanLine(
        title=other.title,
        about=str(other.service or other.agency),
        provider=_code(other.service.hisp) if other.service else "",
        level=Level.of(other.level),
        timing=other.timing,
        population=other.population,
        control_number=other.control_number,
        expires_on=other.expires_on,
        is_active=other.ended_on is None or other.ended_on >= on,
        number=other.pk,
        agency=other.agency.name,
        service=other.service.name if other.service else "",
        months=months_asking(other.months, other.timing, None, other.ended_on, year_begins(on)),
        expected=Expected(
            other.people, other.invited, other.answering,
            None if other.minutes is None else float(other.minutes),
        ),
    )  # fmt: skip


def _code(hisp: Hisp | None) -> str:
    return hisp.code if hisp else ""
