"""Writing a proposal: services with why, figures, weights."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.actions.writing import (
    choose,
    drop,
    explain,
    take_over_known,
    write_figures,
    write_weights,
)
from cx280.designation.forms import ChoiceForm, FiguresForm, ReasonForm, WeightsForm
from cx280.designation.models import Proposal
from cx280.designation.queries.proposals import services_to_choose
from cx280.designation.views.proposals import page
from cx280.kernel.problem import NotAllowed, Problem
from cx280.services.models import Service

DESIGNATE = Capability.DESIGNATE


@never_cache
@allow(DESIGNATE)
@require_POST
def choose_service(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Puts a service forward, or changes why."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    form = ChoiceForm(request.POST)
    form.fields["service"].queryset = services_to_choose(found.hisp)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            choose(found, form.cleaned_data["service"], why=form.cleaned_data["why"], by=person)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("designation:proposal", hisp, year)
    return page(request, found, choice_form=form)


@never_cache
@allow(DESIGNATE)
@require_POST
def drop_service(request: HttpRequest, hisp: str, year: int, code: str) -> HttpResponse:
    """Takes a service out of the proposal."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    service = access.candidate(Service.objects.filter(pk__in=found.choices.values("service")), code)
    drop(found, service, by=person)
    messages.success(request, f"“{service.name}” is not put forward any more.")
    return redirect("designation:proposal", hisp, year)


@never_cache
@allow(DESIGNATE)
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, hisp: str, year: int, code: str) -> HttpResponse:
    """What is known of one service's impact, and who says so."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    service = access.candidate(services_to_choose(found.hisp), code)
    given = request.POST if request.method == "POST" else None
    form = FiguresForm(given, initial=_initial(found, service))
    if given is not None and form.is_valid():
        try:
            write_figures(found, service, known=form.known(), by=person)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"Kept for {service.name}.")
            return redirect("designation:proposal", hisp, year)
    context = {"proposal": found, "service": service, "form": form}
    status = 422 if given is not None else 200
    return render(request, "designation/figures.html", context, status=status)


def _initial(found: Proposal, service: Service) -> dict[str, object]:
    written: dict[str, object] = {}
    for each in found.figures.filter(service=service):
        for part in ("value", "low", "high", "source"):
            value = getattr(each, part)
            written[f"{each.factor}_{part}"] = (
                f"{value:.12g}" if isinstance(value, float) else value
            )
    return written


@never_cache
@allow(DESIGNATE)
@require_POST
def take_over(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Brings in what the inventory knows now."""
    person = signed_in_person(request)
    added = take_over_known(access.proposal_to_see(person, hisp, year), by=person)
    messages.success(request, f"{added} figure{'s'[: added != 1]} added. What stood there stays.")
    return redirect("designation:proposal", hisp, year)


@never_cache
@allow(DESIGNATE)
@require_POST
def reason(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Keeps why a warning is right as it is."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            explain(found, **form.cleaned_data, by=person)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Your reason goes with the proposal.")
            return redirect("designation:proposal", hisp, year)
    return page(request, found, reason_form=form)


@never_cache
@allow(DESIGNATE)
@require_POST
def weights(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """Keeps how much each factor counts."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    form = WeightsForm(request.POST)
    if form.is_valid():
        try:
            write_weights(found, weights=form.cleaned_data, by=person)
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The services are in order of these weights now.")
            return redirect("designation:proposal", hisp, year)
    return page(request, found, weights_form=form)
