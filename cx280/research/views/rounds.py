"""Usability rounds: by flow, with what changed between them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.pages.downloads import csv_response
from cx280.research import access
from cx280.research.actions.rounds import save_round
from cx280.research.forms import RoundForm
from cx280.research.models import TestRound
from cx280.research.queries.rounds import HEADER, flows_of, rows_for_file
from cx280.research.views.parts import parts

SEE, EDIT = Capability.SEE_RESEARCH, Capability.EDIT_RESEARCH
_VALUES = ("service", "flow", "flow_name", "held_on", "asks", "planned", "came", "employees",
           "found", "changed", "entry")  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every flow that was tried, its rounds in order; `?service=` those of one service."""
    person = signed_in_person(request)
    rows = access.rounds_to_see(person)
    service = access.services_to_read(person).filter(code=request.GET.get("service", "")).first()
    if service is not None:
        rows = rows.filter(service=service)
    year = fiscal_year_of(timezone.localdate())
    flows = flows_of(rows)
    context = {
        "parts": parts(),
        "flows": flows,
        "service": service,
        "year": year,
        "this_year": sum(count for each in flows for when, count in each.years if when == year),
        "may_edit": EDIT in capabilities_of(person),
    }
    return render(request, "research/rounds.html", context)


@never_cache
@allow(SEE)
@require_safe
def rounds_file(request: HttpRequest) -> HttpResponseBase:
    """The rounds as CSV."""
    flows = flows_of(access.rounds_to_see(signed_in_person(request)))
    return csv_response("usability-rounds", HEADER, rows_for_file(flows))


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enters a round, planned or held."""
    return _written(request, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a round, or tells who came and what they showed."""
    return _written(request, access.round_to_edit(signed_in_person(request), pk))


def _written(request: HttpRequest, found: TestRound | None) -> HttpResponse:
    person = signed_in_person(request)
    initial = {name: getattr(found, name) for name in _VALUES} if found else {}
    if found is not None and found.flow is not None:
        initial["flow_name"] = ""
    form = RoundForm(person, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_round(found, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The round is kept.")
            return redirect("research:rounds")
    context = {"form": form, "round": found}
    return render(request, "research/edit_round.html", context, status=422 if form.errors else 200)
