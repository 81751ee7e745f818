"""What is wrong now? Else: nothing needs you."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.queries.told import open_lines
from cx280.alarms.queries.watching import watched_in
from cx280.alarms.rules.vocabulary import State
from cx280.alarms.views.frame import moment, tabs


@never_cache
@allow(Capability.SEE_ALARMS)
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Every incident that goes on, what nobody has taken first."""
    person = signed_in_person(request)
    lines = open_lines(person)
    return render(
        request,
        "alarms/now.html",
        {
            "tabs": tabs(request),
            "lines": [(each, moment(each.message.since)) for each in lines],
            "waiting": sum(each.state is State.OPEN for each in lines),
            "watched": watched_in(access.all_watches_to_see(person)),
        },
    )
