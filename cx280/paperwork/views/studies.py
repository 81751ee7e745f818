"""The register of qualitative research and usability tests."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, may, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound, Problem
from cx280.paperwork import access
from cx280.paperwork.actions import studies as actions
from cx280.paperwork.forms import FindingForm, StudyForm, TookPartForm
from cx280.paperwork.models import Study, StudyFinding
from cx280.paperwork.queries.lists import lines_of, requests_about
from cx280.paperwork.queries.studies import findings_of, study_line, study_lines, why_not_held

SEE, EDIT = Capability.SEE_CLEARANCE, Capability.EDIT_SURVEYS
_VALUES = ("title", "kind", "organization", "service", "purpose", "who", "script", "starts_on",
           "ends_on", "planned", "minutes")  # fmt: skip
_FOUND = ("text", "action", "due_on", "done_on", "no_action_reason")


@never_cache
@allow(SEE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every study of the person's units, newest first."""
    person = signed_in_person(request)
    lines = study_lines(access.studies_to_see(person).prefetch_related("findings"))
    context = {
        "lines": lines,
        "undecided": sum(each.open_findings for each in lines),
        "may_add": EDIT in capabilities_of(person),
    }
    return render(request, "paperwork/studies.html", context)


@never_cache
@allow(SEE)
@require_safe
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """One study: what it takes, who came, what it found and where that leads."""
    return _page(request, access.study_to_see(signed_in_person(request), pk))


def _page(
    request: HttpRequest,
    found: Study,
    *,
    took_part: forms.Form | None = None,
    finding: forms.Form | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    came = {"took_part": found.took_part, "employees": found.employees}
    context = {
        "study": found,
        "line": study_line(found),
        "findings_": findings_of(found),
        "requests": lines_of(requests_about(found)),
        "why_not": why_not_held(found, found.planned, today),
        "has_begun": found.starts_on <= today,
        "took_part_form": took_part or TookPartForm(initial=came),
        "finding_form": finding or FindingForm(),
        "finding_failed": finding is not None,
        "took_part_failed": took_part is not None,
        "may_edit": may(signed_in_person(request), EDIT, found.organization),
    }
    failed = took_part is not None or finding is not None
    return render(request, "paperwork/study.html", context, status=422 if failed else 200)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enters a study."""
    return _written(request, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a study that OMB does not know of yet."""
    return _written(request, access.study_to_edit(signed_in_person(request), pk))


def _written(request: HttpRequest, found: Study | None) -> HttpResponse:
    person = signed_in_person(request)
    initial = {name: getattr(found, name) for name in _VALUES} if found else {}
    form = StudyForm(person, timezone.localdate(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.save_study(found, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The study is saved.")
            return redirect("paperwork:study", kept.pk)
    context = {"form": form, "study": found}
    return render(request, "paperwork/edit_study.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def took_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters who came."""
    person = signed_in_person(request)
    found = access.study_to_edit(person, pk)
    form = TookPartForm(request.POST)
    if form.is_valid():
        try:
            actions.hold_study(found, by=person, on=timezone.localdate(), **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Noted. The ledger counts it as used.")
            return redirect("paperwork:study", pk)
    return _page(request, access.study_to_see(person, pk), took_part=form)


@never_cache
@allow(EDIT)
@require_POST
def add_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters something the study found."""
    person = signed_in_person(request)
    found = access.study_to_edit(person, pk)
    form = FindingForm(request.POST)
    if form.is_valid():
        actions.save_finding(found, None, by=person, values=form.cleaned_data)
        messages.success(request, "The finding is kept.")
        return redirect("paperwork:study", pk)
    return _page(request, found, finding=form)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_finding(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Says where a finding leads, or that its action is done."""
    person = signed_in_person(request)
    found = access.study_to_edit(person, pk)
    finding = StudyFinding.objects.filter(study=found, pk=number).first()
    if finding is None:
        raise NotFound("This study has no such finding.")
    initial = {name: getattr(finding, name) for name in _FOUND}
    form = FindingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.save_finding(found, finding, by=person, values=form.cleaned_data)
        messages.success(request, "The finding is saved.")
        return redirect("paperwork:study", pk)
    context = {"form": form, "study": found}
    status = 422 if form.errors else 200
    return render(request, "paperwork/edit_finding.html", context, status=status)
