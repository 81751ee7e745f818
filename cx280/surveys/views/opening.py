"""Opens and closes a survey, and changes the facts around its questions."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Conflict
from cx280.surveys import access, actions, queries
from cx280.surveys.forms import AboutForm, CloseForm
from cx280.surveys.problems import DraftMovedOn
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Level, Mode, Placement, Promise
from cx280.surveys.views.tabs import tabs_of


@allow(Capability.OPEN_SURVEYS)
@require_POST
def open_survey(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the survey as it stands, or says on the builder why it cannot."""
    person = signed_in_person(request)
    survey = access.survey_to_open(person, code)
    try:
        version = actions.open_survey(survey, by=person, on=timezone.localdate())
    except Conflict as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
        return redirect("surveys:builder", survey.code)
    messages.success(
        request, f"Version {version.number} is open. Share its link or print its code."
    )
    return redirect("surveys:share", survey.code)


@allow(Capability.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_survey(request: HttpRequest, code: str) -> HttpResponse:
    """Asks why, then closes the survey to the public."""
    person = signed_in_person(request)
    survey = access.survey_to_open(person, code)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        actions.close_survey(survey, by=person, because=because, on=timezone.localdate())
        messages.success(request, "The survey is closed. Its answers stay.")
        return redirect("surveys:share", survey.code)
    return render(request, "surveys/close.html", {"survey": survey, "form": form})


@allow(Capability.EDIT_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, code: str) -> HttpResponse:
    """The facts around the questions: clearance, channel, level, words before and after."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    document = queries.draft_of(survey)
    form = AboutForm(survey, document, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            written = request.POST.get("revision", "")
            revision = int(written) if written.isdecimal() and len(written) < 10 else 0
            changed = _with_facts(document, given)
            actions.save_draft(survey, by=person, document=changed, revision=revision)
        except DraftMovedOn as problem:
            form.add_error(None, f"{problem.message} Check what is here and save again.")
        else:
            actions.change_survey(
                survey,
                by=person,
                title=given["title"],
                channel=given["channel"],
                collection=given["collection"],
                journey_step=given["journey_step"],
            )
            messages.success(request, "Saved.")
            return redirect("surveys:builder", survey.code)
        survey.refresh_from_db()
    return render(
        request,
        "surveys/about.html",
        {
            "survey": survey,
            "form": form,
            "revision": survey.draft_revision,
            "builder_tabs": tabs_of(survey, may_edit=True),
        },
    )


def _with_facts(document: SurveyDocument, given: dict[str, object]) -> SurveyDocument:
    def texts(before: dict[str, str], stem: str) -> dict[str, str]:
        typed = {each: str(given[f"{stem}_{each}"]).strip() for each in ("en", "es")}
        return {key: value for key, value in {**before, **typed}.items() if value}

    return msgspec.structs.replace(
        document,
        title=str(given["heading_en"]),
        titles=texts(document.titles, "heading"),
        introductions=texts(document.introductions, "introduction"),
        thanks=texts(document.thanks, "thanks"),
        mode=Mode.of(str(given["mode"])),
        placement=Placement.of(str(given["placement"])),
        level=Level.of(str(given["level"])),
        population=str(given["population"]),
        schedule=str(given["schedule"]),
        self_service=bool(given["self_service"]),
        hisp_reporting=bool(given["hisp_reporting"]),
        privacy_url=str(given["privacy_url"]),
        promise=Promise.SAME_VISIT if given["same_visit"] else Promise.ANONYMOUS,
    )
