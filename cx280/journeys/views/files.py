"""Journeys as files: JSON, page and picture; each can be brought in again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.journeys import access
from cx280.journeys.documents.drawing import whole
from cx280.journeys.documents.page import page_of
from cx280.journeys.queries.drawing import drawn_steps
from cx280.journeys.queries.maps import sketch_of
from cx280.journeys.rules.files import to_json
from cx280.pages.downloads import safe_name

_KINDS = {"json": "application/json", "svg": "image/svg+xml", "html": "text/html; charset=utf-8"}


@never_cache
@allow(Capability.SEE_SERVICES)
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The journey as a file of that kind: json, svg or html."""
    found = access.journey_to_see(signed_in_person(request), pk)
    record = sketch_of(found).record
    if kind == "json":
        text = to_json(record)
    else:
        steps = drawn_steps(found, record)
        text = whole(steps, record) if kind == "svg" else page_of(record, steps)
    response = HttpResponse(text, content_type=_KINDS[kind])
    name = safe_name(f"{found.service.code}-{record.name}", kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
