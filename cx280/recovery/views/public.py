"""Where who has just answered may say how to reach them: by choice, apart from the answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import PUBLIC, allow
from cx280.recovery import actions, queries
from cx280.recovery.forms import reach_from
from cx280.responses.embedded import address_of
from cx280.responses.guard import addresses
from cx280.responses.models import Response
from cx280.responses.queries import document_of, latest_version, offers_contact, today_of
from cx280.responses.rules.pace import Pace
from cx280.responses.rules.ways import Way
from cx280.responses.survey_pages import around
from cx280.responses.survey_views import missing
from cx280.responses.tokens import CONTACT_DAYS, read_reference
from cx280.responses.wording import best_language
from cx280.surveys.models import SurveyVersion


# No CSRF token: it would need a cookie. The sealed name of the answers says who may send this.
@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for an email address or a telephone number, says why and how long, and takes it in."""
    version = latest_version(code)
    if version is None:
        return missing(request)
    response = _response(request, version)
    if response is None or not offers_contact(version):
        return _page(request, version, "over", status=410)
    if request.method != "POST":
        return _page(request, version, "ask")
    return _take_in(request, version, response)


def _response(request: HttpRequest, version: SurveyVersion) -> Response | None:
    named = read_reference(request.GET.get("contact", ""), timezone.now())
    return queries.response_of(version.survey, named) if named else None


def _take_in(request: HttpRequest, version: SurveyVersion, response: Response) -> HttpResponse:
    pace = addresses.one_more(address_of(request), f"contact {version.survey.code}")
    if pace is Pace.FLOOD:
        waiting = _page(request, version, "ask", {"": "wait"}, status=429)
        waiting["Retry-After"] = "60"
        return waiting
    reach, faults = reach_from(request.POST.get("email", ""), request.POST.get("phone", ""))
    if faults:
        return _page(request, version, "ask", faults, status=422)
    now = timezone.now()
    actions.keep_wish(version, response, reach=reach, language=_language(request, version), now=now)
    return _page(request, version, "sent")


def _page(
    request: HttpRequest, version: SurveyVersion, shown: str,
    faults: dict[str, str] | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    language = _language(request, version)
    way = Way(contact=request.GET.get("contact", ""))
    frame = around(version, language, way=way)
    context = {
        **frame,
        "shown": shown,
        "said": _said(frame, version),
        "faults": {name: frame["words"]["contact"][key] for name, key in (faults or {}).items()},
        "general": frame["words"]["contact"][faults[""]] if faults and "" in faults else "",
        "email": request.POST.get("email", ""),
        "phone": request.POST.get("phone", ""),
    }
    page = render(request, "recovery/contact.html", context, status=status)
    page["Content-Language"] = language
    page["Referrer-Policy"] = "no-referrer"  # the address names the answers
    return page


def _said(frame: dict[str, Any], version: SurveyVersion) -> dict[str, str]:
    """The sentences with their {places} filled."""
    said, statement = frame["words"], frame["statement"]
    last = today_of(version.survey.service.owner) + timedelta(days=CONTACT_DAYS)
    places = {"agency": statement.agency, "service": statement.service}
    places |= {"days": CONTACT_DAYS, "day": said.day(last)}
    return {key: said.say("contact", key, **places) for key in ("use", "who", "kept", "sent")}


def _language(request: HttpRequest, version: SurveyVersion) -> str:
    accepted = request.headers.get("Accept-Language", "")
    return best_language(request.GET.get("lang", ""), accepted, document_of(version).locales)
