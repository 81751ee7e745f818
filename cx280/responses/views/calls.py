"""An agent asks at the end of a call: the script word for word, the answers, or that nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.kernel.problem import Conflict
from cx280.responses import access, actions, queries
from cx280.responses.queries import entering as entered
from cx280.responses.rules.entering import BY_PHONE, EntryMode, Outcome, read_sheet
from cx280.responses.rules.standing import Standing
from cx280.responses.rules.statement import Statement
from cx280.responses.tokens import Token, new_token, read_token
from cx280.responses.views.entering import (
    EMPTY,
    ENTER,
    Typed,
    marks_with_keys,
    may_take_back,
    questions_of,
    survey_tabs,
    typed,
)
from cx280.responses.wording import Words, words
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.labels import LANGUAGE_NAMES

TOKEN, OUTCOME = "_page", "_outcome"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for which survey about which unit in which language."""

    request: HttpRequest
    person: Person
    scope: access.Scope
    version: SurveyVersion
    unit: Organization | None
    language: str

    @property
    def address(self) -> str:
        """This page with the same unit and language."""
        parts = {"unit": self.unit.code if self.unit else "", "lang": self.language}
        page = reverse("responses:ask", args=[self.scope.survey.code])
        return f"{page}?{urlencode({k: v for k, v in parts.items() if v})}"


@never_cache
@allow(ENTER)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The screen at the end of a call."""
    person = signed_in_person(request)
    scope = access.survey_to_enter(person, code)
    version = queries.latest_version(code)
    if version is None or queries.standing_of(version) is not Standing.OPEN:
        raise Conflict(
            "This survey is not open, so nobody may be asked its questions.",
            fix="Ask again when it is open. Forms received in time can still be keyed.",
        )
    asking = _asking(request, person, scope, version)
    if request.method == "POST":
        return _receive(asking)
    return _screen(asking, EMPTY, new_token(version.pk, timezone.now()))


def _asking(
    request: HttpRequest, person: Person, scope: access.Scope, version: SurveyVersion
) -> Asking:
    """The unit and language of the address; whoever may ask for one unit alone asks for that."""
    units = access.units_to_enter(scope)
    unit = units.filter(code=request.GET.get("unit", "")).first()
    if unit is None and scope.units is not None:
        unit = units.first()
    offered = queries.document_of(version).locales
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in offered else offered[0]
    return Asking(request, person, scope, version, unit, language)


def _receive(asking: Asking) -> HttpResponse:
    request, now = asking.request, timezone.now()
    token = read_token(request.POST.get(TOKEN, ""))
    if token is None or token.version_id != asking.version.pk:
        messages.warning(request, "The survey changed meanwhile. Please enter this call anew.")
        return redirect(asking.address)
    wanted = request.POST.get(OUTCOME, "")
    outcome = Outcome.of(wanted) if wanted in _WITHOUT else Outcome.ANSWERED
    sheet = read_sheet(queries.document_of(asking.version), dict(request.POST.lists()))
    try:
        entry = actions.enter_call(
            asking.version,
            token_id=token.response_id,
            outcome=outcome,
            sheet=sheet,
            unit=asking.unit,
            language=asking.language,
            seconds=token.seconds(now),
            by=asking.person,
            now=now,
        )
    except actions.BadAnswers as problem:
        return _screen(asking, typed(request, sheet, problem.faults), token, status=422)
    messages.success(request, _SAID[Outcome.of(entry.outcome)])
    return redirect(asking.address)


_WITHOUT = {Outcome.DECLINED.value, Outcome.NOT_ASKED.value}
_SAID = {
    Outcome.ANSWERED: "Stored. Thank the caller.",
    Outcome.DECLINED: "Counted as declined.",
    Outcome.NOT_ASKED: "Counted as not asked.",
}


def _screen(asking: Asking, given: Typed, token: Token, *, status: int = 200) -> HttpResponse:
    survey, person = asking.scope.survey, asking.person
    document = queries.document_of(asking.version)
    said = words(asking.language)
    statement = queries.statement_of(asking.version.survey, document, asking.language)
    latest = entered.latest_entries(entered.calls_of(survey, person))
    context = {
        "survey": survey,
        "version": asking.version,
        "unit": asking.unit,
        "units": access.units_to_enter(asking.scope),
        "language": asking.language,
        "said_in": said.language,
        "languages": [(each, LANGUAGE_NAMES.get(each, each)) for each in document.locales],
        "script": script(said, statement, len(document.questions)),
        "given": given,
        "questions": questions_of(asking.version, asking.language, given),
        "marks": marks_with_keys(BY_PHONE),
        "token": token.written(),
        "latest": latest,
        "last": next((each for each in latest if may_take_back(person, each)), None),
        "today": entered.entered_since(person, _midnight(), survey, EntryMode.PHONE),
        "tabs": survey_tabs(person, survey),
    }
    return render(asking.request, "responses/ask.html", context, status=status)


def script(said: Words, statement: Statement, questions: int) -> dict[str, str]:
    """What is said before and after the questions, word for word, in the caller's language."""
    count = said.table["numbers"].get(str(questions), str(questions)).lower()
    places = {
        "agency": statement.agency,
        "service": statement.service,
        "number": statement.control_number,
        "expires": said.day(statement.expires_on) if statement.expires_on else "",
        "minutes": said.minutes(statement.minutes or 1),
        "count": count,
    }
    return {key: said.say("phone", key, **places) for key in said.table["phone"]}


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
