"""The offices page: which office needs help, and which differences are only chance."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.filters import Filters, filters_of
from cx280.dashboards.rules.headlines import AMONG
from cx280.dashboards.views.service import no_answers
from cx280.dashboards.views.service_charts import units_chart
from cx280.dashboards.views.service_tables import UNITS_HEADER, units_rows
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.measures.access import Sight, service_to_measure
from cx280.measures.queries import UnitsCompared, units_compared
from cx280.measures.rules.basis import gives_interval, what_interval_means
from cx280.pages.downloads import csv_response

OUTCOMES = {"trust": "Trust", "satisfaction": "Satisfaction"}


@allow(Capability.SEE_MEASURES)
def units(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every office of a service beside the others, on trust or on satisfaction."""
    sight = service_to_measure(signed_in_person(request), code)
    if sight.unit is not None:
        raise NotFound("You see one office of this service, so there is nothing to compare.")
    filters = filters_of(sight, request.GET.dict())
    if filters is None:
        return no_answers(request, sight)
    outcome = request.GET.get("outcome", "trust")
    if outcome not in OUTCOMES:
        raise NotFound("Offices are compared on trust or on satisfaction.")
    found = units_compared(
        sight.service,
        filters.quarter,
        outcome,
        channel=filters.channel,
        smallest=settings.CX280_SMALLEST_CELL,
        versions=filters.versions,
        watched=filters.quarter == Quarter.of(timezone.localdate()),
    )
    if request.GET.get("table"):
        name = f"{code}-offices-{outcome}-{filters.quarter}"
        return csv_response(name, UNITS_HEADER, units_rows(found))
    return render(request, "dashboards/units.html", _context(sight, filters, found, outcome))


def _context(
    sight: Sight, filters: Filters, found: UnitsCompared, outcome: str
) -> dict[str, object]:
    smallest = settings.CX280_SMALLEST_CELL
    chart = units_chart(found, smallest, OUTCOMES[outcome])
    chose = not gives_interval(found.total.basis)
    about = f"{OUTCOMES[outcome].lower()} in {sight.service.name}"
    return {
        "so_far": filters.quarter.last_day >= timezone.localdate(),
        "sight": sight,
        "service": sight.service,
        "filters": filters,
        "found": found,
        "chart": chart,
        "title": f"{chart.title}: {about}{AMONG if chose else ''}",
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "smallest": smallest,
        "chose": chose,
        "meaning": what_interval_means(found.total.basis),
        "query": urlencode(
            {"quarter": filters.quarter, "channel": filters.channel, "outcome": outcome}
        ),
    }
