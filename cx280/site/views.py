"""The front door, the health check and the system page."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cx280 import __version__
from cx280.accounts.access import PUBLIC, allow, capabilities_of, person_of
from cx280.accounts.rules import Capability
from cx280.delivery.queries.hooks import hooks_since
from cx280.opendata.views import front as public_front
from cx280.site.queries import job_states, storage

# Where each kind of person starts; the first they may open.
_STARTS = (
    (Capability.SEE_GOVERNMENT, "oversight:console"),
    (Capability.SEE_COMMENTS, "dashboards:today"),
    (Capability.SEE_MEASURES, "services:list"),
    (Capability.SEE_SYSTEM, "system"),
    (Capability.ENTER_ANSWERS, "responses:entering"),
    (Capability.CONTACT_CUSTOMERS, "recovery:wishes"),
)


@allow(PUBLIC)
def front(request: HttpRequest) -> HttpResponseBase:
    """The start of whoever is signed in; the public front page otherwise."""
    person = person_of(request)
    if person is None:
        return public_front(request)
    held = capabilities_of(person)
    for capability, route in _STARTS:
        if capability in held:
            return redirect(route)
    return redirect("accounts:me")


@allow(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """200 when the system can answer, 503 when its record cannot be read; no secrets."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "failing", "record": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "record": "ok", "version": __version__})


@allow(Capability.SEE_SYSTEM)
def system(request: HttpRequest) -> HttpResponse:
    """Is cx280 healthy? Jobs, storage, version."""
    data = Path(settings.DATA)
    context = {
        "jobs": job_states(timezone.now()),
        "storage": storage(),
        "free_bytes": shutil.disk_usage(data).free,
        "version": __version__,
        "engine": connection.vendor,
        "hooks": hooks_since(timezone.now()),
    }
    return render(request, "site/system.html", context)
