"""One service: its profile in five parts with findings beside, and the form of its facts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.actions import justify
from cx280.accounts.forms import tell
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.audit.actions import subject_of
from cx280.kernel.finding import Finding, Severity
from cx280.kernel.problem import Problem
from cx280.services import access, actions, queries
from cx280.services.forms import ReasonForm, RetireForm, ServiceForm
from cx280.services.models import Service
from cx280.services.rules.participation import latest_volume, participation
from cx280.services.rules.profile import elements_there
from cx280.services.views.inventory import place_of, type_names

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


@never_cache
@allow(SEE)
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The service's profile, what is wrong with it and where to put it right."""
    found = access.service_to_see(signed_in_person(request), code)
    return _page(request, found)


def _page(
    request: HttpRequest,
    found: Service,
    *,
    reason: ReasonForm | None = None,
    retire_form: RetireForm | None = None,
) -> HttpResponse:
    facts = queries.facts_of(found)
    findings = [] if found.retired_on else queries.findings_of(found)
    volume = latest_volume(facts.volumes)
    context = {
        "service": found,
        "facts": facts,
        "there": elements_there(facts),
        "rows": _rows(found, findings, reason),
        "errors": [each for each in findings if each.severity is Severity.ERROR],
        "warnings": [each for each in findings if each.severity is Severity.WARN],
        "type_name": type_names().get(found.service_type, found.service_type),
        "path": queries.unit_names([found.owner])[found.owner.pk],
        "volume": volume,
        "participation": participation(
            volume.customers if volume else None, found.eligible_population
        ),
        "channels": _channels(found),
        "designation": found.designations.filter(ended_on__isnull=True).first(),
        "retire_form": retire_form or RetireForm(initial={"on": timezone.localdate()}),
        "retire_failed": retire_form is not None,
        "may_edit": access.may_edit(signed_in_person(request), found),
        "sees_websites": Capability.SEE_TELEMETRY in capabilities_of(signed_in_person(request)),
        "sees_research": Capability.SEE_RESEARCH in capabilities_of(signed_in_person(request)),
    }
    failing = reason is not None or retire_form is not None
    return render(request, "services/service.html", context, status=422 if failing else 200)


def _rows(
    found: Service, findings: list[Finding], failed: ReasonForm | None
) -> list[dict[str, Any]]:
    """Each finding with the place to fix it, the reason written for it, and a form for one."""
    written = justifications_for(subject_of(found))
    rows = []
    for number, each in enumerate(findings):
        mine = failed if failed and failed.data.get("finding") == each.key else None
        form = mine or ReasonForm(initial={"finding": each.key}, auto_id=f"reason_{number}_%s")
        rows.append(
            {
                "finding": each,
                "place": place_of(found, each),
                "reason": written.get(each.key),
                "form": form if each.severity is Severity.WARN else None,
                "failed": mine is not None,
            }
        )
    return rows


def _channels(found: Service) -> list[dict[str, Any]]:
    """The channels, digital ones first, with whether each is still in use."""
    today = timezone.localdate()
    rows = [
        {
            "row": each,
            "is_digital": queries.is_digital(each),
            "is_used": each.until is None or each.until >= today,
        }
        for each in found.channels.all()
    ]
    return sorted(rows, key=lambda row: (not row["is_used"], not row["is_digital"]))


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """Adds a service."""
    person = signed_in_person(request)
    form = ServiceForm(person, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_service(None, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"“{made.name}” is added. Add its channels now.")
            return redirect("services:part", made.code, "channels")
    status = 422 if form.errors else 200
    return render(request, "services/edit.html", {"form": form}, status=status)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_service(request: HttpRequest, code: str) -> HttpResponse:
    """Changes the facts of a service."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    values = {name: getattr(found, name) for name in ServiceForm.base_fields}
    form = ServiceForm(
        person, timezone.localdate(), request.POST or None, initial=values, service=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_service(found, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The service is saved.")
            return redirect("services:service", code)
    context = {"form": form, "service": found}
    return render(request, "services/edit.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a service out of the inventory."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    form = RetireForm(request.POST)
    if form.is_valid():
        try:
            actions.retire_service(found, **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"“{found.name}” is retired. Its figures stay.")
            return redirect("services:service", code)
    return _page(request, access.service_to_edit(person, code), retire_form=form)


@never_cache
@allow(EDIT)
@require_POST
def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    """Puts a retired service back."""
    person = signed_in_person(request)
    actions.return_service(access.service_to_edit(person, code), by=person)
    messages.success(request, "The service is in the inventory again.")
    return redirect("services:service", code)


@never_cache
@allow(EDIT)
@require_POST
def give_reason(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps why a warning is right as it is."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            justify(subject_of(found), **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Your reason is kept with the service.")
            return redirect("services:service", code)
    return _page(request, found, reason=form)
