"""How many people answered in a fiscal year, and what it cost the public."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.responses.models import (
    Response,
)
from cx280.responses.rules.burden import Burden
from cx280.services.rules.vocabulary import CustomerType
from cx280.surveys.models import Survey, SurveyVersion

_EMPLOYEE = Q(customer_type=CustomerType.FEDERAL_EMPLOYEE)


@implements("280.10-a4", "280.2-a2", "INC-28")
def burden_of(surveys: QuerySet[Survey], fiscal_year: int) -> list[Burden]:
    """A line for each survey that anybody answered in the year; robots are nobody."""
    versions = dict(SurveyVersion.objects.filter(survey__in=surveys).values_list("pk", "survey_id"))
    days = (Quarter(fiscal_year, 1).first_day, Quarter(fiscal_year, 4).last_day)
    given = Response.objects.filter(version__in=list(versions), day__range=days)
    everybody = _by_survey(given, versions)
    apart = _by_survey(given.exclude(suspected=""), versions)
    employees = _by_survey(given.filter(_EMPLOYEE, suspected=""), versions)
    asked = surveys.filter(pk__in=list(everybody)).defer("draft")
    lines = []
    for each in asked.select_related("service__hisp", "collection").order_by("title"):
        staff = employees.get(each.pk, 0)
        public = everybody[each.pk] - apart.get(each.pk, 0) - staff
        if public or staff:
            lines.append(_line(each, fiscal_year, public, staff))
    return lines


def years_of(surveys: QuerySet[Survey], today: date) -> list[int]:
    """The fiscal years since the first answer to any of these surveys, newest first."""
    first = Response.objects.filter(version=OuterRef("pk")).order_by("day").values("day")[:1]
    versions = SurveyVersion.objects.filter(survey__in=surveys)
    days = versions.annotate(first_day=Subquery(first)).values_list("first_day", flat=True)
    earliest = min((each for each in days if each is not None), default=today)
    return list(range(fiscal_year_of(today), fiscal_year_of(earliest) - 1, -1))


def _by_survey(given: QuerySet[Response], versions: dict[int, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for version, n in given.order_by().values_list("version").annotate(n=Count("*")):
        counts[versions[version]] = counts.get(versions[version], 0) + n
    return counts


def _line(survey: Survey, fiscal_year: int, public: int, employees: int) -> Burden:
    return Burden(
        survey=survey.title,
        code=survey.code,
        service=survey.service.name,
        provider=survey.service.hisp.name if survey.service.hisp else "",
        fiscal_year=fiscal_year,
        public=public,
        employees=employees,
        minutes=survey.collection.minutes if survey.collection else None,
    )
