"""Talks with OMB: which there are, one of them, planning and recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.deep_dive import access, queries
from cx280.deep_dive.actions.talks import cancel_talk, change_plan, hold_talk, plan_talk
from cx280.deep_dive.forms import CancelForm, ChangeForm, FollowUpForm, HeldForm, PlanForm
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Standing
from cx280.kernel.problem import NotAllowed, Problem
from cx280.kernel.quarter import Quarter
from cx280.pages.downloads import file_response

SEE = Capability.SEE_DISCUSSIONS
RECORD = (Capability.RECORD_DISCUSSIONS, Capability.SEE_GOVERNMENT)
_ON_A_PAGE = 50
_HEADER = (
    "provider", "provider_name", "agency", "kind", "fiscal_year", "subject", "planned_on",
    "held_on", "state", "for_provider", "for_omb", "asks", "agreed", "follow_ups_left", "overdue",
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def talks(request: HttpRequest) -> HttpResponseBase:
    """Every talk the person may read, newest first, with what is left of it."""
    person, today = signed_in_person(request), timezone.localdate()
    seen = access.discussions_to_see(person)
    written = request.GET.get("format", "")
    if written:
        rows = _rows(queries.talks_of(seen, today))
        return file_response("talks with OMB", _HEADER, rows, form=written)
    page = Paginator(seen, _ON_A_PAGE).get_page(request.GET.get("page"))
    pks = [each.pk for each in page.object_list]
    left = queries.follow_ups_of(seen, open_only=True)
    behind = left.filter(due_on__lt=today)
    context = {
        "page": page,
        "talks": queries.talks_of(seen.filter(pk__in=pks), today),
        "left": left.count(),
        "behind": behind.count(),
        "may_plan": access.hisps_to_record_for(person).exists(),
        "is_omb": access.is_omb(person),
    }
    return render(request, "deep_dive/list.html", context)


def _rows(found: Iterable[queries.Talk]) -> Iterator[tuple[object, ...]]:
    for each in found:
        row = each.discussion
        yield (
            row.hisp.code, row.hisp.name, row.hisp.organization.name, row.kind,
            f"FY{row.fiscal_year}", row.subject, row.planned_on, row.held_on, each.standing.value,
            row.for_provider, row.for_omb, row.asks, row.agreed, each.left, each.overdue,
        )  # fmt: skip


@never_cache
@allow(*RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The form for a talk to come; `provider` and `kind` in the address fill it."""
    person, today = signed_in_person(request), timezone.localdate()
    given = request.POST if request.method == "POST" else None
    initial = {
        "fiscal_year": Quarter.of(today).fiscal_year,
        "subject": "Annual deep dive",
        "hisp": request.GET.get("provider", ""),
        "kind": request.GET.get("kind", ""),
    }
    form = PlanForm(given, initial=initial)
    form.fields["hisp"].queryset = access.hisps_to_record_for(person)  # type: ignore[attr-defined]
    if given is not None and form.is_valid():
        try:
            talk = plan_talk(form.cleaned_data.pop("hisp"), **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Planned. OMB and the provider see it now.")
            return redirect("deep_dive:talk", pk=talk.pk)
    context = {"form": form, "title": "Plan a talk with OMB"}
    return render(request, "deep_dive/form.html", context, status=200 if given is None else 422)


@never_cache
@allow(SEE)
@require_safe
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk: what was agreed, what is left, and the briefing."""
    return page(request, access.discussion_to_see(signed_in_person(request), pk))


def page(request: HttpRequest, found: Discussion, **forms_sent: forms.Form) -> HttpResponse:
    """The page of a talk, with the forms that were sent and could not be kept."""
    person, today = signed_in_person(request), timezone.localdate()
    standing = queries.standing_on(found, today)
    context: dict[str, Any] = {
        "talk": found,
        "standing": standing,
        "is_held": standing is Standing.HELD,
        "is_ahead": standing in {Standing.PLANNED, Standing.UNRECORDED},
        "follow_ups": queries.left_of(found.follow_ups.all(), today),
        "briefings": found.briefings.select_related("handed_by"),
        "may_record": access.may_record(person, found.hisp),
        "may_hand_over": access.may_hand_over(person, found.hisp),
        "is_omb": access.is_omb(person),
        "held_form": _held_form(found),
        "cancel_form": CancelForm(),
        "follow_up_form": FollowUpForm(),
        **forms_sent,
        "sent": set(forms_sent),
    }
    return render(request, "deep_dive/talk.html", context, status=422 if forms_sent else 200)


def _held_form(found: Discussion) -> HeldForm:
    names = ("held_on", "for_provider", "for_omb", "agreed")
    initial: dict[str, Any] = {each: getattr(found, each) for each in names}
    initial["held_on"] = initial["held_on"] or found.planned_on
    return HeldForm(initial=initial)


@never_cache
@allow(*RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day or subject for a talk to come, and what the provider asks."""
    person = signed_in_person(request)
    found = to_record(person, pk)
    given = request.POST if request.method == "POST" else None
    initial = {each: getattr(found, each) for each in ("subject", "planned_on", "asks")}
    form = ChangeForm(given, initial=initial)
    if given is not None and form.is_valid():
        change_plan(found, **form.cleaned_data, by=person)
        messages.success(request, "Changed.")
        return redirect("deep_dive:talk", pk=pk)
    context = {"form": form, "title": "Change this talk", "talk": found}
    return render(request, "deep_dive/form.html", context, status=200 if given is None else 422)


@never_cache
@allow(*RECORD)
@require_http_methods(["POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes down that the talk was held, and what was agreed."""
    person = signed_in_person(request)
    found = to_record(person, pk)
    form = HeldForm(request.POST)
    if form.is_valid():
        try:
            hold_talk(found, **form.cleaned_data, by=person, now=timezone.now())
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Recorded. Write down what is left to do.")
            return redirect("deep_dive:talk", pk=pk)
    return page(request, found, held_form=form)


@never_cache
@allow(*RECORD)
@require_http_methods(["POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a planned talk off."""
    person = signed_in_person(request)
    found = to_record(person, pk)
    form = CancelForm(request.POST)
    if form.is_valid():
        cancel_talk(found, because=form.cleaned_data["because"], by=person)
        messages.success(request, "Cancelled. It stays in the list.")
        return redirect("deep_dive:talk", pk=pk)
    return page(request, found, cancel_form=form)


def to_record(person: Person, pk: int) -> Discussion:
    """The talk, for who may record it; NotAllowed for who only reads it."""
    found = access.discussion_to_see(person, pk)
    if not access.may_record(person, found.hisp):
        raise NotAllowed("Talks with OMB are recorded by OMB or by the provider’s CX lead.")
    return found
