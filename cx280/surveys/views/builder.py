"""The builder: questions with what was found beside them, saved as they are typed."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, may, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.kernel.problem import Problem
from cx280.surveys import access, actions, queries
from cx280.surveys.models import Survey
from cx280.surveys.problems import DraftMovedOn
from cx280.surveys.rules.changes import carried_out
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.editing import with_fields
from cx280.surveys.rules.labels import direction, label, own_name
from cx280.surveys.rules.rendering import question_views
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, TrustObject
from cx280.surveys.views.tabs import tabs_of

# The phone on the builder is a frame of this very site; every other page refuses to be framed.
_shown_in_our_own_frame: Any = csp_replace({"frame-ancestors": [SELF]})


@allow(Capability.SEE_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def builder(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the draft; a POST saves what was typed and does what its button says."""
    person = signed_in_person(request)
    if request.method == "POST":
        return _save(request, person, access.survey_to_edit(person, code))
    survey = access.survey_to_see(person, code)
    page = _page(survey, person) | {"opened": request.GET.get("open", "")}
    return render(request, "surveys/builder.html", page)


def _save(request: HttpRequest, person: Person, survey: Survey) -> HttpResponse:
    button = request.POST.get("do", "save")
    typed = with_fields(queries.draft_of(survey), request.POST.dict())
    try:
        start = queries.start_of(survey)
        changed = carried_out(typed, _change_in(button), queries.edition_of(survey), start)
        revision = _revision(request, survey, typed)
        survey = actions.save_draft(survey, by=person, document=changed, revision=revision)
        if button.startswith("justify "):
            _justify(request, survey, person, button.removeprefix("justify "))
    except DraftMovedOn as problem:
        return _moved_on(request, survey, person, typed, problem)
    except Problem as problem:
        return _refused(request, _page(survey, person, typed), problem)
    if request.headers.get("HX-Request"):
        return render(request, "surveys/_autosaved.html", _page(survey, person) | {"oob": True})
    return redirect(f"{reverse('surveys:builder', args=[survey.code])}{_back_to(button)}")


def _revision(request: HttpRequest, survey: Survey, typed: SurveyDocument) -> int:
    """The revision the page started from; the newest when nothing typed differs from it.

    A button pressed while the page is being saved by itself sends the older number with the very
    words just stored: nobody else's change is lost by accepting it.
    """
    if typed == queries.draft_of(survey):
        return survey.draft_revision
    written = request.POST.get("revision", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _change_in(button: str) -> str:
    return "save" if button.startswith("justify ") else button


def _justify(request: HttpRequest, survey: Survey, person: Person, key: str) -> None:
    actions.justify_finding(
        survey,
        by=person,
        finding=key,
        text=request.POST.get(f"why {key}", ""),
        on=timezone.localdate(),
    )


def _back_to(button: str) -> str:
    """Where the page opens again: at the question the button belonged to, its fields still open."""
    parts = button.split(":")
    if parts[0] in {"move", "longer", "shorter"}:
        return f"?open={parts[1]}#card-{parts[1]}"
    if parts[0] in {"use", "optional", "agree5", "under", "file"}:
        return f"#card-{parts[1]}"
    return "#add" if parts[0] in {"add", "ask", "drivers"} else ""


def _moved_on(
    request: HttpRequest,
    survey: Survey,
    person: Person,
    typed: SurveyDocument,
    problem: DraftMovedOn,
) -> HttpResponse:
    """What was typed stays on the page; the newest revision is only overwritten on purpose."""
    survey.refresh_from_db()
    return _refused(request, _page(survey, person, typed) | {"moved_on": True}, problem)


def _refused(request: HttpRequest, page: dict[str, Any], problem: Problem) -> HttpResponse:
    """The page with what was typed and why it was not saved; for a save by itself, only why."""
    page |= {"problem": problem}
    if request.headers.get("HX-Request"):
        return render(request, "surveys/_saved.html", page | {"oob": True})
    return render(request, "surveys/builder.html", page, status=problem.status)


def _page(survey: Survey, person: Person, typed: SurveyDocument | None = None) -> dict[str, Any]:
    """What the builder shows of the survey as it stands today."""
    today = timezone.localdate()
    return {
        "survey": survey,
        "board": queries.board_of(survey, today, typed),
        "revision": survey.draft_revision,
        "may_edit": access.may_edit(person, survey),
        "may_open": access.may_open(person, survey),
        "may_discuss": may(person, Capability.RECORD_DISCUSSIONS, agency_of(survey.service.owner)),
        "builder_tabs": tabs_of(survey, may_edit=access.may_edit(person, survey)),
        "trust_objects": list(TrustObject),
        "driver_words": DRIVER_CONSTRUCTS,
    }


@allow(Capability.SEE_SURVEYS)
@require_safe
@xframe_options_sameorigin
@_shown_in_our_own_frame  # type: ignore[untyped-decorator]
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The draft as people will meet it, in `lang`; nothing can be sent."""
    survey = access.survey_to_see(signed_in_person(request), code)
    document = queries.draft_of(survey)
    languages = document.locales
    language = request.GET.get("lang", "en")
    language = language if language in languages else languages[0]
    return render(
        request,
        "surveys/preview.html",
        {
            "survey": survey,
            "agency": agency_of(survey.service.owner).name,
            "document": document,
            "heading": document.heading(language),
            "introduction": document.introductions.get(language, ""),
            "questions": question_views(document, language),
            "language": language,
            "languages": [(each, own_name(each)) for each in languages],
            "send": label("send", language),
            "direction": direction(language),
        },
    )
