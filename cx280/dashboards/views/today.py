"""The today page: what needs me? Else: nothing needs you."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.actions import choose_digest
from cx280.dashboards.models import Digest
from cx280.dashboards.queries.today import today_for
from cx280.dashboards.rules.digests import Cadence
from cx280.dashboards.rules.needs import Need, Urgency
from cx280.measures.access import sights
from cx280.surveys.access import surveys_to_share

_TAGS = {
    Urgency.LATE: ("Now", "needs-you"),
    Urgency.SOON: ("Soon", "waiting"),
    Urgency.WORTH_A_LOOK: ("Worth a look", "quiet"),
}


@allow(Capability.SEE_COMMENTS)
def today(request: HttpRequest) -> HttpResponse:
    """Falling scores, ending clearances, quarters due, new low-rated comments, silent surveys."""
    day = timezone.localdate()
    person = signed_in_person(request)
    found = today_for(sights(person), day, settings.CX280_SMALLEST_CELL)
    shared = surveys_to_share(person)
    chosen = Digest.objects.filter(person=person).first()
    context = {
        "day": day,
        "needs": [(need, *_TAGS[need.urgency], address_of(need)) for need in found.needs],
        "services": [(each, shared.get(each.sight.service.pk, "")) for each in found.services],
        "smallest": settings.CX280_SMALLEST_CELL,
        "cadences": list(Cadence),
        "cadence": chosen.cadence if chosen else Cadence.NEVER.value,
    }
    return render(request, "dashboards/today.html", context)


@allow(Capability.SEE_COMMENTS)
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Keeps how often the person wants this page by email."""
    cadence = Cadence.of(request.POST.get("cadence", ""))
    choose_digest(signed_in_person(request), cadence=cadence)
    messages.success(request, f"Saved. By email: {cadence.label.lower()}.")
    return redirect("dashboards:today")


def address_of(need: Need) -> str:
    """Where the need is dealt with; "" while that page does not exist."""
    try:
        there = reverse(need.route, args=[need.argument] if need.argument else None)
    except NoReverseMatch:
        return ""
    return f"{there}?{need.query.replace(' ', '+')}" if need.query else there
