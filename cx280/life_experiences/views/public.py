"""Life experiences for everybody: which there are, and one with what its services published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.circular.implements import implements
from cx280.life_experiences import access
from cx280.life_experiences.queries.documents import document_of
from cx280.life_experiences.queries.experiences import whole_of
from cx280.pages.downloads import json_response


@allow(PUBLIC)
@require_safe
def experiences(request: HttpRequest) -> HttpResponse:
    """Every designated life experience, with lead, services and what comes next."""
    today = timezone.localdate()
    rows = [whole_of(each, today) for each in access.designated()]
    return render(request, "life_experiences/public_list.html", {"rows": rows})


@implements("280.13-c4", "280.4-d2")
@allow(PUBLIC)
@require_safe
def experience(request: HttpRequest, code: str) -> HttpResponse:
    """One life experience: story, charter, services, milestones, measures side by side."""
    found = access.designated_experience(code)
    context = {"whole": whole_of(found, timezone.localdate()), "row": found}
    return render(request, "life_experiences/public.html", context)


@allow(PUBLIC)
@require_safe
def experience_json(_request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs."""
    found = access.designated_experience(code)
    document = document_of(whole_of(found, timezone.localdate()))
    return json_response(f"life experience {code}", document)
