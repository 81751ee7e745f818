"""The burden of journeys: the list, a page for each, the two forms, the files."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.burden import access
from cx280.burden.actions import assess_step, state_wage
from cx280.burden.forms import AssessForm, WageForm
from cx280.burden.queries import (
    HEADER,
    as_document,
    burden_of_journey,
    groups_of,
    journeys_with_burden,
    rows_for_file,
)
from cx280.burden.rules.amounts import money_told, time_told
from cx280.burden.rules.assessment import SCALE
from cx280.kernel.problem import Problem
from cx280.pages.downloads import csv_response, json_response
from cx280.services.access import may_edit
from cx280.services.models import Journey

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


@never_cache
@allow(SEE)
@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """The journeys, those with an assessment first."""
    rows = journeys_with_burden(access.journeys_to_see(signed_in_person(request)))
    known = sum(each.assessed > 0 for each in rows)  # type: ignore[attr-defined]
    return render(request, "burden/journeys.html", {"rows": rows, "known": known})


@never_cache
@allow(SEE)
@require_safe
def journey(request: HttpRequest, pk: int) -> HttpResponse:
    """What the journey takes of one person, step by step and in all, and what changes saved."""
    person = signed_in_person(request)
    found = access.journey_to_see(person, pk)
    burden = burden_of_journey(found, timezone.localdate())
    context = {
        "journey": found,
        "service": found.service,
        "burden": burden,
        "worth": burden.in_money.told(money_told) if burden.in_money else "",
        "smallest": settings.CX280_SMALLEST_CELL,
        "scale": SCALE,
        "write_time": time_told,
        "may_edit": may_edit(person, found.service),
    }
    return render(request, "burden/journey.html", context)


@never_cache
@allow(SEE)
@require_safe
def journey_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The burden as CSV: steps by segment; blank is not assessed."""
    found = access.journey_to_see(signed_in_person(request), pk)
    rows = rows_for_file(burden_of_journey(found, timezone.localdate()))
    return csv_response(f"{found.service.code}-journey-{pk}-burden", HEADER, rows)


@never_cache
@allow(SEE)
@require_safe
def journey_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The burden as JSON, with what changes did."""
    found = access.journey_to_see(signed_in_person(request), pk)
    document = as_document(burden_of_journey(found, timezone.localdate()))
    return json_response(f"{found.service.code}-journey-{pk}-burden", document)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """States what a step takes; `?step=` chooses it."""
    found = access.journey_to_assess(signed_in_person(request), pk)
    data = request.POST or None
    begun = {"step": request.GET.get("step")}
    form = AssessForm(found, timezone.localdate(), groups_of(found), data, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            assess_step(found, by=signed_in_person(request), values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept. What was stated before stays for the days before.")
            return redirect("burden:journey", pk)
    return _form(request, found, form, "What does a step take of one person?")


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def wage(request: HttpRequest, pk: int) -> HttpResponse:
    """States what an hour is taken for."""
    found = access.journey_to_assess(signed_in_person(request), pk)
    form = WageForm(timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            state_wage(found, by=signed_in_person(request), values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept. It stands beside every figure it is used for.")
            return redirect("burden:journey", pk)
    return _form(request, found, form, "What is an hour of people’s time taken for?")


def _form(request: HttpRequest, found: Journey, form: forms.Form, title: str) -> HttpResponse:
    context = {"journey": found, "service": found.service, "form": form, "title": title}
    return render(request, "burden/form.html", context, status=422 if form.errors else 200)
