"""Reads the measurement plan of what a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from cx280.services.models import Hisp
from cx280.surveys.models import OtherCollection, Survey
from cx280.surveys.queries.standing import draft_of
from cx280.surveys.rules.plan import PlanLine, population_of, timing_of
from cx280.surveys.rules.vocabulary import Level


def plan_of(
    surveys: QuerySet[Survey], others: QuerySet[OtherCollection], on: date
) -> list[PlanLine]:
    """A line for each survey here and each that runs elsewhere, active ones first, by title."""
    here = surveys.select_related("service__hisp", "collection__clearance")
    elsewhere = others.select_related("service__hisp", "agency")
    found = [*map(_survey_line, here), *(_other_line(each, on) for each in elsewhere)]
    return sorted(found, key=lambda each: (not each.is_active, each.title))


def _survey_line(survey: Survey) -> PlanLine:
    document = draft_of(survey)
    clearance = survey.collection.clearance if survey.collection else None
    return PlanLine(
        title=survey.title,
        about=survey.service.name,
        provider=_code(survey.service.hisp),
        level=document.level,
        timing=timing_of(document),
        population=population_of(document, survey.service.name),
        control_number=clearance.control_number if clearance else "",
        expires_on=clearance.expires_on if clearance else None,
        is_active=survey.state == Survey.State.OPEN,
        address=survey.code,
    )


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
    )


def _code(hisp: Hisp | None) -> str:
    return hisp.code if hisp else ""


def plan_table(lines: Iterable[PlanLine]) -> tuple[list[str], list[list[str]]]:
    """The plan as a header and rows for a spreadsheet."""
    header = [
        "title", "about", "provider", "level", "timing", "population", "control_number",
        "expires_on", "active", "runs_here",
    ]  # fmt: skip
    rows = [
        [
            each.title, each.about, each.provider, each.level.value, each.timing, each.population,
            each.control_number, each.expires_on.isoformat() if each.expires_on else "",
            "yes" if each.is_active else "no", "yes" if each.runs_here else "no",
        ]
        for each in lines
    ]  # fmt: skip
    return header, rows
