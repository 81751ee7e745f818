"""The script that other websites load, and the page that shows what it sends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, SIGNED_IN, allow, capabilities_of, signed_in_person
from cx280.accounts.rules import Capability
from cx280.pages.caching import same_for_everybody
from cx280.pages.scripts import script_for_anybody


@same_for_everybody
@allow(PUBLIC)
@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    """cx.js, for any website: compressed once, kept by caches for an hour, no cookie."""
    return script_for_anybody(request, "cx.js")


@allow(SIGNED_IN)
@require_safe
def attempt(request: HttpRequest) -> HttpResponse:
    """What does cx.js send? A page to press and see; nothing of it leaves the browser."""
    sees = Capability.SEE_TELEMETRY in capabilities_of(signed_in_person(request))
    return render(request, "telemetry/try.html", {"sees_telemetry": sees})
