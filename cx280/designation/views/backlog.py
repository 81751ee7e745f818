"""What to modernize first: a page and a CSV."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.queries.backlog import backlog
from cx280.kernel.problem import NotAllowed
from cx280.pages.downloads import csv_response
from cx280.services.access import services_where

SEE = Capability.SEE_SERVICES
_HEADER = ("service", "name", "hisp", "impact_score", "why")


@never_cache
@allow(SEE)
@require_safe
def to_modernize(request: HttpRequest) -> HttpResponseBase:
    """The agency's services with work to do, the highest impact first; `?table=1` as CSV."""
    person = signed_in_person(request)
    if access.sees_all(person):
        raise NotAllowed("What an agency modernizes, and in which order, is its own.")
    rows = backlog(services_where(person, SEE))
    if request.GET.get("table"):
        return csv_response("what to modernize first", _HEADER, [
            (each.code, each.name, each.hisp, None if each.score is None else round(each.score, 4),
             "; ".join(each.why))
            for each in rows
        ])  # fmt: skip
    return render(request, "designation/backlog.html", {"rows": rows})
