"""Assessments of services, and the designated services that lack one in a year."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cx280.designation.models import ServiceAssessment
from cx280.designation.rules.assessments import not_assessed
from cx280.kernel.finding import Finding
from cx280.services.models import Service
from cx280.services.queries import designated_services


def lacking(among: QuerySet[Service], fiscal_year: int, today: date) -> list[Finding]:
    """A finding for each service designated on the year's last day so far, and not assessed."""
    first, last = date(fiscal_year - 1, 10, 1), date(fiscal_year, 9, 30)
    designated = designated_services(on=min(max(today, first), last)).filter(pk__in=among)
    assessed = ServiceAssessment.objects.filter(
        service__in=designated, assessed_on__range=(first, last)
    )
    names = dict(designated.order_by("name").values_list("code", "name"))
    return not_assessed(names, set(assessed.values_list("service__code", flat=True)), fiscal_year)
