"""Whom does this survey ask, how many does it take, and who was left alone?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.delivery import access
from cx280.delivery.actions.plans import save_plan
from cx280.delivery.forms import PlanForm, SizeForm
from cx280.delivery.models import SamplingPlan
from cx280.delivery.queries.plans import competing, plan_in_force, rules_of
from cx280.delivery.queries.reach import Reach, reach_of
from cx280.delivery.queries.sizes import minutes_of, size_of, usual_size
from cx280.delivery.rules.sizes import Size
from cx280.delivery.rules.wording import headline, how, rules_in_words
from cx280.kernel.problem import Problem
from cx280.pages.downloads import csv_response
from cx280.surveys.models import Survey
from cx280.surveys.views.tabs import tabs_of

SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
PERIODS = {"30": 30, "90": 90, "365": 365}
HEADER = (
    "group", "handed_over", "drawn", "asked", "lowest_probability", "highest_probability",
    "people_each_asked_stands_for",
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def asking(request: HttpRequest, code: str) -> HttpResponse:
    """The plan in force, the calculator, the agency's rules, and what came of it."""
    person = signed_in_person(request)
    survey = access.survey_to_see(person, code)
    agency = agency_of(survey.service.owner)
    plan = plan_in_force(survey)
    days, reach = _reach(request, survey)
    form, size = _calculated(request, survey, reach)
    context = {
        "survey": survey,
        "agency": agency,
        "plan": plan,
        "headline": headline(plan.as_rule if plan else None),
        "how": how(plan.as_rule) if plan else "",
        "rates": _rates(plan),
        "rules": rules_in_words(rules_of(agency)),
        "turns": competing(survey, agency),
        "days": days,
        "periods": PERIODS.values(),
        "reach": reach,
        "form": form,
        "size": size,
        "minutes_each": minutes_of(survey),
        "may_edit": access.may_edit(person, survey),
        "tabs": tabs_of(survey, may_edit=access.may_edit(person, survey)),
    }
    return render(request, "delivery/asking.html", context)


@never_cache
@allow(SEE)
@require_safe
def sample_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The sample by group as CSV: what `cx280 estimate` needs for weights."""
    survey = access.survey_to_see(signed_in_person(request), code)
    _, reach = _reach(request, survey)
    rows = (
        (each.name, each.handed, each.drawn, each.asked, *each.planned, each.weight)
        for each in reach.groups
    )
    return csv_response(f"{survey.code}-sample", HEADER, rows)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Chooses how the sample is drawn from now on."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    form = PlanForm(request.POST or None, initial=_initial(request, plan_in_force(survey)))
    if request.method == "POST" and form.is_valid():
        try:
            save_plan(survey, by=person, now=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "From now on the sample is drawn like this.")
            return redirect("delivery:asking", survey.code)
    context = {"survey": survey, "form": form}
    return render(request, "delivery/plan.html", context, status=422 if form.errors else 200)


def _reach(request: HttpRequest, survey: Survey) -> tuple[int, Reach]:
    days = PERIODS.get(request.GET.get("days", ""), 90)
    return days, reach_of(survey, timezone.now() - timedelta(days=days))


def _calculated(
    request: HttpRequest, survey: Survey, reach: Reach
) -> tuple[forms.Form, Size | None]:
    """The calculator as filled in, else as is usual for this survey, and its result."""
    usual = usual_size(survey, reach.handed)
    asked = "points" in request.GET
    form = SizeForm(request.GET if asked else None, initial=usual)
    given: dict[str, Any] = usual
    if asked:
        if not form.is_valid():
            return form, None
        given = form.cleaned_data
    try:
        return form, size_of(survey, **given)
    except Problem as problem:
        tell(form, problem)
        return form, None


def _initial(request: HttpRequest, plan: SamplingPlan | None) -> dict[str, Any]:
    """The plan in force, or what is usual; a rate from the calculator comes in the address."""
    names = ("method", "rate", "strata_by", "rates", "share")
    known: dict[str, Any] = {each: getattr(plan, each) for each in names} if plan else {
        "method": "simple", "rate": 1.0, "strata_by": "unit", "share": 10,
    }  # fmt: skip
    return {**known, **({"rate": request.GET["rate"][:20]} if "rate" in request.GET else {})}


def _rates(plan: SamplingPlan | None) -> list[tuple[str, float]]:
    return sorted(plan.rates.items()) if plan else []
