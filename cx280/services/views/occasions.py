"""What brings people to the services: the catalogue of occasions, largest first (280.9-e1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.pages.downloads import csv_response
from cx280.services import access, queries

SEE = Capability.SEE_SERVICES
HEADER = ["rank", "service", "code", "kind", "occasion", "customers", "fiscal_year", "source"]


@never_cache
@allow(SEE)
@require_safe
def occasions(request: HttpRequest) -> HttpResponse:
    """The occasions by the number of customers they bring, and the services that tell none."""
    told = _told(request)
    context = {
        "told": [each for each in told if each.words],
        "silent": [each for each in told if not each.words],
    }
    return render(request, "services/occasions.html", context)


@never_cache
@allow(SEE)
@require_safe
def occasions_csv(request: HttpRequest) -> HttpResponseBase:
    """The same table for a spreadsheet."""
    rows = [
        [
            str(rank), each.service.name, each.service.code, each.service.occasion_kind, each.words,
            str(each.volume.customers) if each.volume else "",
            str(each.volume.fiscal_year) if each.volume else "",
            each.volume.source if each.volume else "",
        ]
        for rank, each in enumerate((each for each in _told(request) if each.words), start=1)
    ]  # fmt: skip
    return csv_response("occasions.csv", HEADER, rows)


def _told(request: HttpRequest) -> list[queries.Occasion]:
    mine = access.services_where(signed_in_person(request), SEE).select_related("owner", "hisp")
    return queries.occasions(queries.inventory(queries.active_services(mine)))
