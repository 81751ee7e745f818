"""What services take of people: the inventory, by segment, and what changes spared."""

from __future__ import annotations

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
from cx280.kernel.problem import Problem
from cx280.pages.downloads import csv_response
from cx280.paperwork.actions import burdens as actions
from cx280.paperwork.forms import ChangeForm, EstimateForm
from cx280.paperwork.queries.burdens import burden_of, services_with_burden
from cx280.services.access import may_edit, service_to_edit, service_to_see, services_where

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES
HEADER = (
    "segment", "people_observed", "people_per_year", "learning_minutes_each",
    "compliance_minutes_each", "hours_per_year", "dollars_per_year", "strain_1_to_5",
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The services, those whose burden is known first."""
    services = services_where(signed_in_person(request), SEE).filter(retired_on__isnull=True)
    rows = services_with_burden(services)
    context = {"rows": rows, "known": sum(each.estimated > 0 for each in rows)}  # type: ignore[attr-defined]
    return render(request, "paperwork/burdens.html", context)


@never_cache
@allow(SEE)
@require_safe
def burden(request: HttpRequest, code: str) -> HttpResponse:
    """What one service takes of people, of whom most, and what changes spared them."""
    person = signed_in_person(request)
    service = service_to_see(person, code)
    context = {
        "service": service,
        "burden": burden_of(service, timezone.localdate(), settings.CX280_SMALLEST_CELL),
        "smallest": settings.CX280_SMALLEST_CELL,
        "may_edit": may_edit(person, service),
    }
    return render(request, "paperwork/burden.html", context)


@never_cache
@allow(SEE)
@require_safe
def burden_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The burden by segment as CSV; hidden figures are blank."""
    service = service_to_see(signed_in_person(request), code)
    found = burden_of(service, timezone.localdate(), settings.CX280_SMALLEST_CELL)
    rows = (
        (each.segment or "everybody else", each.observed, each.people, each.learning,
         each.compliance, each.hours, each.dollars, each.strain)
        for each in found.segments[:-1]
    )  # fmt: skip
    return csv_response(f"{service.code}-burden", HEADER, rows)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_estimate(request: HttpRequest, code: str) -> HttpResponse:
    """Enters what a step takes of one person."""
    person = signed_in_person(request)
    service = service_to_edit(person, code)
    form = EstimateForm(service, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_estimate(service, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The estimate is kept. Those before it stay.")
            return redirect("paperwork:burden", code)
    context = {"service": service, "form": form, "title": "How much does a step take of people?"}
    status = 422 if form.errors else 200
    return render(request, "paperwork/add_burden.html", context, status=status)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add_change(request: HttpRequest, code: str) -> HttpResponse:
    """Enters a change; the estimates it brought are entered after it."""
    person = signed_in_person(request)
    service = service_to_edit(person, code)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_change(service, by=person, **form.cleaned_data)
        messages.success(request, "Now enter what the steps take since the change.")
        return redirect("paperwork:add-burden", code)
    context = {"service": service, "form": form, "title": "What was changed for people?"}
    status = 422 if form.errors else 200
    return render(request, "paperwork/add_burden.html", context, status=status)
