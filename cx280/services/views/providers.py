"""High-Impact Service Providers: OMB's list on any day, and the services each designated."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, capabilities_of, may, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services import access, actions, queries
from cx280.services.forms import EndForm, HispForm, HispListForm
from cx280.services.models import HispList
from cx280.services.rules.hisp_list import Difference, read_list

C = Capability


@never_cache
@allow(C.SEE_SERVICES)
@require_safe
def hisps(request: HttpRequest) -> HttpResponse:
    """The providers there were on a day."""
    person = signed_in_person(request)
    on = _day(request.GET.get("on", "")) or timezone.localdate()
    seen = access.hisps_where(person, C.SEE_SERVICES)
    rows = [
        (each, queries.name_of(each, on), queries.designated_services(each, on).count())
        for each in queries.hisps_on(on, seen)
    ]
    context = {
        "rows": rows,
        "on": on,
        "is_today": on == timezone.localdate(),
        "last_list": HispList.objects.filter(effective_on__lte=on).first(),
        "may_import": C.CONCUR in capabilities_of(person),
    }
    return render(request, "services/hisps.html", context)


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None


@never_cache
@allow(C.CONCUR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Reads a version of the list: first what it changes, then, confirmed, the change."""
    person = signed_in_person(request)
    today = timezone.localdate()
    form = HispListForm(
        request.POST or None, initial={"retrieved_on": today, "effective_on": today}
    )
    found: Difference | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entries = read_list(given.pop("text"))
            found = actions.list_difference(entries, effective_on=given["effective_on"])
            if "confirm" in request.POST:
                actions.import_hisp_list(entries, **given, by=person)
                messages.success(request, "The list is in effect.")
                return redirect("services:hisps")
        except Problem as problem:
            tell(form, problem)
            found = None
    context = {"form": form, "difference": found}
    return render(
        request, "services/import-hisps.html", context, status=422 if form.errors else 200
    )


@never_cache
@allow(C.SEE_SERVICES)
@require_safe
def hisp(request: HttpRequest, code: str) -> HttpResponse:
    """One provider: its days, its duty to designate, its services."""
    person = signed_in_person(request)
    found = access.hisp_to_see(person, code)
    today = timezone.localdate()
    due, standing = queries.designation_standing_of(found, fiscal_year_of(today), today)
    context = {
        "hisp": found,
        "periods": queries.hisp_periods(found),
        "names": found.changes.filter(field="name"),
        "designations": queries.designations_of(found),
        "concurred": queries.designated_services(found, today).count(),
        "findings": [
            {**each.as_dict(), "where": None} for each in queries.designation_findings(found)
        ],
        "due": due,
        "standing": standing,
        "end_form": EndForm(),
        "may_propose": may(person, C.DESIGNATE, found.organization),
    }
    return render(request, "services/hisp.html", context)


@never_cache
@allow(C.DESIGNATE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_hisp(request: HttpRequest, code: str) -> HttpResponse:
    """What the agency says of the provider, and from when it reports."""
    person = signed_in_person(request)
    found = access.hisp_to(person, C.DESIGNATE, code)
    values = {name: getattr(found, name) for name in HispForm.base_fields}
    form = HispForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        actions.save_hisp(found, by=person, values=form.cleaned_data)
        messages.success(request, "The provider is saved.")
        return redirect("services:hisp", code)
    context = {"form": form, "hisp": found}
    return render(request, "services/edit-hisp.html", context, status=422 if form.errors else 200)


@never_cache
@allow(C.DESIGNATE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a designation."""
    person = signed_in_person(request)
    found = access.designation_to(person, C.DESIGNATE, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        actions.end_designation(
            found, by=person, on=timezone.localdate(), why=form.cleaned_data["why"]
        )
        messages.success(request, "The designation ends today.")
    else:
        messages.error(request, "Say why the designation ends.")
    return redirect("services:hisp", found.hisp.code)
