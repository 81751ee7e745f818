"""What people do with an incident: each address takes one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.actions import turns
from cx280.alarms.forms import ActionForm, NoteForm, OwnerForm, SnoozeForm, TurnForm
from cx280.alarms.models import Incident
from cx280.alarms.queries.recipients import handlers_of
from cx280.alarms.queries.told import line_of
from cx280.alarms.rules.hours import PutOff, put_off_until
from cx280.alarms.views.incident import page_of
from cx280.kernel.problem import Problem, Unusable

HANDLE = Capability.HANDLE_ALARMS
# The form for an incident, from what was sent.
Make = Callable[[Incident, QueryDict], forms.Form]
Act = Callable[[Incident, Person, dict[str, Any]], None]


@never_cache
@allow(HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Where messages lead: reading it changes nothing, the button says “I am on it”."""
    if request.method == "POST":
        return _dealt_with(
            request, pk, _plain(TurnForm, "take"), _noted(turns.acknowledge),
            "You have it. Others see that.",
        )  # fmt: skip
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    line = line_of(found, access.parts_to_see(person, found))
    context = {"line": line, "incident": found, "take_form": TurnForm(prefix="take")}
    return render(request, "alarms/take.html", context)


@never_cache
@allow(HANDLE)
@require_POST
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts it off."""

    def act(found: Incident, by: Person, said: dict[str, Any]) -> None:
        now, zone = timezone.now(), timezone.get_current_timezone_name()
        until = put_off_until(PutOff.of(said["until"]), now, zone)
        turns.snooze(found, until=until, by=by, now=now, note=said["note"])

    words = "Put off. You are told when it is back."
    return _dealt_with(request, pk, _plain(SnoozeForm, "snooze"), act, words)


@never_cache
@allow(HANDLE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes it."""
    words = "Closed. If it falls again, that is a new alarm."
    return _dealt_with(request, pk, _plain(TurnForm, "close"), _noted(turns.resolve), words)


@never_cache
@allow(HANDLE)
@require_POST
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens it again, or hands it back."""
    form, act = _plain(TurnForm, "close"), _noted(turns.open_again)
    return _dealt_with(request, pk, form, act, "It is open again.")


@never_cache
@allow(HANDLE)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who deals with it."""

    def make(found: Incident, sent: QueryDict) -> forms.Form:
        return OwnerForm(handlers_of(found, timezone.localdate()), sent, prefix="owner")

    def act(found: Incident, by: Person, said: dict[str, Any]) -> None:
        turns.own(found, owner=said["owner"], by=by)

    return _dealt_with(request, pk, make, act, "Kept.")


@never_cache
@allow(HANDLE)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a note."""

    def act(found: Incident, by: Person, said: dict[str, Any]) -> None:
        turns.add_note(found, text=said["text"], by=by, now=timezone.now())

    return _dealt_with(request, pk, _plain(NoteForm, "note"), act, "The note is kept.")


@never_cache
@allow(HANDLE)
@require_POST
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Links what is done about it."""

    def act(found: Incident, by: Person, said: dict[str, Any]) -> None:
        turns.link_action(found, text=said["action_text"], url=said["action_url"], by=by)

    return _dealt_with(request, pk, _plain(ActionForm, "action"), act, "Kept.")


def _noted(turn: Callable[..., object]) -> Act:
    """The turn, with the word for the history from its form."""

    def act(found: Incident, by: Person, said: dict[str, Any]) -> None:
        turn(found, by=by, now=timezone.now(), note=said["note"])

    return act


def _plain(kind: type[forms.Form], prefix: str) -> Make:
    """A form that is the same for every incident."""
    return lambda _, sent: kind(sent, prefix=prefix)


def _dealt_with(request: HttpRequest, pk: int, make: Make, act: Act, words: str) -> HttpResponse:
    """Back to the incident with a word on what was done; what cannot be done is told there."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    form = make(found, request.POST)
    if not form.is_valid():
        return page_of(request, person, found, form)
    try:
        act(found, person, form.cleaned_data)
    except Unusable as problem:
        tell(form, problem)
        return page_of(request, person, found, form)
    except Problem as problem:
        messages.warning(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, words)
    return redirect("alarms:incident", found.pk)
