"""How feedback of the same people moves along the journey; begun and stopped here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.delivery.actions.following import follow_journey, stop_following
from cx280.delivery.queries.following import holds
from cx280.journeys import access
from cx280.journeys.queries.along import clearances_for, following_of, moments, moved, told
from cx280.journeys.rules.along import LEAST_PEOPLE
from cx280.journeys.views.frame import frame
from cx280.kernel.problem import Problem
from cx280.responses.queries import today_of


@never_cache
@allow(Capability.SEE_MEASURES)
@require_safe
def along(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answered at several moments, and how much their feedback moved, within each person."""
    person = signed_in_person(request)
    found = access.journey_with_measures(person, pk)
    following = following_of(found)
    context: dict[str, Any] = {
        **frame(request, found),
        "following": following,
        "holds": following and holds(following, today_of(found.service.owner)),
        "moments": moments(found),
        "clearances": clearances_for(found),
        "fewest": max(settings.CX280_SMALLEST_CELL, LEAST_PEOPLE),
        "may_follow": access.may_follow(person, found),
    }
    if following is not None:
        result = moved(following)
        context |= {"told": told(found, result), "hidden": result.hidden}
        context["seen"] = sum(each.is_seen for each in result.moves)
    return render(request, "journeys/along.html", context)


@never_cache
@allow(Capability.EDIT_SURVEYS)
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins to follow the journey under a clearance, or stops and destroys what was kept."""
    person = signed_in_person(request)
    found = access.journey_to_follow(person, pk)
    following = following_of(found)
    if request.POST.get("stop") == "1":
        if following is not None:
            stop_following(following, actor=person.email)
            messages.success(request, "Stopped. The key and all that was kept are destroyed.")
        return redirect("journeys:along", pk)
    named = request.POST.get("clearance", "")
    chosen = next((c for c in clearances_for(found) if str(c.pk) == named), None)
    try:
        follow_journey(found, clearance=chosen, on=today_of(found.service.owner), by=person)
    except Problem as problem:
        rule = f" (rule {problem.rule})" if problem.rule else ""
        messages.error(request, f"{problem.message} {problem.fix}{rule}")
    else:
        messages.success(request, "From now on, answers along this journey are read together.")
    return redirect("journeys:along", pk)
