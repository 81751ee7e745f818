"""In which languages can people answer, and what is still to be translated?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.surveys import access, actions, queries
from cx280.surveys.forms import LanguageForm
from cx280.surveys.models import Survey
from cx280.surveys.problems import DraftMovedOn
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import REVIEWED, direction, language_name, written_in
from cx280.surveys.rules.translations import (
    Translation,
    begun,
    pieces,
    read_by_natives,
    translation_of,
    with_translation,
    without,
)
from cx280.surveys.views.tabs import tabs_of

FIELD = "words:"
_NAMED = 3  # languages that a title names


@never_cache
@allow(Capability.SEE_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest, code: str) -> HttpResponse:
    """Each language with what is missing; one of them side by side with the English."""
    person = signed_in_person(request)
    survey = access.survey_to_see(person, code)
    document = queries.draft_of(survey)
    chosen = LanguageForm(request.GET or None)
    locale = chosen.cleaned_data["lang"] if chosen.is_valid() else ""
    if request.method == "POST":
        survey = access.survey_to_edit(person, code)
        if locale and request.POST.get("do") == "read":
            return _mark(request, survey, document, locale)
        if locale:
            return _save(request, survey, document, locale)
    return _page(request, survey, document, locale)


def _save(
    request: HttpRequest, survey: Survey, document: SurveyDocument, locale: str
) -> HttpResponse:
    """Keeps what was typed, or takes the whole language out."""
    person, name = signed_in_person(request), language_name(locale)
    if request.POST.get("do") == "take-out":
        changed, said = without(document, locale), f"{name} is out of the draft."
    else:
        changed, said = with_translation(document, locale, _typed(request)), f"{name} is saved."
    right = set(request.POST.getlist("right"))
    written = request.POST.get("revision", "")
    try:
        actions.save_draft(
            survey, by=person, document=changed,
            revision=int(written) if written.isdecimal() and len(written) < 10 else 0,
            still_right={locale: right},
        )  # fmt: skip
    except DraftMovedOn as problem:
        survey.refresh_from_db()
        return _page(request, survey, changed, locale, problem=str(problem))
    messages.success(request, said)
    return redirect(f"{reverse('surveys:languages', args=[survey.code])}?lang={locale}")


def _mark(
    request: HttpRequest, survey: Survey, document: SurveyDocument, locale: str
) -> HttpResponse:
    """Keeps who read the language over as a native speaker."""
    try:
        actions.mark_as_read(
            survey, locale=locale, reader=request.POST.get("reader", ""),
            by=signed_in_person(request), on=timezone.localdate(),
        )  # fmt: skip
    except Problem as problem:
        return _page(request, survey, document, locale, problem=str(problem), status=422)
    messages.success(request, f"{language_name(locale)} is marked as read.")
    return redirect(f"{reverse('surveys:languages', args=[survey.code])}?lang={locale}")


def _typed(request: HttpRequest) -> dict[str, str]:
    """{place: words} of every field that was sent."""
    return {
        name.removeprefix(FIELD): value.replace("\x00", "")[:20_000]
        for name, value in request.POST.items()
        if name.startswith(FIELD) and isinstance(value, str)
    }


def _page(
    request: HttpRequest,
    survey: Survey,
    document: SurveyDocument,
    locale: str,
    *,
    problem: str = "",
    status: int = 409,
) -> HttpResponse:
    may_edit = access.may_edit(signed_in_person(request), survey)
    sources = survey.translated_from
    found = [translation_of(document, each, sources) for each in begun(document)]
    context: dict[str, Any] = {
        "survey": survey,
        "title": _title(found),
        "found": sorted(
            (_row(each, survey, document) for each in found), key=lambda row: str(row["name"])
        ),
        "choose": LanguageForm(initial={"lang": locale}),
        "may_edit": may_edit,
        "problem": problem,
        "revision": survey.draft_revision,
        "tabs": tabs_of(survey, may_edit=may_edit),
    }
    if locale:
        context |= _beside(survey, document, locale)
    return render(request, "surveys/languages.html", context, status=status if problem else 200)


def _title(found: list[Translation]) -> str:
    offered = sorted(language_name(each.locale) for each in found if each.is_offered)
    if not offered:
        return "The draft is in English only"
    if len(offered) > _NAMED:
        return f"The draft is complete in {len(offered) + 1} languages"
    return f"The draft is complete in English, {', '.join(offered)}"


def _row(translation: Translation, survey: Survey, document: SurveyDocument) -> dict[str, Any]:
    """A language of the table. ours: what the words around the questions are in. reading: who read
    it, None while nobody did; lapsed: whether a word changed since."""
    ours = written_in(translation.locale)
    reading = survey.translations_read.get(translation.locale)
    is_current = translation.locale in read_by_natives(document, survey.translations_read)
    return {
        "translation": translation,
        "name": language_name(translation.locale),
        "ours": language_name(ours),
        "has_ours": ours == translation.locale.split("-")[0],
        "reviewed": ours in REVIEWED,
        "reading": {**reading, "on": date.fromisoformat(reading["on"])} if reading else None,
        "is_read": is_current,
    }


def _beside(survey: Survey, document: SurveyDocument, locale: str) -> dict[str, Any]:
    """The words of one language, each beside its English."""
    sources: dict[str, Any] = survey.translated_from
    status = translation_of(document, locale, sources)
    known = sources.get(locale, {})
    return {
        "locale": locale,
        "locale_name": language_name(locale),
        "locale_direction": direction(locale),
        "field": FIELD,
        "rows": [
            {
                "piece": each,
                "text": each.text(locale),
                "changed": each.place in status.changed,
                "was": known.get(each.place, ""),
            }
            for each in pieces(document)
        ],
        "status": _row(status, survey, document),
    }
