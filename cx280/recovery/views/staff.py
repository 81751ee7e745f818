"""Who waits to be contacted, how to reach them, and whether a survey offers it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.clearance.queries import contact_findings
from cx280.kernel.problem import Problem
from cx280.recovery import access, actions, queries
from cx280.recovery.forms import DoneForm
from cx280.recovery.models import ContactWish
from cx280.recovery.rules import days_left
from cx280.responses.queries import today_of
from cx280.responses.tokens import CONTACT_DAYS
from cx280.surveys.access import survey_to_edit
from cx280.surveys.rules.labels import language_name
from cx280.surveys.views.tabs import tabs_of

_MOST = 50
_LATELY = timedelta(days=90)
_SOON = 5  # days before the end from which a wish is marked


@never_cache
@allow(Capability.CONTACT_CUSTOMERS)
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """Everybody who waits to be contacted, and what was handled lately; how to reach nobody."""
    found = access.wishes_to_read(signed_in_person(request))
    context = {
        "waiting": [
            (each, _left(each), language_name(each.language)) for each in queries.waiting(found)
        ],
        "over": queries.over(found, timezone.now() - _LATELY)[:_MOST],
        "soon": _SOON,
        "kept_days": CONTACT_DAYS,
    }
    return render(request, "recovery/wishes.html", context)


def _left(wish: ContactWish) -> int:
    return days_left(wish.erase_after, today_of(wish.survey.service.owner))


@never_cache
@allow(Capability.CONTACT_CUSTOMERS)
@require_safe
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish, before it is read: reading is a step of its own, because it is written down."""
    return _wish_page(request, access.wish_to_read(signed_in_person(request), pk))


@never_cache
@allow(Capability.CONTACT_CUSTOMERS)
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach the person and what they answered; the reading stands in the audit trail."""
    person = signed_in_person(request)
    found = access.wish_to_read(person, pk)
    try:
        reach = actions.read_wish(found, by=person)
    except actions.Gone as problem:
        messages.error(request, problem.message)
        return redirect("recovery:wish", pk)
    return _wish_page(request, found, reach=reach)


@never_cache
@allow(Capability.CONTACT_CUSTOMERS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what was done, and erases how to reach the person."""
    person = signed_in_person(request)
    found = access.wish_to_read(person, pk)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _wish_page(request, found, form=form)
    try:
        actions.close_wish(found, note=form.cleaned_data["note"], by=person)
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("recovery:wish", pk)
    messages.success(request, "Handled. How to reach the person is erased.")
    return redirect("recovery:wishes")


def _wish_page(
    request: HttpRequest, found: ContactWish, *, reach: actions.Reach | None = None,
    form: DoneForm | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "wish": found,
        "left": _left(found),
        "language": language_name(found.language),
        "reach": reach,
        "form": form or DoneForm(),
        "failed": form is not None,
    }
    return render(request, "recovery/wish.html", context, status=422 if form else 200)


@never_cache
@allow(Capability.EDIT_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """Whether people may leave how to reach them after answering; switched on or off here."""
    person = signed_in_person(request)
    found = survey_to_edit(person, code)
    if request.method == "POST":
        return _switch(request, code)
    context = {
        "survey": found,
        "refused": contact_findings(found.collection, today_of(found.service.owner)),
        "counts": queries.counts_of(found, timezone.now()),
        "may_read": access.may_read_for(person, found),
        "kept_days": CONTACT_DAYS,
        "builder_tabs": tabs_of(found, may_edit=True),
    }
    return render(request, "recovery/survey.html", context)


def _switch(request: HttpRequest, code: str) -> HttpResponse:
    person = signed_in_person(request)
    offered = request.POST.get("offered") == "1"
    try:
        actions.offer_contact(survey_to_edit(person, code), offered=offered, by=person)
    except actions.MayNotAsk as problem:
        messages.error(request, f"{problem.message} {problem.fix} (rule {problem.rule})")
    else:
        said = "People who answer can now leave" if offered else "Nobody is asked any more for"
        messages.success(request, f"{said} an email address or a telephone number.")
    return redirect("recovery:survey", code)
