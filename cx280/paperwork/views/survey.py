"""Under which approval a survey asks, and what was requested for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.paperwork.queries.lists import lines_of, requests_about, under_way
from cx280.surveys.access import may_edit, survey_to_see
from cx280.surveys.queries import clearance_findings
from cx280.surveys.views.tabs import tabs_of


@never_cache
@allow(Capability.SEE_SURVEYS)
@require_safe
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The approval that covers the survey, and the requests about it."""
    person = signed_in_person(request)
    found = survey_to_see(person, code)
    edits = may_edit(person, found)
    context = {
        "survey": found,
        "findings_": clearance_findings(found, timezone.localdate()),
        "lines": lines_of(requests_about(found).select_related("clearance")),
        "under_way": under_way(found),
        "may_edit": edits,
        "tabs": tabs_of(found, may_edit=edits),
    }
    return render(request, "paperwork/survey.html", context)
