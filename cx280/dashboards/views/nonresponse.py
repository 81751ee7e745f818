"""Who is missing from these answers? Respondents against the people asked, for one quarter."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.filters import Filters, filters_of
from cx280.dashboards.views.service import no_answers
from cx280.measures.access import Sight, service_to_measure
from cx280.measures.queries import Cut, Missing, Places, missing
from cx280.measures.rules.nonresponse import ENOUGH, conclusion, needs_report, parts
from cx280.pages.downloads import csv_response
from cx280.pages.written import percent

_KINDS = {"office": "Offices", "channel": "Channels", "month": "Months"}
_HEADER = [
    *("kind", "name", "asked", "answered", "rate", "share", "low", "high", "n", "note"),
]
TOO_FEW = "too few to show"


@allow(Capability.SEE_MEASURES)
def nonresponse(request: HttpRequest, code: str) -> HttpResponseBase:
    """The response rate by its name, where people are missing, and whether it could matter."""
    sight = service_to_measure(signed_in_person(request), code)
    filters = filters_of(sight, {"quarter": request.GET.get("quarter", "")})
    if filters is None:
        return no_answers(request, sight)
    found = _found(sight, filters)
    if request.GET.get("table"):
        return csv_response(f"{code}-nonresponse-{found.quarter}", _HEADER, _rows(found))
    context = {
        "sight": sight,
        "service": sight.service,
        "filters": filters,
        "found": found,
        "title": _title(found),
        "needs_report": needs_report(found.rate.rate),
        "enough": ENOUGH,
        "kinds": [(_KINDS[each[0].kind], each[0].kind, parts(each)) for each in found.kinds],
        "conclusion": conclusion(found.kinds, found.checks, found.even),
        "smallest": settings.CX280_SMALLEST_CELL,
    }
    return render(request, "dashboards/nonresponse.html", context)


def _found(sight: Sight, filters: Filters) -> Missing:
    return missing(
        sight.service,
        filters.quarter,
        versions=filters.versions,
        places=filters.places.get(filters.quarter, Places(filters.quarter)),
        cut=Cut(sight.unit),
        smallest=settings.CX280_SMALLEST_CELL,
    )


def _title(found: Missing) -> str:
    if found.hidden:
        return "Too few answers to say who is missing"
    if found.rate.rate is None:
        return "Nobody can say who is missing from these answers"
    return f"{percent(1 - found.rate.rate)} of the people asked did not answer"


def _rows(found: Missing) -> Iterator[list[object]]:
    rate = found.rate
    note = TOO_FEW if found.hidden else rate.reason
    asked = "" if found.hidden or rate.offered is None else rate.offered
    answered = "" if found.hidden else rate.answered
    yield ["all", "everybody asked", asked, answered, _rounded(rate.rate), "", "", "", "", note]
    for group in [each for kind in found.kinds for each in kind]:
        counts = ["", ""] if group.hidden else [group.asked, group.answered]
        note = TOO_FEW if group.hidden else ""
        yield [group.kind, group.name, *counts, _rounded(group.rate), "", "", "", "", note]
    for check in found.checks:
        for name, share in (
            ("as answered", check.share),
            ("early", check.early),
            ("late", check.late),
        ):
            if share is not None:
                ends = [_rounded(each) for each in share.ends]
                yield [check.outcome, name, "", "", "", _rounded(share.share), *ends, share.n, ""]
        raked = check.raked
        if raked is not None:
            ends = [_rounded(raked.share), _rounded(raked.low), _rounded(raked.high)]
            yield [check.outcome, "weighted back", "", "", "", *ends, check.share.n, ""]


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 4)
