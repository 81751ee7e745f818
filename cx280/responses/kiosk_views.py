"""What a kiosk asks for: its page, a place to send to, its worker, and to become one."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.delivery.actions.kiosks import note_contact, set_up
from cx280.delivery.models import Kiosk
from cx280.delivery.queries.kiosks import kiosk_by_device, kiosk_by_link
from cx280.kernel.problem import Problem
from cx280.responses import actions, kiosk_pages, queries
from cx280.responses.actions.kiosks import count_beginning, note_beginnings, spoken
from cx280.responses.guard import addresses
from cx280.responses.models import Response
from cx280.responses.rules.answers import Fault, Given, read_form
from cx280.responses.rules.pace import Pace
from cx280.responses.rules.standing import Standing, still_takes
from cx280.responses.schemas import KioskBatch
from cx280.responses.survey_views import LANGUAGE, TOKEN, least_seconds, missing
from cx280.responses.tokens import LONGEST_UNIT, Token, new_token, read_token
from cx280.responses.wording import best_language
from cx280.surveys.models import SurveyVersion

# On the agency's own device, and sent to the kiosk's addresses alone (decision 13).
COOKIE = "cx280_kiosk"
_A_YEAR = 400 * 24 * 60 * 60  # seconds; no browser keeps one longer
_MARK = "X-Kiosk"  # tells the worker a page of ours from that of a network's sign-in


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """The survey on a kiosk, or the answers sent from it where no script runs."""
    version = queries.latest_version(code)
    if version is None:
        return missing(request)
    device = _device(request, code)
    language = _language(request, version)
    if device is None:
        unit = request.GET.get("unit", "").strip()[:LONGEST_UNIT]
        page = kiosk_pages.stranger_page(version, language=language, unit=unit)
        return HttpResponse(page, status=403)
    if request.method == "POST":
        return _receive(request, version, device, language)
    return _ask(request, version, device, language)


def _ask(
    request: HttpRequest, version: SurveyVersion, device: Kiosk, language: str
) -> HttpResponse:
    standing = queries.standing_of(version)
    if standing is not Standing.OPEN:
        page = kiosk_pages.closed_page(version, device, standing, language=language)
        return _marked(request, HttpResponse(page, status=410), version)
    token = new_token(version.pk, timezone.now(), device.unit.code)
    page = kiosk_pages.kiosk_page(version, device, language=language, token=token.written())
    return _marked(request, HttpResponse(page), version)


def _marked(request: HttpRequest, response: HttpResponse, version: SurveyVersion) -> HttpResponse:
    """The page with its mark, and the device known for another year."""
    response[_MARK] = "page"
    _remember(response, version.survey.code, request.COOKIES[COOKIE])
    return response


def _receive(
    request: HttpRequest, latest: SurveyVersion, device: Kiosk, language: str
) -> HttpResponse:
    """Stores what a plain form sent, and says thank you for some seconds."""
    now = timezone.now()
    token = read_token(request.POST.get(TOKEN, ""))
    asked = queries.version_that_asked(token.version_id, latest.survey.code) if token else None
    if not token or not asked or not still_takes(queries.ended_at(asked), token.issued_at, now):
        return _ask(request, latest, device, language)
    form = {k: v for k, v in request.POST.lists() if k not in {TOKEN, LANGUAGE}}
    document = queries.document_of(asked)
    given = read_form(document, form)
    faults = [Fault(each, "unknown") for each in form if not document.question(each)]
    notice = "" if faults or not given.is_empty else "empty"
    stored = 0
    if not faults and not notice:
        try:
            stored = _store(asked, token, given, device, language)
        except actions.BadAnswers as problem:
            faults = problem.faults
    if faults or notice:
        page = kiosk_pages.kiosk_page(
            asked, device, language=language, token=token.written(), given=form, faults=faults,
            notice=notice,
        )  # fmt: skip
        return HttpResponse(page, status=422)
    note_contact(device, now=now, stored=stored)
    there = reverse("survey:kiosk-thanks", args=[latest.survey.code])
    response = HttpResponseRedirect(f"{there}?{urlencode({'lang': language})}")
    response.status_code = 303
    return response


def _store(asked: SurveyVersion, token: Token, given: Given, device: Kiosk, language: str) -> int:
    now = timezone.now()
    hurried = token.seconds(now) < least_seconds()
    stored = actions.store(
        asked,
        token_id=token.response_id,
        answers=given.answers,
        comments=spoken(device, given),
        unit_code=token.unit or device.unit.code,
        language=language,
        received_at=now,
        seconds=token.seconds(now),
        suspected="sent faster than anybody reads" if hurried else "",
        source=Response.Source.KIOSK,
    )
    if stored.is_new:
        unit = token.unit or device.unit.code
        count_beginning(device, asked, token.response_id, unit=unit, language=language, at=now)
    return int(stored.is_new)


@never_cache
@allow(PUBLIC)
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks where no script runs; the browser goes back to the start by itself."""
    version, device = queries.latest_version(code), _device(request, code)
    if version is None or device is None:
        return missing(request)
    language = _language(request, version)
    response = HttpResponse(kiosk_pages.thanks_page(version, device, language=language))
    home = kiosk_pages.addresses(version)[0]
    response["Refresh"] = f"{kiosk_pages.THANKS}; url={home}"
    return response


# No CSRF token: the cookie goes to no other site's request (SameSite), and the body is JSON.
@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Takes in answers that waited on a kiosk, and what it tells of itself."""
    version, device = queries.latest_version(code), _device(request, code)
    if version is None or device is None:
        return JsonResponse({"error": "This device is no kiosk of this survey."}, status=403)
    if addresses.one_more("", f"{code} kiosk {device.pk}") is Pace.FLOOD:
        return JsonResponse({"error": "Too much at once."}, status=429, headers={"Retry-After": 60})
    try:
        batch = msgspec.json.decode(request.body, type=KioskBatch)
    except (msgspec.DecodeError, UnicodeError) as problem:
        return JsonResponse({"error": str(problem)}, status=422)
    now = timezone.now()
    taken = actions.store_from_kiosk(
        device, batch.answers, clock=batch.now, received_at=now, least_seconds=least_seconds()
    )
    begun = note_beginnings(device, batch.begun, clock=batch.now, received_at=now)
    refused = batch.refused + len(taken.refused)
    note_contact(device, now=now, waiting=batch.waiting, refused=refused, stored=taken.new)
    said = {
        "stored": taken.stored,
        "refused": taken.refused,
        "begun": begun,
        "now": int(now.timestamp() * 1000),
        "version": version.pk,
        "open": queries.standing_of(version) is Standing.OPEN,
    }
    return JsonResponse(said)


@never_cache
@allow(PUBLIC)
@require_safe
def worker(request: HttpRequest, code: str) -> HttpResponse:
    """The script that keeps the kiosk's pages on the device; it holds for its addresses alone."""
    version = queries.latest_version(code)
    found = finders.find("built/kiosk-worker.js")
    if version is None or not found:
        return missing(request)
    names = ["survey.css", "kiosk.css", "kiosk.js", "public-sans-400.woff2",
             "public-sans-700.woff2"]  # fmt: skip
    told = {
        "root": reverse("survey:kiosk", args=[code]),
        "pages": kiosk_pages.addresses(version),
        "assets": [static(f"built/{each}") for each in names],
    }
    text = f"const KIOSK = {json.dumps(told)};\n{Path(str(found)).read_text(encoding='utf-8')}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def become(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Makes this device a kiosk, once; by a button, for programs open links only to look."""
    found = kiosk_by_link(code, secret, timezone.now())
    if found is None or request.method != "POST":
        return HttpResponse(kiosk_pages.set_up_page(found), status=200 if found else 404)
    try:
        device = set_up(found, now=timezone.now())
    except Problem:
        return HttpResponse(kiosk_pages.set_up_page(None), status=404)
    response = HttpResponseRedirect(reverse("survey:kiosk", args=[code]))
    response.status_code = 303
    _remember(response, code, device)
    return response


def _remember(response: HttpResponse, code: str, secret: str) -> None:
    response.set_cookie(
        COOKIE, secret, max_age=_A_YEAR, path=reverse("survey:kiosk", args=[code]),
        secure=settings.SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip


def _device(request: HttpRequest, code: str) -> Kiosk | None:
    return kiosk_by_device(code, request.COOKIES.get(COOKIE, ""))


def _language(request: HttpRequest, version: SurveyVersion) -> str:
    """The language chosen on the screen, else the survey's first: the browser is nobody's own."""
    asked = request.POST.get(LANGUAGE) or request.GET.get("lang", "")
    return best_language(asked, "", queries.document_of(version).locales)
