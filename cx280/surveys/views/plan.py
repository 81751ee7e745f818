"""The measurement plan: whom we ask, when, about what, under which clearance."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, organizations_where, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed
from cx280.pages.downloads import csv_response
from cx280.services.access import hisps_where, services_where
from cx280.surveys import access, actions
from cx280.surveys.forms import OtherCollectionForm
from cx280.surveys.queries.plan import plan_of, plan_table
from cx280.surveys.rules.plan import PlanLine, active_count, without_plan, without_relationship


@allow(Capability.SEE_SURVEYS)
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Every survey this person may see, here and elsewhere, and providers without any."""
    person = signed_in_person(request)
    lines = _lines(person)
    providers = hisps_where(person, Capability.SEE_SURVEYS).filter(ended_on__isnull=True)
    return render(
        request,
        "surveys/plan.html",
        {
            "lines": lines,
            "active": active_count(lines),
            "found": [
                *without_plan([(each.code, each.name) for each in providers], lines),
                *without_relationship(lines),
            ],
            "agencies": access.agencies_of(organizations_where(person, Capability.SEE_SURVEYS)),
            "may_add": access.agencies_to_record_for(person).exists(),
        },
    )


@allow(Capability.SEE_SURVEYS)
@require_safe
def plan_file(request: HttpRequest) -> HttpResponseBase:
    """The plan as CSV."""
    header, rows = plan_table(_lines(signed_in_person(request)))
    return csv_response("measurement-plan.csv", header, rows)


def _lines(person: Person) -> list[PlanLine]:
    surveys = access.surveys_where(person, Capability.SEE_SURVEYS)
    others = access.other_collections_where(person, Capability.SEE_SURVEYS)
    return plan_of(surveys, others, timezone.localdate())


@allow(Capability.RECORD_DISCUSSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_other(request: HttpRequest) -> HttpResponse:
    """Enters a survey that runs in another system."""
    person = signed_in_person(request)
    agencies = access.agencies_to_record_for(person)
    if not agencies.exists():
        raise NotAllowed("The measurement plan of an agency is kept by its CX lead.")
    form = OtherCollectionForm(request.POST or None)
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    services = services_where(person, Capability.SEE_SERVICES)
    form.fields["service"].queryset = services  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.add_other_collection(given.pop("agency"), by=person, **given)
        messages.success(request, "It stands in the plan now.")
        return redirect("surveys:plan")
    return render(request, "surveys/add_other.html", {"form": form})
