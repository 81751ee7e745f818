"""Inventory cycles: open, review, certify; and the certificates of the past."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, may, organizations_where, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.agencies.models import Level, Organization
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services import access, actions, queries
from cx280.services.forms import CycleForm
from cx280.services.models import InventoryCycle
from cx280.services.views.inventory import place_of

SEE, CERTIFY = Capability.SEE_SERVICES, Capability.CERTIFY_INVENTORY


@never_cache
@allow(SEE)
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    """The inventories of every year, and the form that opens the next."""
    return _list(request, None)


def _list(request: HttpRequest, failed: CycleForm | None) -> HttpResponse:
    person = signed_in_person(request)
    seen = organizations_where(person, SEE).values_list("path", flat=True)
    roots = {int(path.split("/")[1]) for path in seen}
    agencies = Organization.objects.filter(pk__in=roots, level=Level.DEPARTMENT)
    mine = access.agencies_where(person, CERTIFY)
    year = fiscal_year_of(timezone.localdate())
    form = failed or CycleForm(mine, initial={"fiscal_year": year})
    context = {
        "cycles": queries.cycles_of(agencies),
        "form": form if mine.exists() else None,
        "year": year,
    }
    return render(request, "services/cycles.html", context, status=422 if failed else 200)


@never_cache
@allow(CERTIFY)
@require_POST
def open_cycle(request: HttpRequest) -> HttpResponse:
    """Opens a year's inventory."""
    person = signed_in_person(request)
    form = CycleForm(access.agencies_where(person, CERTIFY), request.POST)
    if form.is_valid():
        try:
            made = actions.open_cycle(**form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"The inventory of FY{made.fiscal_year} is open.")
            return redirect("services:cycle", made.pk)
    return _list(request, form)


@never_cache
@allow(SEE)
@require_safe
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """One inventory: what keeps it from being certified, or its certificate."""
    person = signed_in_person(request)
    found = access.cycle_to_see(person, pk)
    context: dict[str, object] = {
        "cycle": found,
        "may_certify": may(person, CERTIFY, found.agency),
        "sees_all": may(person, SEE, found.agency),
    }
    if found.state == InventoryCycle.State.CERTIFIED:
        context["is_intact"] = queries.is_intact(found)
    else:
        lines = queries.lines_to_certify(found)
        wrong = [
            (line.service, finding, place_of(line.service, finding))
            for line in lines
            for finding in line.errors
        ]
        context |= {
            "services": len(lines),
            "wrong": wrong,
            "wrong_services": sum(bool(line.errors) for line in lines),
            "with_warnings": sum(bool(line.warnings) for line in lines),
            "bureaus": queries.by_bureau(lines),
        }
    return render(request, "services/cycle.html", context)


@never_cache
@allow(CERTIFY)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends entering; the review starts."""
    person = signed_in_person(request)
    actions.start_review(access.cycle_to_certify(person, pk), by=person)
    messages.success(request, "The inventory is in review.")
    return redirect("services:cycle", pk)


@never_cache
@allow(CERTIFY)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the bureaus enter again."""
    person = signed_in_person(request)
    actions.return_to_bureaus(access.cycle_to_certify(person, pk), by=person)
    messages.success(request, "Bureaus can enter again.")
    return redirect("services:cycle", pk)


@never_cache
@allow(CERTIFY)
@require_POST
def certify(request: HttpRequest, pk: int) -> HttpResponse:
    """Certifies the inventory as it stands."""
    person = signed_in_person(request)
    found = access.cycle_to_certify(person, pk)
    try:
        actions.certify_inventory(found, by=person)
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, "The inventory is certified.")
    return redirect("services:cycle", pk)


@never_cache
@allow(SEE)
@require_safe
def certified_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The inventory exactly as it was certified."""
    found = access.cycle_to_see(signed_in_person(request), pk)
    if found.inventory is None:
        raise NotFound("This inventory is not certified yet.")
    text = json.dumps(found.inventory, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json")
    name = f"inventory-{found.agency.code}-FY{found.fiscal_year}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
