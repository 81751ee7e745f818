"""Insights: looked for, written, given evidence, confirmed or retired."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.pages.downloads import csv_response, json_response
from cx280.research import access
from cx280.research.actions.insights import (
    add_evidence,
    confirm_insight,
    retire_insight,
    save_insight,
)
from cx280.research.forms import EvidenceForm, InsightForm, RetireForm, SearchForm
from cx280.research.models import Insight
from cx280.research.queries.insights import (
    HEADER,
    Asked,
    InsightLine,
    as_document,
    line_of,
    lines_for,
    rows_for_file,
    stale,
)
from cx280.research.queries.words import terms_of
from cx280.research.views.parts import parts

SEE, EDIT = Capability.SEE_RESEARCH, Capability.EDIT_RESEARCH
_A_PAGE = 25
_VALUES = ("sentence", "need", "confidence")
_MANY = ("segments", "services", "tags")


@never_cache
@allow(SEE)
@require_safe
def insights(request: HttpRequest) -> HttpResponse:
    """What is known, as looked for: words, segment, tag, service, and whether it still holds."""
    person = signed_in_person(request)
    form, asked = _asked(request, person)
    page = Paginator(_lines(person, asked), _A_PAGE).get_page(request.GET.get("page"))
    seen = access.insights_to_see(person)
    today = timezone.localdate()
    context = {
        "parts": parts(),
        "form": form,
        "asked": asked,
        "is_asked": asked != Asked(),
        "page": page,
        "query": request.GET.urlencode(),
        "total": seen.filter(retired_on__isnull=True).count(),
        "stale": sum(
            stale(seen.filter(agency=each), terms_of(each), today).count()
            for each in access.agencies_where(person)
        ),
        "may_edit": EDIT in capabilities_of(person),
    }
    return render(request, "research/insights.html", context)


def _asked(request: HttpRequest, person: Person) -> tuple[SearchForm, Asked]:
    """The form as filled in, and what it asks for; a filter that names nothing is left out."""
    form = SearchForm(person, request.GET)
    form.is_valid()
    return form, Asked(**{name: form.cleaned_data.get(name, "") for name in form.fields})


def _lines(person: Person, asked: Asked) -> list[InsightLine]:
    """The insights of the person's agencies that fit."""
    seen = access.insights_to_see(person)
    return lines_for(access.agencies_where(person), seen, asked, timezone.localdate())


@never_cache
@allow(SEE)
@require_safe
def insights_csv(request: HttpRequest) -> HttpResponseBase:
    """What was looked for, as CSV."""
    person = signed_in_person(request)
    _, asked = _asked(request, person)
    return csv_response("insights", HEADER, rows_for_file(_lines(person, asked)))


@never_cache
@allow(SEE)
@require_safe
def insights_json(request: HttpRequest) -> HttpResponse:
    """What was looked for, as JSON with all evidence."""
    person = signed_in_person(request)
    _, asked = _asked(request, person)
    return json_response("insights", [as_document(each) for each in _lines(person, asked)])


@never_cache
@allow(SEE)
@require_safe
def insight(request: HttpRequest, pk: int) -> HttpResponse:
    """One insight with what it rests on."""
    return _page(request, access.insight_to_see(signed_in_person(request), pk))


def _page(
    request: HttpRequest,
    row: Insight,
    *,
    evidence: EvidenceForm | None = None,
    retire: RetireForm | None = None,
) -> HttpResponse:
    person = signed_in_person(request)
    terms = terms_of(row.agency)
    context = {
        "line": line_of(row, terms, timezone.localdate()),
        "insight": row,
        "evidence": row.evidence.select_related("study", "round"),
        "terms": terms,
        "evidence_form": evidence or EvidenceForm(person),
        "evidence_failed": evidence is not None,
        "retire_form": retire or RetireForm(),
        "retire_failed": retire is not None,
        "may_edit": access.may_edit_insight(person, row),
    }
    failed = evidence is not None or retire is not None
    return render(request, "research/insight.html", context, status=422 if failed else 200)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Writes an insight down; its evidence follows on its own page."""
    return _written(request, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an insight's words."""
    return _written(request, access.insight_to_edit(signed_in_person(request), pk))


def _written(request: HttpRequest, row: Insight | None) -> HttpResponse:
    person = signed_in_person(request)
    agency = row.agency if row else access.agency_to_edit(person)
    initial: dict[str, object] = {}
    if row is not None:
        initial = {name: getattr(row, name) for name in _VALUES}
        initial |= {name: getattr(row, name).all() for name in _MANY}
    form = InsightForm(person, agency, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        try:
            kept = save_insight(row, agency, by=person, on=today, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept." if row else "Kept. Now add what shows it.")
            return redirect("research:insight", kept.pk)
    context = {"form": form, "insight": row}
    status = 422 if form.errors else 200
    return render(request, "research/edit_insight.html", context, status=status)


@never_cache
@allow(EDIT)
@require_POST
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds something the insight rests on."""
    person = signed_in_person(request)
    row = access.insight_to_edit(person, pk)
    form = EvidenceForm(person, request.POST)
    if form.is_valid():
        try:
            add_evidence(row, by=person, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Added.")
            return redirect("research:insight", pk)
    return _page(request, row, evidence=form)


@never_cache
@allow(EDIT)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that it still holds."""
    person = signed_in_person(request)
    try:
        confirm_insight(access.insight_to_edit(person, pk), by=person, on=timezone.localdate())
    except Problem as problem:
        if problem.status != 409:
            raise
        messages.error(request, f"{problem.message} {problem.fix}")
    else:
        messages.success(request, "Confirmed as of today.")
    return redirect("research:insight", pk)


@never_cache
@allow(EDIT)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that it holds no more, and why."""
    person = signed_in_person(request)
    row = access.insight_to_edit(person, pk)
    form = RetireForm(request.POST)
    if form.is_valid():
        retire_insight(row, by=person, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, "Retired. It stays readable.")
        return redirect("research:insight", pk)
    return _page(request, row, retire=form)
