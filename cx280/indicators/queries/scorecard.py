"""A service with everything it is judged by: five panels, none left out (280.3-b2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from cx280.circular.implements import implements
from cx280.indicators.models import Indicator
from cx280.indicators.queries.figures import Line, lines_of
from cx280.indicators.rules.vocabulary import Kind
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.measures.queries import service_quarters
from cx280.measures.queries.groups import GroupsCompared, groups_compared
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of indicator; no lines means that there is no measure of it."""

    kind: Kind
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Five panels, experience first, and how groups rated the service in the last quarter."""

    service: Service
    years: tuple[int, ...]
    panels: tuple[Panel, ...]
    quarter: Quarter | None
    groups: GroupsCompared | None


@implements("280.3-b2")
def scorecard(service: Service, today: date) -> Scorecard:
    """The service this year and the two before; the figures are those of the dashboards."""
    year = fiscal_year_of(today)
    years = (year - 2, year - 1, year)
    rows = (
        Indicator.objects.filter(service=service, retired_on__isnull=True)
        .select_related("agency", "service__owner")
        .prefetch_related("years", "redefinitions")
    )
    lines = lines_of(rows, years, today)
    panels = tuple(
        Panel(kind, tuple(each for each in lines if each.indicator.kind == kind)) for kind in Kind
    )
    quarters = [each.quarter for each in service_quarters(service)]
    last = quarters[-1] if quarters else None
    groups = (
        groups_compared(service, last, "trust", smallest=settings.CX280_SMALLEST_CELL)
        if last
        else None
    )
    return Scorecard(service, years, panels, last, groups)
