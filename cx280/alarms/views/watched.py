"""What is watched, how sensitively, and when nobody is to be told."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, may, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.actions import watching
from cx280.alarms.forms import MaintenanceForm, MuteForm, SensitivityForm
from cx280.alarms.models import Watch
from cx280.alarms.queries.watching import (
    a_month_of,
    grouped,
    is_of_deprecated_flow,
    planned_work,
    replay_of,
    watched_services,
)
from cx280.alarms.rules.hours import PutOff, put_off_until
from cx280.alarms.rules.watches import Sensitivity
from cx280.alarms.views.frame import moment, tabs
from cx280.kernel.problem import Unusable
from cx280.services.models import Service

SEE, HANDLE = Capability.SEE_ALARMS, Capability.HANDLE_ALARMS


@never_cache
@allow(SEE)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The services of which anything is watched."""
    found = watched_services(access.all_watches_to_see(signed_in_person(request)))
    rows = [(each, figures, _words(a_month)) for each, figures, a_month in found]
    return render(request, "alarms/watched.html", {"tabs": tabs(request), "rows": rows})


def _words(a_month: float) -> str:
    known = next((each for each in Sensitivity if abs(each.a_month - a_month) < 1e-9), None)
    return known.label if known else f"About {a_month:g} false alarms a month"


@never_cache
@allow(SEE)
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Each figure of one service that is watched."""
    person = signed_in_person(request)
    return _page(request, person, access.service_to_see(person, code))


def _page(
    request: HttpRequest, person: Person, found: Service, refused: forms.Form | None = None
) -> HttpResponse:
    now, a_month = timezone.now(), a_month_of(found)
    chosen = next((e.value for e in Sensitivity if abs(e.a_month - a_month) < 1e-9), None)
    context = {
        "tabs": tabs(request),
        "service": found,
        "may_handle": may(person, HANDLE, found.owner),
        **_figures(access.watches_to_see(person, found), now),
        "sensitivity": _words(a_month),
        "sensitivity_form": SensitivityForm(initial={"a_month": chosen}),
        "replay": _replayed(found),
        "mute_form": MuteForm(),
        "work": [(each, moment(each.starts_at), moment(each.ends_at))
                 for each in planned_work(found, now)],
        "work_form": refused or MaintenanceForm(),
        "refused": refused is not None,
    }  # fmt: skip
    return render(request, "alarms/service.html", context, status=422 if refused else 200)


def _figures(seen: QuerySet[Watch], now: datetime) -> dict[str, object]:
    """What is watched of the whole, in groups, and at how many offices."""
    return {
        "groups": [(name, [(each, *state_of(each, now)) for each in watches])
                   for name, watches in grouped(seen)],
        "figures": seen.count(),
        "offices": seen.exclude(unit=None).values("unit").distinct().count(),
    }  # fmt: skip


def _replayed(found: Service) -> dict[str, object]:
    """What each choice would have told over the last days, to choose by."""
    told, days = replay_of(found)
    rows = [(Sensitivity.of(choice), many) for choice, many in told]
    return {"rows": rows, "days": days, "chosen": a_month_of(found)}


def state_of(watch: Watch, now: datetime) -> tuple[str, str]:
    """A word for the state of the watch and the colour of its tag."""
    if not watch.enabled:
        return "not watched", "quiet"
    if is_of_deprecated_flow(watch):
        return "muted: deprecated flow", "quiet"
    if watch.muted_until is not None and watch.muted_until > now:
        return f"muted until {moment(watch.muted_until)}", "waiting"
    if watch.looked_to is None:
        return "nothing to look at yet", "quiet"
    return "watched", "done"


@never_cache
@allow(HANDLE)
@require_POST
def sensitivity(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps how many false alarms are accepted."""
    person = signed_in_person(request)
    found = access.service_to_handle(person, code)
    form = SensitivityForm(request.POST)
    if form.is_valid():
        watching.choose_sensitivity(found, a_month=form.chosen(), by=person)
        messages.success(request, "Kept. It holds from the next look on.")
    else:
        messages.error(request, "Choose how many false alarms you can live with.")
    return redirect("alarms:service", code)


@never_cache
@allow(HANDLE)
@require_POST
def switch_it(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Watches a figure, or not."""
    person = signed_in_person(request)
    watch = access.watch_to_handle(person, code, pk)
    enabled = request.POST.get("enabled") == "1"
    watching.switch(watch, enabled=enabled, by=person)
    said = "is watched" if enabled else "is no longer watched"
    messages.success(request, f"“{watch.label}” {said}.")
    return _back_to(watch, code)


def _back_to(watch: Watch, code: str) -> HttpResponse:
    """The page on which the figure stands."""
    return redirect("alarms:service" if watch.unit_id is None else "alarms:offices", code)


@never_cache
@allow(HANDLE)
@require_POST
def mute_it(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Mutes a figure for a while; without a time, no longer."""
    person = signed_in_person(request)
    watch = access.watch_to_handle(person, code, pk)
    now, form = timezone.now(), MuteForm(request.POST)
    until = None
    if form.is_valid():
        chosen = PutOff.of(form.cleaned_data["until"])
        until = put_off_until(chosen, now, timezone.get_current_timezone_name())
    watching.mute(watch, until=until, by=person, now=now)
    said = f"is muted until {moment(until)}" if until else "is no longer muted"
    messages.success(request, f"“{watch.label}” {said}.")
    return _back_to(watch, code)


@never_cache
@allow(HANDLE)
@require_POST
def maintenance(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps hours of work on the service."""
    person = signed_in_person(request)
    found = access.service_to_handle(person, code)
    form = MaintenanceForm(request.POST)
    if form.is_valid():
        try:
            watching.plan_maintenance(found, by=person, **form.cleaned_data)
        except Unusable as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept. What falls in these hours is no alarm.")
            return redirect("alarms:service", code)
    return _page(request, person, found, form)


@never_cache
@allow(HANDLE)
@require_POST
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Takes planned work away."""
    person = signed_in_person(request)
    found = access.service_to_handle(person, code)
    watching.cancel_maintenance(access.maintenance_of(found, pk), by=person)
    messages.success(request, "These hours are watched again.")
    return redirect("alarms:service", code)
