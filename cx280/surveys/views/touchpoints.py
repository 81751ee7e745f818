"""Which touchpoints we ask about, and which nobody asks about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.pages.downloads import csv_response
from cx280.services.access import services_where
from cx280.services.queries.inventory import active_services
from cx280.surveys.queries.touchpoints import ServiceCoverage, coverage_of

HEADER = ["service", "touchpoints", "measured", "with_trust", "unmeasured"]


@allow(Capability.SEE_SURVEYS)
@require_safe
def touchpoints(request: HttpRequest) -> HttpResponse:
    """The coverage of every service the person may see, least covered first."""
    lines = _lines(request)
    context = {
        "lines": lines,
        "all": sum(each.coverage.touchpoints for each in lines),
        "measured": sum(each.coverage.measured for each in lines),
        "with_trust": sum(each.coverage.with_trust for each in lines),
    }
    return render(request, "surveys/touchpoints.html", context)


@allow(Capability.SEE_SURVEYS)
@require_safe
def touchpoints_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, the unmeasured touchpoints with bars between."""
    rows = [
        [
            each.service.name, each.coverage.touchpoints, each.coverage.measured,
            each.coverage.with_trust, " | ".join(one.step for one in each.coverage.unmeasured),
        ]
        for each in _lines(request)
    ]  # fmt: skip
    return csv_response("touchpoints.csv", HEADER, rows)


def _lines(request: HttpRequest) -> list[ServiceCoverage]:
    services = services_where(signed_in_person(request), Capability.SEE_SURVEYS)
    return coverage_of(active_services(services).select_related("owner"))
