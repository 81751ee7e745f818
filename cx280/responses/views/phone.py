"""A survey by phone: the addresses for the phone system, its settings, what callers hear."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.responses import access, actions, queries
from cx280.responses.forms import LineSecretForm, PhoneLineForm
from cx280.responses.models import PhoneLine
from cx280.responses.queries.calls import calls_of, line_key, line_of
from cx280.responses.rules.calls import BEGIN, LANGUAGE, State, end_of, may_be_keyed
from cx280.responses.rules.keys import keyed_questions
from cx280.responses.rules.standing import Standing
from cx280.responses.spoken import Said, languages_of, left_out, said_at
from cx280.responses.views.voice import LINE
from cx280.surveys.access import survey_to_edit
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.views.tabs import tabs_of

DAYS = 30


@never_cache
@allow(Capability.EDIT_SURVEYS)
def by_phone(request: HttpRequest, code: str) -> HttpResponse:
    """The page of the survey's phone line."""
    person = signed_in_person(request)
    survey = survey_to_edit(person, code)
    line = line_of(survey)
    initial = {"is_on": line.is_on, "wait_seconds": line.wait_seconds}
    form = PhoneLineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.save_phone_line(survey, **form.cleaned_data, by=person)
        messages.success(request, "Saved.")
        return redirect("responses:by-phone", code=code)
    version = queries.latest_version(code)
    is_open = version is not None and queries.standing_of(version) is Standing.OPEN
    unit = access.units_to_choose(survey).filter(code=request.GET.get("unit", "")).first()
    context = {
        "survey": survey,
        "line": line,
        "form": form,
        "secret_form": LineSecretForm(),
        "now": timezone.now(),
        "is_open": is_open,
        "units": access.units_to_choose(survey),
        "unit": unit,
        "addresses": _addresses(line, unit.code if unit else ""),
        "has_token": bool(settings.CX280_TWILIO_TOKEN),
        "heard": _heard(version, request.GET.get("lang", "")) if version else None,
        "calls": calls_of(survey, timezone.localdate() - timedelta(days=DAYS - 1)),
        "days": DAYS,
        "tabs": tabs_of(survey, may_edit=True),
    }
    bad = request.method == "POST"
    return render(request, "responses/by_phone.html", context, status=422 if bad else 200)


@never_cache
@allow(Capability.EDIT_SURVEYS)
@require_POST
def change_secret(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the phone line a new address; the old one works for as long as was chosen."""
    person = signed_in_person(request)
    survey = survey_to_edit(person, code)
    form = LineSecretForm(request.POST)
    if form.is_valid():
        hours = timedelta(hours=form.cleaned_data["old_hours"])
        actions.change_line_secret(survey, old_for=hours, by=person, now=timezone.now())
        messages.success(request, "The address is new. Give it to your phone system.")
    else:
        messages.error(request, "Choose how long the old address goes on working.")
    return redirect("responses:by-phone", code=code)


def _addresses(line: PhoneLine, unit: str) -> dict[str, str]:
    """What is told to the phone system, for one office when its code is given."""
    site, survey = settings.PUBLIC_ADDRESS, line.survey
    about = {"unit": unit} if unit else {}
    voice = urlencode({LINE: line_key(line), **about})
    twilio = f"{site}{reverse('survey:twiml', args=[survey.code])}"
    return {
        "voicexml": f"{site}{reverse('survey:voice', args=[survey.code])}?{voice}",
        "twilio": f"{twilio}?{urlencode(about)}" if about else twilio,
        "ended": f"{site}{reverse('survey:twiml-ended', args=[survey.code])}",
    }


def _heard(version: SurveyVersion, wanted: str) -> dict[str, object]:
    """Everything a caller hears from the first word to the last who presses only right keys."""
    languages, document = languages_of(version), queries.document_of(version)
    language = wanted if wanted in languages else languages[0]
    asked = keyed_questions(document, language)
    steps = [step for step, each in enumerate(asked) if may_be_keyed(each)]
    first = [LANGUAGE] if len(languages) > 1 else []
    parts: list[Said] = [
        said_at(version, State(language, step))
        for step in [*first, BEGIN, *steps, end_of(document)]
    ]
    return {
        "parts": parts,
        "language": language,
        "languages": [(each, LANGUAGE_NAMES.get(each, each)) for each in languages],
        "left_out": [each.view.text for each in left_out(document)],
    }
