"""The organization tree: see it, add to it, change it from a day on, take it in and out as CSV."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import EndForm, tell
from cx280.accounts.organizations import access
from cx280.accounts.organizations.forms import ChangeForm, FileForm, NewUnitForm
from cx280.accounts.rules import Capability
from cx280.agencies import actions, queries
from cx280.agencies.models import Level, Organization
from cx280.agencies.rules.unit_file import COLUMNS, read_units
from cx280.kernel.problem import NotAllowed, Problem
from cx280.pages.downloads import csv_response

SEE = (Capability.SEE_SERVICES, Capability.EDIT_ORGANIZATIONS)
EDIT = Capability.EDIT_ORGANIZATIONS


@allow(*SEE)
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """The tree of the organizations the person works for."""
    person = signed_in_person(request)
    units = list(access.organizations_to_see(person))
    today = timezone.localdate()
    context = {
        "tree": queries.nested(units),
        "units": len(units),
        "ended": sum(not each.is_active(today) for each in units),
        "may_edit": access.organizations_to_edit(person).exists()
        or access.may_add_agencies(person),
        "today": today,
    }
    return render(request, "accounts/organizations.html", context)


@allow(*SEE)
@require_safe
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its place, its units, its dated changes."""
    return _page(request, access.organization_to_see(signed_in_person(request), code))


@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Adds a unit; `?below=code` proposes its place."""
    person = signed_in_person(request)
    places = access.organizations_to_edit(person)
    above = places.filter(code=request.GET.get("below", "").replace("\0", "")).first()
    form = NewUnitForm(
        request.POST or None, places=places, initial={"parent": above.pk if above else None}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if not access.may_edit(person, given["parent"]):
                raise NotAllowed("Choose the unit it stands below.", field="parent")
            unit = actions.add_organization(actor=person.email, **given)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{unit.name} is added.")
            return redirect("agencies:organization", unit.code)
    context = {"form": form, "above": above}
    status = 422 if form.errors else 200
    return render(request, "accounts/new-organization.html", context, status=status)


@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Renames or moves a unit from a day on."""
    person = signed_in_person(request)
    unit = access.organization_to_edit(person, code)
    places = access.organizations_to_edit(person)
    form = ChangeForm(request.POST or None, unit=unit, places=places)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            day, above = given.pop("on"), given.get("parent")
            if above and not access.may_edit(person, above):
                raise NotAllowed("You may not move it there.", field="parent")
            if given["level"] == Level.DEPARTMENT and not access.may_add_agencies(person):
                given["level"] = unit.level
            given["time_zone"] = given["time_zone"] or None
            kept = actions.change_organization(
                unit, actor=person.email, change=actions.Change(**given), on=day
            )
        except Problem as problem:
            tell(form, problem)
        else:
            words = "Nothing was different." if not kept else "The change is kept with its day."
            messages.success(request, words)
            return redirect("agencies:organization", unit.code)
    context = {"form": form, "unit": unit}
    status = 422 if form.errors else 200
    return render(request, "accounts/change-organization.html", context, status=status)


@allow(EDIT)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ends a unit after its last day."""
    person = signed_in_person(request)
    unit = access.organization_to_edit(person, code)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_organization(unit, actor=person.email, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{unit.name} has an end. Its services and history stay.")
            return redirect("agencies:organization", unit.code)
    return _page(request, unit, end_form=form)


@allow(EDIT)
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the end of a unit back."""
    person = signed_in_person(request)
    unit = access.organization_to_edit(person, code)
    actions.reopen_organization(unit, actor=person.email)
    messages.success(request, f"{unit.name} goes on.")
    return redirect("agencies:organization", unit.code)


@allow(EDIT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraws a planned change."""
    person = signed_in_person(request)
    planned = access.planned_change_to_edit(person, pk)
    actions.cancel_change(planned, actor=person.email)
    messages.success(request, "The planned change is withdrawn.")
    return redirect("agencies:organization", planned.organization.code)


@allow(*SEE)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The units as CSV; importing the file back changes nothing."""
    rows = queries.rows_of(access.organizations_to_see(signed_in_person(request)))
    return csv_response("organizations.csv", COLUMNS, [list(row.values()) for row in rows])


@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Takes over a CSV file of units, or only checks it."""
    person = signed_in_person(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    done = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = actions.import_units(
                read_units(given["file"]),
                actor=person.email,
                on=given["on"],
                may_edit=lambda unit: access.may_edit(person, unit),
                only_check=given["only_check"],
            )
        except Problem as problem:
            tell(form, problem)
        else:
            if not given["only_check"]:
                messages.success(request, done.in_words())
                return redirect("agencies:list")
    context = {"form": form, "done": done}
    status = 422 if form.errors else 200
    return render(request, "accounts/import-organizations.html", context, status=status)


def _page(request: HttpRequest, unit: Organization, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "unit": unit,
        "above": queries.above(unit),
        "below": queries.in_tree_order(unit.children.all()),
        "changes": unit.changes.filter(applied_on__isnull=False),
        "planned": unit.changes.filter(applied_on__isnull=True),
        "may_edit": access.may_edit(signed_in_person(request), unit),
        "is_active": unit.is_active(today),
        "end_form": EndForm(initial={"last_day": today}),
        "today": today,
        **more,
    }
    faulty = any(getattr(each, "errors", None) for each in more.values())
    return render(request, "accounts/organization.html", context, status=422 if faulty else 200)
