"""Where phone systems ask what to say next: VoiceXML, and Twilio's own words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import PUBLIC, allow
from cx280.delivery.rules.signatures import is_from_twilio
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.responses import actions, queries, twiml, voicexml
from cx280.responses.models import Call
from cx280.responses.queries.calls import line_of, opens
from cx280.responses.rules.calls import HUNG_UP, Turn, first_state
from cx280.responses.rules.standing import Standing, still_takes
from cx280.responses.spoken import Said, closing, languages_of, said_at
from cx280.responses.tokens import LONGEST_UNIT
from cx280.surveys.models import SurveyVersion

_SALT = "cx280.call-step"
_LONGEST_CALL = timedelta(hours=6)
LINE = "line"  # in the address: proves that staff gave it to a phone system


@dataclass(frozen=True, slots=True)
class Step:
    """What a document carries back: its call, where it stood, and what the call is about."""

    call: str
    version: int
    step: int
    tries: int
    unit: str = ""

    def written(self) -> str:
        """The token, signed with the time."""
        parts = [self.call, self.version, self.step, self.tries, self.unit]
        return signing.dumps(parts, salt=_SALT)


def read_step(written: str) -> Step | None:
    """What a token says; None when it is cut, forged, or of a call that is long over."""
    try:
        call, version, step, tries, unit = signing.loads(
            written[:1000], salt=_SALT, max_age=_LONGEST_CALL
        )
        return Step(str(call), int(version), int(step), int(tries), str(unit))
    except (signing.BadSignature, ValueError, TypeError):
        return None


# No CSRF token: the sender is a phone system, known by the line in its address and signed tokens.
@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """The beginning of a call on GET, and each next step on POST, as VoiceXML."""
    if request.method == "POST":
        return _voice_step(request, code)
    version = _version(code)
    line = line_of(version.survey)
    if not opens(line, request.GET.get(LINE, ""), timezone.now()):
        raise NotFound("There is no telephone line here.")
    if not line.is_on or queries.standing_of(version) is not Standing.OPEN:
        return _vxml(voicexml.voicexml(closing(languages_of(version)[0])))
    unit = request.GET.get("unit", "").strip()[:LONGEST_UNIT]
    state = first_state(languages_of(version))
    step = Step(uuid.uuid4().hex, version.pk, state.step, state.tries, unit)
    return _vxml_said(code, said_at(version, state), step.written(), line.wait_seconds)


def _voice_step(request: HttpRequest, code: str) -> HttpResponse:
    step = read_step(request.POST.get("call", ""))
    asked = queries.version_that_asked(step.version, code) if step else None
    if step is None or asked is None:
        return _vxml(voicexml.voicexml(closing("en", "lost")))
    now, languages = timezone.now(), languages_of(asked)
    call = actions.answer_call(
        asked, name=uuid.UUID(step.call), unit_code=step.unit, languages=languages, now=now
    )
    pressed = request.POST.get("key", "")[:40]
    call, done = actions.take_key(
        call, step=step.step, tries=step.tries, pressed=pressed, languages=languages, now=now
    )
    said = _said(call, done, pressed, now)
    following = Step(step.call, step.version, call.step, call.tries, step.unit)
    wait = line_of(asked.survey).wait_seconds
    return _vxml_said(code, said, following.written(), wait)


def _said(call: Call, done: Turn, pressed: str, now: datetime) -> Said:
    """What the call hears next; nothing more than thanks when it is over."""
    if call.ended_at is not None and (pressed == HUNG_UP or call.ended_at < now):
        return closing(call.language, "ended")
    if not still_takes(queries.ended_at(call.version), call.began_at, now):
        actions.end_call(call.pk, now=now)
        return closing(call.language)
    return said_at(call.version, call.state, done)


def _vxml_said(code: str, said: Said, token: str, wait_seconds: int) -> HttpResponse:
    address = reverse("survey:voice", args=[code])
    return _vxml(voicexml.voicexml(said, address=address, token=token, wait_seconds=wait_seconds))


def _vxml(document: bytes) -> HttpResponse:
    return HttpResponse(document, content_type=voicexml.KIND)


def _version(code: str) -> SurveyVersion:
    version = queries.latest_version(code)
    if version is None:
        raise NotFound("There is no telephone line here.")
    return version


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def twilio(request: HttpRequest, code: str) -> HttpResponse:
    """Each step of a call that Twilio carries. Its number is in the request, and is not read."""
    _refuse_others(request)
    version = _version(code)
    name, now = _call_name(request), timezone.now()
    step = read_step(request.GET.get("call", ""))
    line = line_of(version.survey)
    if step is None and (not line.is_on or queries.standing_of(version) is not Standing.OPEN):
        return _twiml(twiml.twiml(closing(languages_of(version)[0])))
    unit = request.GET.get("unit", "").strip()[:LONGEST_UNIT]
    call = actions.answer_call(
        version, name=name, unit_code=unit, languages=languages_of(version), now=now
    )
    done, pressed = Turn(call.state), ""
    if step is not None:
        pressed = _pressed(request, call)
        call, done = actions.take_key(
            call,
            step=step.step,
            tries=step.tries,
            pressed=pressed,
            languages=languages_of(call.version),
            now=now,
        )
    said = _said(call, done, pressed, now)
    following = Step("", call.version_id, call.step, call.tries).written()
    address = reverse("survey:twiml", args=[code])
    action = f"{address}?{urlencode({'call': following})}"
    return _twiml(twiml.twiml(said, action=action, wait_seconds=line.wait_seconds))


def _pressed(request: HttpRequest, call: Call) -> str:
    """The keys that Twilio gathered for the step at which the call stands."""
    return twiml.pressed_in(
        request.POST.get("Digits", "")[:40],
        request.POST.get("FinishedOnKey", ""),
        several=said_at(call.version, call.state).keys > 1,
    )


@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_POST
def twilio_ended(request: HttpRequest, code: str) -> HttpResponse:
    """Twilio tells that a call is over: what was given until then is stored."""
    _refuse_others(request)
    _version(code)
    actions.end_call(_call_name(request), now=timezone.now())
    return HttpResponse(status=204)


def _refuse_others(request: HttpRequest) -> None:
    """Only what Twilio signed with the account's token, for the address as it was called."""
    fields = [(name, each) for name, values in request.POST.lists() for each in values]
    url = f"{settings.PUBLIC_ADDRESS}{request.get_full_path()}"
    given = request.headers.get("X-Twilio-Signature", "")
    if not is_from_twilio(settings.CX280_TWILIO_TOKEN, url, fields, given):
        raise NotAllowed("This request is not signed by the phone system we know.")


def _call_name(request: HttpRequest) -> uuid.UUID:
    """The call, by a keyed hash of Twilio's name for it."""
    return actions.call_id(request.POST.get("CallSid", "")[:100])


def _twiml(document: bytes) -> HttpResponse:
    return HttpResponse(document, content_type=twiml.KIND)
