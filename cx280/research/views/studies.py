"""Studies: which there are, who took part, what they found."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.kernel.problem import Problem
from cx280.pages.downloads import csv_response
from cx280.research import access
from cx280.research.actions.studies import count_participants, save_study
from cx280.research.forms import PartForm, StudyForm
from cx280.research.models import ResearchStudy, Segment
from cx280.research.queries.studies import HEADER, line_of, lines_of, rows_for_file
from cx280.research.views.parts import parts

SEE, EDIT = Capability.SEE_RESEARCH, Capability.EDIT_RESEARCH
_VALUES = ("title", "question", "approach", "method", "organization", "starts_on", "ends_on",
           "entry", "findings")  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    """Every study of the person's agencies, newest first; `?service=` those of one service."""
    person = signed_in_person(request)
    rows = access.studies_to_see(person)
    service = access.services_to_read(person).filter(code=request.GET.get("service", "")).first()
    if service is not None:
        rows = rows.filter(services=service)
    lines = lines_of(rows)
    context = {
        "parts": parts(),
        "lines": lines,
        "service": service,
        "short": sum(each.turnout.short > 0 for each in lines),
        "may_edit": EDIT in capabilities_of(person),
    }
    return render(request, "research/studies.html", context)


@never_cache
@allow(SEE)
@require_safe
def studies_file(request: HttpRequest) -> HttpResponseBase:
    """The studies as CSV, a row for each segment."""
    lines = lines_of(access.studies_to_see(signed_in_person(request)))
    return csv_response("research-studies", HEADER, rows_for_file(lines))


@never_cache
@allow(SEE)
@require_safe
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """One study: its question, who took part of whom, its findings, what rests on it."""
    return _page(request, access.study_to_see(signed_in_person(request), pk))


def _page(request: HttpRequest, found: ResearchStudy, form: PartForm | None = None) -> HttpResponse:
    context = {
        "study": found,
        "line": line_of(found),
        "insights": access.insights_to_see(signed_in_person(request))
        .filter(evidence__study=found)
        .distinct(),
        "form": form or _part_form(found),
        "failed": form is not None,
        "may_edit": access.may_edit_study(signed_in_person(request), found),
    }
    return render(request, "research/study.html", context, status=422 if form else 200)


def _part_form(found: ResearchStudy, data: object = None) -> PartForm:
    form = PartForm(data)  # type: ignore[arg-type]
    segments = Segment.objects.filter(agency=agency_of(found.organization))
    form.fields["segment"].queryset = segments  # type: ignore[attr-defined]
    return form


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
    """Changes a study."""
    return _written(request, access.study_to_edit(signed_in_person(request), pk))


def _written(request: HttpRequest, found: ResearchStudy | None) -> HttpResponse:
    person = signed_in_person(request)
    form: forms.Form = StudyForm(
        person, timezone.localdate(), request.POST or None, initial=_initial(request, found)
    )
    if request.method == "POST" and form.is_valid():
        kept = save_study(found, by=person, values=form.cleaned_data)
        messages.success(request, "The study is kept.")
        return redirect("research:study", kept.pk)
    context = {"form": form, "study": found}
    return render(request, "research/edit_study.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, found: ResearchStudy | None) -> dict[str, object]:
    if found is None:
        asked = request.GET.get("service", "")
        mine = access.services_to_read(signed_in_person(request))
        return {"services": list(mine.filter(code=asked))}
    many = {"services": found.services.all(), "journeys": found.journeys.all()}
    return {**{name: getattr(found, name) for name in _VALUES}, **many}


@never_cache
@allow(EDIT)
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts participants of one segment."""
    person = signed_in_person(request)
    found = access.study_to_edit(person, pk)
    form = _part_form(found, request.POST)
    if form.is_valid():
        try:
            count_participants(found, by=person, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Counted.")
            return redirect("research:study", pk)
    return _page(request, found, form)
