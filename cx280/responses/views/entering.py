"""Staff key paper forms: batches, the keying screen, the second keying, taking back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.responses import access, actions, queries
from cx280.responses.forms import BatchForm
from cx280.responses.models import Entry, PaperBatch
from cx280.responses.queries import entering as entered
from cx280.responses.rules.answers import Fault
from cx280.responses.rules.entering import MARK, ON_PAPER, EntryMode, Mark, Sheet, read_sheet
from cx280.responses.rules.form_numbers import read_number
from cx280.responses.rules.keys import Keyed, keyed_questions
from cx280.responses.wording import words
from cx280.surveys.access import may_edit, surveys_where
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.views.tabs import tabs_of

ENTER = Capability.ENTER_ANSWERS
NUMBER = "_number"  # a field no question can have: ids start with a letter
# Everybody may take back what they entered a moment ago; later somebody else looks at it.
_MOMENT = timedelta(hours=12)


@never_cache
@allow(ENTER)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The surveys the person may enter answers for."""
    person = signed_in_person(request)
    rows = entered.surveys_to_enter(access.entering_where(person), person, _since_midnight())
    return render(request, "responses/entering.html", {"rows": rows})


@never_cache
@allow(ENTER)
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The batches of paper forms of a survey, and a form that opens the next one."""
    person = signed_in_person(request)
    scope = access.survey_to_enter(person, code)
    form = _batch_form(request, scope)
    if request.method == "POST" and form is not None and form.is_valid():
        batch = _opened(form, scope.survey, person)
        if batch is not None:
            return redirect("responses:key", code=code, pk=batch.pk)
    context = {
        "survey": scope.survey,
        "form": form,
        "batches": entered.batches_of(scope.survey, scope.units),
        "tabs": survey_tabs(person, scope.survey),
    }
    bad = request.method == "POST"
    return render(request, "responses/paper.html", context, status=422 if bad else 200)


def survey_tabs(person: Person, survey: Survey) -> list[tuple[str, str]]:
    """The tabs of the survey, for those who may open more than this page."""
    if not surveys_where(person, Capability.SEE_SURVEYS).filter(pk=survey.pk).exists():
        return []
    return tabs_of(survey, may_edit=may_edit(person, survey))


def _batch_form(request: HttpRequest, scope: access.Scope) -> BatchForm | None:
    """The form with what this survey offers; None before any version was opened."""
    versions = entered.versions_of(scope.survey)
    if not versions:
        return None
    newest = queries.document_of(versions[0])
    today = queries.today_of(scope.survey.service.owner)
    units = access.units_to_enter(scope)
    initial = {
        "version": versions[0].number,
        "received_on": today,
        "channel": entered.usual_channel(scope.survey),
        "unit": units.first() if len(units) == 1 else None,
    }
    choices: dict[str, list[tuple[Any, str]]] = {
        "version": [(each.number, _version_words(each)) for each in versions],
        "channel": entered.channels_of(scope.survey),
        "language": [(each, LANGUAGE_NAMES.get(each, each)) for each in newest.locales],
    }
    sent = request.POST if request.method == "POST" else None
    return BatchForm(sent, units=units, choices=choices, today=today, initial=initial)


def _version_words(version: SurveyVersion) -> str:
    state = "closed" if version.closed_at else "open now"
    return f"Version {version.number}, {state}"


def _opened(form: BatchForm, survey: Survey, person: Person) -> PaperBatch | None:
    """The batch; None when these forms may not be keyed, which the form then says."""
    given = dict(form.cleaned_data)
    version = queries.version_of(survey, given.pop("version"))
    late = entered.late_for(version, given["received_on"])
    if late:
        form.add_error("received_on", f"{late} Forms that came outside of it are not keyed.")
        return None
    return actions.open_batch(version, **given, by=person, now=timezone.now())


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent, to be shown once more: values, marks and errors by question."""

    values: Mapping[str, Sequence[str]]
    marks: Mapping[str, str]
    errors: Mapping[str, str]
    number: str = ""
    number_error: str = ""

    @property
    def errors_shown(self) -> list[tuple[str, str]]:
        """(element, sentence) of everything that must be looked at again."""
        number = [("number", self.number_error)] if self.number_error else []
        return [*number, *((f"q-{name}", words) for name, words in self.errors.items())]


EMPTY = Typed({}, {}, {})


def typed(request: HttpRequest, sheet: Sheet | None, faults: Sequence[Fault] = ()) -> Typed:
    """What was sent, with a sentence for each fault."""
    said = words("en")
    values = {name: each for name, each in request.POST.lists() if not name.endswith(MARK)}
    errors = {each.question: said.say("faults", each.kind, **each.places) for each in faults}
    marks = {k: v for k, v in (sheet.marks if sheet else {}).items() if v != Mark.BLANK}
    return Typed(values, marks, errors, request.POST.get(NUMBER, ""))


def questions_of(version: SurveyVersion, language: str, given: Typed = EMPTY) -> list[Keyed]:
    """The questions with their keys, and with what was typed."""
    document = queries.document_of(version)
    return keyed_questions(document, language, given.values, given.marks, given.errors)


@never_cache
@allow(ENTER)
def key(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The keying screen of a batch."""
    person = signed_in_person(request)
    batch = access.batch_to_key(person, code, pk)
    if request.method != "POST":
        return _keying(request, person, batch, EMPTY)
    return _receive(request, person, batch)


def _receive(request: HttpRequest, person: Person, batch: PaperBatch) -> HttpResponse:
    """Stores the sheet and shows the empty form; or the sheet again with what is wrong."""
    number = read_number(request.POST.get(NUMBER, ""))
    fault = number.fault or _other_version(number.version, batch)
    try:
        sheet = read_sheet(queries.document_of(batch.version), dict(request.POST.lists()))
        if fault:
            given = _with_number(typed(request, sheet), fault)
            return _keying(request, person, batch, given, status=422)
        entry = actions.key_sheet(
            batch, number=number.text, sheet=sheet, by=person, now=timezone.now()
        )
    except actions.BadAnswers as problem:
        return _keying(request, person, batch, typed(request, sheet, problem.faults), status=422)
    except Problem as problem:
        given = _with_number(typed(request, None), f"{problem.message} {problem.fix}".strip())
        return _keying(request, person, batch, given, status=problem.status)
    messages.success(request, f"Form {entry.form_number}: {entry.get_outcome_display().lower()}.")
    return redirect("responses:key", code=batch.version.survey.code, pk=batch.pk)


def _with_number(given: Typed, fault: str) -> Typed:
    return Typed(given.values, given.marks, given.errors, given.number, fault)


def _other_version(version: int | None, batch: PaperBatch) -> str:
    if version in (None, batch.version.number):
        return ""
    return f"This form is of version {version}, and this batch of version {batch.version.number}."


def _keying(
    request: HttpRequest, person: Person, batch: PaperBatch, given: Typed, *, status: int = 200
) -> HttpResponse:
    survey = batch.version.survey
    latest = entered.latest_entries(batch.entries.all())
    mine = [each for each in latest if may_take_back(person, each)]
    context: dict[str, Any] = {
        "survey": survey,
        "batch": batch,
        "given": given,
        "questions": questions_of(batch.version, batch.language, given),
        "marks": marks_with_keys(ON_PAPER),
        "latest": latest,
        "to_take_back": {each.pk for each in mine},
        "last": next((each for each in mine if each.entered_by_id == person.pk), None),
        "today": entered.entered_since(person, _since_midnight(), survey, EntryMode.PAPER),
        "sheets": batch.entries.count(),
        "to_check": entered.entries_to_check(batch, person),
        "agreement": entered.agreement_of(batch),
        "why_empty": entered.marks_of(batch),
    }
    return render(request, "responses/key.html", context, status=status)


def marks_with_keys(marks: Sequence[Mark]) -> list[tuple[Mark, str]]:
    """Each mark with the letter that sets it: U, S, R."""
    return [(each, each.value[0].upper()) for each in marks]


def _since_midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@never_cache
@allow(ENTER)
def check(request: HttpRequest, code: str, pk: int, number: str) -> HttpResponse:
    """The second keying of one sheet; what was keyed first is not shown."""
    person = signed_in_person(request)
    batch = access.batch_to_key(person, code, pk)
    entry = entered.entry_to_check(batch, number)
    given, status = EMPTY, 200
    if request.method == "POST":
        sheet = read_sheet(queries.document_of(batch.version), dict(request.POST.lists()))
        try:
            second = actions.check_sheet(entry, sheet=sheet, by=person, now=timezone.now())
        except actions.BadAnswers as problem:
            given, status = typed(request, sheet, problem.faults), 422
        else:
            said = f"{len(second.differing)} of {second.compared} questions differ."
            messages.success(request, f"Form {number}, keyed twice. {said}")
            return redirect("responses:key", code=code, pk=pk)
    asked = questions_of(batch.version, batch.language, given)
    context = {
        "survey": batch.version.survey,
        "batch": batch,
        "entry": entry,
        "given": given,
        "questions": [each for each in asked if each.view.kind != "text"],
        "marks": marks_with_keys(ON_PAPER),
    }
    return render(request, "responses/check.html", context, status=status)


@allow(ENTER)
@require_POST
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Closes a batch whose forms are all keyed."""
    person = signed_in_person(request)
    actions.close_batch(access.batch_to_key(person, code, pk), by=person, now=timezone.now())
    messages.success(request, "The batch is closed.")
    return redirect("responses:paper", code=code)


@allow(ENTER)
@require_POST
def take_back(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Removes what was entered wrongly."""
    person = signed_in_person(request)
    entry = access.entry_to_take_back(person, code, pk, timezone.now() - _MOMENT)
    batch = entry.batch_id
    what = f"Form {entry.form_number}" if entry.form_number else "The call"
    actions.take_back(entry, by=person)
    messages.success(request, f"{what} is taken back, as if it had never been entered.")
    if batch is None:
        return redirect("responses:ask", code=code)
    return redirect("responses:key", code=code, pk=batch)


def may_take_back(person: Person, entry: Entry) -> bool:
    """Whether the page offers the person to take it back."""
    return access.may_take_back(person, entry, timezone.now() - _MOMENT)
