"""Journeys: their steps in order, moments that matter, and the blueprint below each step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound, Problem
from cx280.services import access, actions, queries
from cx280.services.forms import JourneyForm, JourneyNameForm, StepForm
from cx280.services.models import Journey, JourneyStep, Service
from cx280.services.rules.inventory_json import journey_to_json

EDIT = Capability.EDIT_SERVICES


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_journey(request: HttpRequest, code: str) -> HttpResponse:
    """Starts a journey with its two ends."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    form = JourneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_journey(found, by=person, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Both ends stand. Add what happens in between.")
            return redirect("services:journey", code, made.pk)
    context = {"form": form, "service": found}
    status = 422 if form.errors else 200
    return render(request, "services/new-journey.html", context, status=status)


@never_cache
@allow(Capability.SEE_SERVICES)
@require_http_methods(["GET", "HEAD"])
def journey(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The journey as a map, and the buttons that change it."""
    person = signed_in_person(request)
    found = access.service_to_see(person, code)
    shown = found.journeys.filter(pk=pk).first()
    if shown is None:
        raise NotFound("This service has no such journey.")
    return _page(request, found, shown)


def _page(
    request: HttpRequest, found: Service, shown: Journey, name_form: JourneyNameForm | None = None
) -> HttpResponse:
    place = f"journeys[{shown.name}]"
    steps = list(shown.steps.prefetch_related("tools"))
    context = {
        "service": found,
        "journey": shown,
        "steps": steps,
        "without_systems": [each for each in steps if not each.tools.all()],
        "findings": [
            {**each.as_dict(), "where": None}
            for each in queries.findings_of(found)
            if each.where == place
        ],
        "name_form": name_form or JourneyNameForm(initial={"name": shown.name}),
        "name_failed": name_form is not None,
        "may_edit": access.may_edit(signed_in_person(request), found),
    }
    status = 422 if name_form else 200
    return render(request, "services/journey.html", context, status=status)


@never_cache
@allow(Capability.SEE_SERVICES)
@require_safe
def journey_json(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The journey with its blueprint, as the inventory's JSON writes it."""
    found = access.service_to_see(signed_in_person(request), code)
    shown = found.journeys.filter(pk=pk).first()
    if shown is None:
        raise NotFound("This service has no such journey.")
    text = journey_to_json(queries.journey_record(shown))
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-journey-{pk}.json"'
    return response


@never_cache
@allow(EDIT)
@require_POST
def rename(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Gives the journey another name."""
    person = signed_in_person(request)
    shown = access.journey_to_edit(person, code, pk)
    form = JourneyNameForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_journey(shown, name=form.cleaned_data["name"], by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            return redirect("services:journey", code, pk)
    return _page(request, shown.service, access.journey_to_edit(person, code, pk), form)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Removes the journey and its steps."""
    person = signed_in_person(request)
    actions.remove_journey(access.journey_to_edit(person, code, pk), by=person)
    messages.success(request, "The journey is removed.")
    return redirect("services:service", code)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Adds a step."""
    shown = access.journey_to_edit(signed_in_person(request), code, pk)
    return _step_page(request, shown, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_step(request: HttpRequest, code: str, pk: int, step: int) -> HttpResponse:
    """Changes a step."""
    shown = access.journey_to_edit(signed_in_person(request), code, pk)
    return _step_page(request, shown, _step(shown, step))


def _step_page(request: HttpRequest, shown: Journey, step: JourneyStep | None) -> HttpResponse:
    person = signed_in_person(request)
    initial: dict[str, Any] = {"stage": "process"}
    if step is not None:
        own = set(StepForm.base_fields) - {"tools"}
        initial = {name: getattr(step, name) for name in own}
        initial["tools"] = [str(each.pk) for each in step.tools.all()]
    form = StepForm(shown.service, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        tools = list(shown.service.tools.filter(pk__in=values.pop("tools", [])))
        try:
            if step is None:
                actions.add_step(shown, by=person, values=values, tools=tools)
            else:
                actions.change_step(step, by=person, values=values, tools=tools)
        except Problem as problem:
            tell(form, problem)
        else:
            return redirect("services:journey", shown.service.code, shown.pk)
    context = {"form": form, "journey": shown, "service": shown.service, "step": step}
    return render(request, "services/step.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def move_step(request: HttpRequest, code: str, pk: int, step: int) -> HttpResponse:
    """Moves a step one place."""
    person = signed_in_person(request)
    shown = access.journey_to_edit(person, code, pk)
    places = -1 if request.POST.get("way") == "up" else 1
    actions.move_step(_step(shown, step), by_places=places, by=person)
    return redirect("services:journey", code, pk)


@never_cache
@allow(EDIT)
@require_POST
def remove_step(request: HttpRequest, code: str, pk: int, step: int) -> HttpResponse:
    """Removes a step."""
    person = signed_in_person(request)
    shown = access.journey_to_edit(person, code, pk)
    actions.remove_step(_step(shown, step), by=person)
    return redirect("services:journey", code, pk)


def _step(shown: Journey, pk: int) -> JourneyStep:
    found = shown.steps.filter(pk=pk).first()
    if found is None:
        raise NotFound("This journey has no such step.")
    return found
