"""Requests to OMB: which there are, starting one, writing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound, Problem
from cx280.paperwork import access
from cx280.paperwork.actions import requests as actions
from cx280.paperwork.forms import RequestForm, StartForm, answers_of, typed_of
from cx280.paperwork.models import Request, Study
from cx280.paperwork.queries.lists import lines_of, under_way
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.rules.answers import read_answers
from cx280.paperwork.rules.states import WITH_OMB, State, is_editable
from cx280.surveys.access import survey_to_edit, surveys_where
from cx280.surveys.models import Survey

SEE, EDIT = Capability.SEE_CLEARANCE, Capability.EDIT_SURVEYS


@never_cache
@allow(SEE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every request of the person's units: drafts, what lies with OMB, what was decided."""
    person = signed_in_person(request)
    lines = lines_of(access.requests_to_see(person))
    context = {
        "lines": lines,
        "with_omb": sum(each.state in WITH_OMB for each in lines),
        "questions": sum(each.state is State.QUESTIONS for each in lines),
        "drafts": sum(each.state is State.DRAFT for each in lines),
        "may_start": EDIT in capabilities_of(person),
        "surveys": surveys_where(person, EDIT).filter(collection=None).order_by("title")[:20],
    }
    return render(request, "paperwork/list.html", context)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Starts a request about a survey (`?survey=`) or a study (`?study=`)."""
    person, today = signed_in_person(request), timezone.localdate()
    about = _about(request, person)
    survey = about if isinstance(about, Survey) else None
    study = about if isinstance(about, Study) else None
    known = under_way(about)
    if known is not None:
        return redirect("paperwork:request", known.pk)
    unit = about.service.owner if isinstance(about, Survey) else about.organization
    among = access.clearances_for(person, unit, today).order_by("-expires_on")
    form = StartForm(among, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.start_request(
            form.cleaned_data["clearance"], by=person, on=today, survey=survey, study=study
        )
        messages.success(request, "The draft is filled in as far as we know. Read all of it.")
        return redirect("paperwork:edit", made.pk)
    context = {"form": form, "about": about, "survey": survey, "none": not among.exists()}
    return render(request, "paperwork/start.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, person: Person) -> Survey | Study:
    code, number = request.GET.get("survey", ""), request.GET.get("study", "")
    if code:
        return survey_to_edit(person, code)
    if number.isdecimal() and len(number) < 10:
        return access.study_to_edit(person, int(number))
    raise NotFound("Say which survey or study the request is about.")


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the request. A draft is saved whatever is missing; what is typed is never lost."""
    person = signed_in_person(request)
    found = access.request_to_edit(person, pk)
    if not is_editable(found.state):
        messages.error(request, "A signed request is not changed. Take the signature back first.")
        return redirect("paperwork:request", pk)
    form = RequestForm(request.POST or None, initial=typed_of(read_answers(found.answers)))
    revision = found.revision
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_answers(
                found, by=person, answers=answers_of(form.cleaned_data), revision=_revision(request)
            )
        except actions.MovedOn as problem:
            form.add_error(None, f"{problem.message} Check what is here and save again.")
            revision = problem.revision
        except Problem as problem:
            tell(form, problem)
        else:
            if "X-Autosave" in request.headers:
                return HttpResponse(status=204, headers={"X-Revision": str(found.revision)})
            messages.success(request, "The draft is saved.")
            return redirect("paperwork:request", pk)
    context = _writing(found, form, revision)
    return render(request, "paperwork/edit.html", context, status=422 if form.errors else 200)


def _writing(found: Request, form: RequestForm, revision: int) -> dict[str, object]:
    standing = standing_of(found, timezone.localdate())
    form.mark_needed()
    return {
        "request_": found,
        "form": form,
        "revision": revision,
        "known": standing.known,
        "left": standing.in_the_way,
    }


def _revision(request: HttpRequest) -> int:
    written = request.POST.get("revision", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


@never_cache
@allow(EDIT)
@require_POST
def justify(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps why a warning is accepted."""
    person = signed_in_person(request)
    found = access.request_to_edit(person, pk)
    try:
        actions.justify_finding(
            found,
            by=person,
            finding=request.POST.get("finding", ""),
            text=request.POST.get("text", "")[:5000],
            on=timezone.localdate(),
        )
    except Problem as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "The reason is kept with the request.")
    return redirect("paperwork:request", pk)


@never_cache
@allow(EDIT)
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the words of one that was refused or withdrawn."""
    person = signed_in_person(request)
    found = access.request_to_edit(person, pk)
    try:
        made = actions.copy_request(found, by=person, on=timezone.localdate())
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("paperwork:request", pk)
    messages.success(request, "A new draft with the same words. Change what OMB did not accept.")
    return redirect("paperwork:edit", made.pk)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a draft that nobody signed."""
    person = signed_in_person(request)
    actions.remove_draft(access.request_to_edit(person, pk), by=person)
    messages.success(request, "The draft is removed.")
    return redirect("paperwork:list")
