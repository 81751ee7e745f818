"""Pain points: what hurts customers, what shows it, and what is done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, organizations_where, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.plans.actions.writing import add_pain_point
from cx280.plans.forms import PainPointForm
from cx280.plans.models import PainPoint
from cx280.services.access import services_where

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def pain_points(request: HttpRequest) -> HttpResponse:
    """Every pain point of the person's services, and the form for one more."""
    person = signed_in_person(request)
    mine = services_where(person, EDIT).select_related("owner").order_by("name")
    form = PainPointForm(
        request.POST if request.method == "POST" else None,
        initial={"service": request.GET.get("service")},
    )
    form.fields["service"].queryset = mine  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            add_pain_point(**form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Written down.")
            return redirect("plans:pain-points")
    seen = organizations_where(person, SEE)
    rows = (
        PainPoint.objects.filter(service__owner__in=seen)
        .select_related("service")
        .prefetch_related("evidence", "actions__plan")
    )
    context = {"rows": rows, "form": form, "may_write": mine.exists()}
    status = 422 if form.is_bound else 200
    return render(request, "plans/pain_points.html", context, status=status)
