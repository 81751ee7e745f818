"""Do we know our customers? Designated services with what their research has and lacks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.research import access
from cx280.research.queries.insights import stale
from cx280.research.queries.rounds import flows_of
from cx280.research.queries.standing import ServiceLine, standing_of
from cx280.research.queries.words import terms_of
from cx280.research.views.parts import parts
from cx280.services.queries import designated_services


@never_cache
@allow(Capability.SEE_RESEARCH)
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Each designated service of the person's agencies, and what waits for somebody."""
    person, today = signed_in_person(request), timezone.localdate()
    lines: list[ServiceLine] = []
    waiting = 0
    for agency in access.agencies_where(person):
        terms = terms_of(agency)
        mine = designated_services(on=today).filter(owner__path__startswith=agency.path)
        lines += standing_of(mine.order_by("name"), terms, today)
        waiting += stale(access.insights_to_see(person).filter(agency=agency), terms, today).count()
    crowded = [each for each in flows_of(access.rounds_to_see(person)) if each.findings]
    context = {
        "parts": parts(),
        "lines": lines,
        "lacking": sum(bool(each.findings) for each in lines),
        "waiting": waiting,
        "crowded": crowded,
    }
    return render(request, "research/standing.html", context)
