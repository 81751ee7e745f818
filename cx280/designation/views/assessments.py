"""Assessments of services, and those that lack one this year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.actions.meetings import keep_assessment
from cx280.designation.forms import AssessmentForm
from cx280.designation.models import ServiceAssessment
from cx280.designation.queries.assessments import lacking
from cx280.kernel.problem import NotAllowed, Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.access import services_where

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment of the agency's services, and the form for one more."""
    person, today = signed_in_person(request), timezone.localdate()
    if access.sees_all(person):
        raise NotAllowed("Assessments are the agency’s own; plans name what they showed.")
    mine = services_where(person, EDIT).filter(retired_on__isnull=True).order_by("name")
    given = request.POST if request.method == "POST" else None
    form = AssessmentForm(given, initial={"assessed_on": today})
    form.fields["service"].queryset = mine  # type: ignore[attr-defined]
    if given is not None and form.is_valid():
        try:
            keep_assessment(**form.cleaned_data, by=person, today=today)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept. A pain point can name it as what shows it.")
            return redirect("designation:assessments")
    seen = services_where(person, SEE)
    rows = ServiceAssessment.objects.filter(service__in=seen).select_related("service")
    year = fiscal_year_of(today)
    context = {"rows": rows, "form": form, "may_write": mine.exists(), "year": year,
               "findings": lacking(seen, year, today)}  # fmt: skip
    status = 422 if given is not None else 200
    return render(request, "designation/assessments.html", context, status=status)
