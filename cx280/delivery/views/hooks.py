"""Where providers tell what became of messages, and what people answered; signed, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cx280.accounts.access import PUBLIC, allow
from cx280.delivery.actions.hearing import take_notice
from cx280.delivery.actions.hooks import KEPT, KEPT_WITHOUT_TIME, count, take_once
from cx280.delivery.queries.hooks import is_recent
from cx280.delivery.refusals import refusals
from cx280.delivery.rules.notices import LARGEST, Notice, read_notice, read_twilio
from cx280.delivery.rules.signatures import is_from_twilio, standard_sender
from cx280.delivery.rules.vocabulary import HookVerdict
from cx280.kernel.problem import Problem
from cx280.pages.middleware import problem_document

_REFUSED = {
    HookVerdict.UNSIGNED: "This request is not signed by the provider we know.",
    HookVerdict.REPLAYED: "This very request was taken before.",
    HookVerdict.OLD: "This request is too old, or from a clock that is wrong.",
}


# No CSRF token in any of these: the sender is a program, and known by its signature alone.
@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def twilio(request: HttpRequest) -> HttpResponse:
    """Statuses and incoming texts, signed by Twilio with the account's token."""
    now, token = timezone.now(), settings.CX280_TWILIO_TOKEN
    if not token:
        return _not_set_up("CX280_TWILIO_TOKEN")
    if _is_too_large(request):
        return _told(413, "This is larger than we take.")
    fields = [(name, each) for name, values in request.POST.lists() for each in values]
    signature = request.headers.get("X-Twilio-Signature", "")
    url = f"{settings.PUBLIC_ADDRESS}{request.get_full_path()}"
    if not is_from_twilio(token, url, fields, signature):
        return _refuse(request, "twilio", HookVerdict.UNSIGNED, now)
    notice = read_twilio(dict(fields), request.GET.get("message", ""))
    if notice.message and not is_recent(notice.message, now):
        return _refuse(request, "twilio", HookVerdict.OLD, now)
    return _take("twilio", (signature,), notice, "", now)


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def texts(request: HttpRequest) -> HttpResponse:
    """What any provider of texts tells, signed by the convention of Standard Webhooks."""
    return _standard(request, "text")


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Bounces and complaints of mail, signed by the convention of Standard Webhooks."""
    return _standard(request, "mail")


def _standard(request: HttpRequest, about: str) -> HttpResponse:
    now, secrets = timezone.now(), settings.CX280_HOOK_SECRETS
    if not secrets:
        return _not_set_up("CX280_HOOK_SECRETS")
    if _is_too_large(request):
        return _told(413, "This is larger than we take.")
    sender = standard_sender(secrets, dict(request.headers.items()), request.body, now)
    if sender.verdict is not HookVerdict.TAKEN:
        return _refuse(request, about, sender.verdict, now)
    notice = read_notice(request.body, about)
    if notice is None:
        count(about, HookVerdict.UNREADABLE, now)
        return _told(422, "This is not what we read here; see the guide.")
    return _take(about, (sender.identity, sender.at), notice, sender.identity, now)


def _take(
    hook: str, name: Sequence[str], notice: Notice, identity: str, now: datetime
) -> HttpResponse:
    """204 once it is kept, or was known; the same request again is refused."""
    is_timed = bool(identity) or bool(notice.message)
    verdict = take_once(
        hook,
        tuple(name),
        identity=identity,
        effect=lambda: take_notice(notice, now),
        now=now,
        keep=KEPT if is_timed else KEPT_WITHOUT_TIME,
    )
    if verdict is HookVerdict.REPLAYED:
        return _told(401, _REFUSED[verdict])
    return HttpResponse(status=204)


def _refuse(request: HttpRequest, hook: str, verdict: HookVerdict, now: datetime) -> HttpResponse:
    """401, counted; from a network that sends nothing else, 429 and nothing written."""
    if refusals.is_flood(_network(request)):
        answer = _told(429, "Too many requests that we cannot take.")
        answer["Retry-After"] = "60"
        return answer
    count(hook, verdict, now)
    return _told(401, _REFUSED[verdict])


def _not_set_up(name: str) -> HttpResponse:
    return _told(404, "Nobody is expected here.", fix=f"Whoever runs cx280 sets {name} first.")


def _told(status: int, words: str, *, fix: str = "") -> HttpResponse:
    problem = Problem(words, fix=fix)
    problem.status = status
    return JsonResponse(
        problem_document(problem), status=status, content_type="application/problem+json"
    )


def _is_too_large(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length", "0")
    return not length.isdigit() or int(length) > LARGEST


def _network(request: HttpRequest) -> str:
    """Where the request came from, as the proxy in front saw it."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
