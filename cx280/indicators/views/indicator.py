"""One indicator: its years, what was changed of it, and the forms that write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.indicators import access
from cx280.indicators.actions.writing import retire_indicator, save_indicator, set_year
from cx280.indicators.forms import FIELDS, IndicatorForm, RetireForm, YearForm, initial_of
from cx280.indicators.models import FigureNote, Indicator
from cx280.indicators.queries.figures import lines_of
from cx280.indicators.queries.live import choices_of
from cx280.indicators.queries.register import words_of
from cx280.kernel.problem import NotAllowed, NotFound, Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Service

_NONE = ("", "None: operational or financial, stated by hand")
_YEARS_SHOWN = 5


@never_cache
@allow(access.SEE)
@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator with its years and its history."""
    return _page(request, access.indicator_to_see(signed_in_person(request), pk))


def _page(
    request: HttpRequest,
    found: Indicator,
    *,
    year_form: YearForm | None = None,
    retire_form: RetireForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    this = fiscal_year_of(today)
    known = {each.fiscal_year for each in found.years.all()}
    years = sorted(known | set(range(this - _YEARS_SHOWN + 2, this + 1)))
    failed = year_form is not None or retire_form is not None
    context = {
        "row": found,
        "line": lines_of([found], years, today)[0],
        "measure": words_of(found.service, found.measure),
        "notes": FigureNote.objects.filter(year__indicator=found).select_related("year", "by"),
        "redefinitions": found.redefinitions.all(),
        "may_change": access.may_change(signed_in_person(request), found),
        "year_form": year_form or YearForm(found, initial={"fiscal_year": this + 1}),
        "retire_form": retire_form or RetireForm(initial={"on": today}),
        "retire_failed": retire_form is not None,
        "year_failed": year_form is not None,
    }
    return render(request, "indicators/indicator.html", context, status=422 if failed else 200)


@never_cache
@allow(access.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks of which service, then for the indicator."""
    person = signed_in_person(request)
    asked = request.GET.get("service")
    services = [
        each
        for agency in access.agencies_to_see(person)
        for each in access.services_to_write(person, agency)
    ]
    if asked is None:
        agencies = [each for each in access.agencies_to_see(person)
                    if access.may_write(person, each, None)]  # fmt: skip
        context = {"services": services, "agencies": agencies}
        return render(request, "indicators/new.html", context)
    service = next((each for each in services if each.code == asked), None)
    if service is not None:
        return _write(request, agency_of(service.owner), service, None)
    agency = access.agency_to_see(person, request.GET.get("agency", ""))
    if asked or not access.may_write(person, agency, None):
        raise NotFound("There is no such service, or you do not write its indicators.")
    return _write(request, agency, None, None)


@never_cache
@allow(access.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an indicator; a change of its meaning breaks its series."""
    found = access.indicator_to_see(signed_in_person(request), pk)
    if not access.may_change(signed_in_person(request), found):
        raise NotAllowed("You may not change this indicator.")
    return _write(request, found.agency, found.service, found)


def _write(
    request: HttpRequest,
    agency: Organization,
    service: Service | None,
    row: Indicator | None,
) -> HttpResponse:
    form = _form(request, service, row)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        fields = {name: given[name] for name in FIELDS} | {"service": service}
        try:
            kept = save_indicator(
                agency, row, fields=fields, by=signed_in_person(request), now=timezone.now(),
                because=given.get("because", ""), from_year=given.get("from_year"),
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept. Now set its targets by year." if row is None
                             else "Kept.")  # fmt: skip
            return redirect("indicators:indicator", pk=kept.pk)
    context = {"form": form, "row": row, "service": service, "agency": agency}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/edit.html", context, status=status)


def _form(request: HttpRequest, service: Service | None, row: Indicator | None) -> IndicatorForm:
    """The form with the measures the service has; a change of meaning is asked about of old ones
    only."""
    initial: dict[str, Any] = initial_of(row) if row else {"kind": request.GET.get("kind", "")}
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    known = choices_of(service) if service else []
    if row and row.measure and row.measure not in dict(known):
        known.append((row.measure, f"{row.measure}, which the service has no more"))
    measure = form.fields["measure"]
    assert isinstance(measure, forms.ChoiceField)  # noqa: S101 - as the class says
    measure.choices = [_NONE, *known]
    if row is None:
        del form.fields["because"], form.fields["from_year"]
    return form


@never_cache
@allow(access.EDIT)
@require_POST
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the target of a year, and its figure where that is stated."""
    person = signed_in_person(request)
    found = access.indicator_to_see(person, pk)
    form = YearForm(found, request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            set_year(found, given.pop("fiscal_year"), **given, by=person, now=timezone.now())
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("indicators:indicator", pk=pk)
    return _page(request, found, year_form=form)


@never_cache
@allow(access.EDIT)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an indicator out of use."""
    person = signed_in_person(request)
    found = access.indicator_to_see(person, pk)
    form = RetireForm(request.POST)
    if not form.is_valid():
        return _page(request, found, retire_form=form)
    retire_indicator(found, on=form.cleaned_data["on"], by=person)
    messages.success(request, "Retired. Its years stay here.")
    return redirect("indicators:indicator", pk=pk)
