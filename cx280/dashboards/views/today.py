"""The today page: what needs me? Else: nothing needs you."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.access import sights
from cx280.dashboards.queries.today import today_for
from cx280.dashboards.rules.needs import Need, Urgency

_TAGS = {
    Urgency.LATE: ("Now", "needs-you"),
    Urgency.SOON: ("Soon", "waiting"),
    Urgency.WORTH_A_LOOK: ("Worth a look", "quiet"),
}


@allow(Capability.SEE_COMMENTS)
def today(request: HttpRequest) -> HttpResponse:
    """Falling scores, ending clearances, quarters due, new low-rated comments, silent surveys."""
    day = timezone.localdate()
    found = today_for(sights(signed_in_person(request)), day, settings.CX280_SMALLEST_CELL)
    context = {
        "day": day,
        "needs": [(need, *_TAGS[need.urgency], address_of(need)) for need in found.needs],
        "services": found.services,
        "smallest": settings.CX280_SMALLEST_CELL,
    }
    return render(request, "dashboards/today.html", context)


def address_of(need: Need) -> str:
    """Where the need is dealt with; "" while that page does not exist."""
    try:
        there = reverse(need.route, args=[need.argument])
    except NoReverseMatch:
        return ""
    return f"{there}?{need.query.replace(' ', '+')}" if need.query else there
