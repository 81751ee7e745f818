"""Somebody's own calendar of what they owe."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import PUBLIC, allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.obligations import access
from cx280.obligations.actions.calendars import open_feed, renew_feed
from cx280.obligations.documents.calendar import calendar_of
from cx280.obligations.queries.calendar import entries_of

SEE = Capability.SEE_QUARTERS


@never_cache
@allow(SEE)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The address to give a calendar program, and how."""
    feed = open_feed(signed_in_person(request))
    path = reverse("obligations:feed", args=[access.calendar_token(feed)])
    context = {"address": settings.PUBLIC_ADDRESS + path, "path": path}
    return render(request, "obligations/calendar.html", context)


@never_cache
@allow(SEE)
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new address; the old one stops working."""
    renew_feed(signed_in_person(request))
    messages.success(request, "Your calendar has a new address. The old one no longer works.")
    return redirect("obligations:calendar")


@never_cache
@allow(PUBLIC)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever holds its secret address: programs cannot sign in."""
    person = access.calendar_owner(token)
    seen = access.obligations_to_see(person)
    entries = entries_of(seen, timezone.localdate(), whole=not access.sees_all(person))
    body = calendar_of("What we owe OMB", entries, now=timezone.now())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
