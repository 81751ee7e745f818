"""Who came together about a provider's year, and keeping a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.actions.meetings import keep_meeting
from cx280.designation.forms import MeetingForm
from cx280.designation.models import Meeting
from cx280.designation.queries.meetings import together
from cx280.kernel.problem import NotAllowed, Problem
from cx280.services.models import Hisp, Service

SEE, DESIGNATE = Capability.SEE_QUARTERS, Capability.DESIGNATE


@never_cache
@allow(SEE)
@require_safe
def meetings(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """The year's meetings, and what each office did."""
    person = signed_in_person(request)
    found = access.hisp_whose_meetings(person, hisp)
    context = {
        "hisp": found,
        "year": year,
        "together": together(found, year),
        "may_write": access.may_write(person, found),
    }
    return render(request, "designation/meetings.html", context)


@never_cache
@allow(DESIGNATE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Keeps a meeting."""
    return _write(request, access.hisp_to_write(signed_in_person(request), hisp), year, None)


@never_cache
@allow(DESIGNATE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, hisp: str, year: int, pk: int) -> HttpResponse:
    """Changes what is kept of a meeting."""
    found = access.hisp_to_write(signed_in_person(request), hisp)
    return _write(request, found, year, access.meeting_of(found, year, pk))


def _write(request: HttpRequest, hisp: Hisp, year: int, meeting: Meeting | None) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = MeetingForm(given, initial=_initial(meeting))
    services = Service.objects.filter(hisp=hisp, retired_on__isnull=True).order_by("name")
    form.fields["services"].queryset = services  # type: ignore[attr-defined]
    if given is not None and form.is_valid():
        try:
            keep_meeting(hisp, meeting, fiscal_year=year, **form.given(),
                         by=signed_in_person(request), now=timezone.now())  # fmt: skip
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("designation:meetings", hisp.code, year)
    context = {"hisp": hisp, "year": year, "form": form, "meeting": meeting}
    status = 422 if given is not None else 200
    return render(request, "designation/meeting.html", context, status=status)


def _initial(meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        return {"held_on": timezone.localdate()}
    found: dict[str, Any] = {
        "about": meeting.about,
        "held_on": meeting.held_on,
        "decided": meeting.decided,
        "services": [each.code for each in meeting.services.all()],
    }
    for seat in meeting.seats.all():
        found |= {f"{seat.office}_part": seat.part, f"{seat.office}_words": seat.words}
    return found
