"""The versions of a journey by date: what changed, each to look at, each to bring back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.journeys import access
from cx280.journeys.actions.drawing import bring_back
from cx280.journeys.documents.drawing import pictures
from cx280.journeys.documents.page import lanes_of
from cx280.journeys.queries.drawing import drawn_steps
from cx280.journeys.queries.history import days_of, sketch_in
from cx280.journeys.queries.maps import sketch_of
from cx280.journeys.rules.changes import changed
from cx280.journeys.views.frame import frame
from cx280.kernel.problem import NotFound


@never_cache
@allow(Capability.SEE_SERVICES)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed on which day."""
    found = access.journey_to_see(signed_in_person(request), pk)
    context = {**frame(request, found), "days": days_of(found)}
    return render(request, "journeys/history.html", context)


@never_cache
@allow(Capability.SEE_SERVICES)
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The journey as it was, and what changed since."""
    found = access.journey_to_see(signed_in_person(request), pk)
    kept = found.versions.filter(number=number).first()
    if kept is None:
        raise NotFound("This journey has no such version.")
    state = sketch_in(kept)
    drawn = drawn_steps(found, state.record)
    context = {
        **frame(request, found), "version": kept, "since": changed(state, sketch_of(found)),
        "pictures": pictures(drawn, "whole", key="version", name=state.record.name),
        "rows": [(each, lanes_of(step, each.lanes["Owner"]))
                 for each, step in zip(drawn, state.record.steps, strict=True)],
    }  # fmt: skip
    return render(request, "journeys/version.html", context)


@never_cache
@allow(Capability.EDIT_SERVICES)
@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Brings a version back, as a new one."""
    person = signed_in_person(request)
    found = access.journey_to_draw(person, pk)
    bring_back(found, number, by=person, now=timezone.now())
    messages.success(request, f"Version {number} is back. The one before is still kept.")
    return redirect("journeys:journey", pk)
