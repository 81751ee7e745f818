"""What people do with an incident: each address takes one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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


@never_cache
@allow(HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Where messages lead: reading it changes nothing, the button says “I am on it”."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    if request.method != "POST":
        line = line_of(found, access.parts_to_see(person, found))
        context = {"line": line, "incident": found, "take_form": TurnForm(prefix="take")}
        return render(request, "alarms/take.html", context)
    return _done(
        request, person, found, TurnForm(request.POST, prefix="take"),
        lambda said: turns.acknowledge(found, by=person, now=timezone.now(), note=said["note"]),
        "You have it. Others see that.",
    )  # fmt: skip


@never_cache
@allow(HANDLE)
@require_POST
def put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts it off."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)

    def act(said: dict[str, Any]) -> object:
        now = timezone.now()
        until = put_off_until(
            PutOff.of(str(said["until"])), now, timezone.get_current_timezone_name()
        )
        return turns.snooze(found, until=until, by=person, now=now, note=str(said["note"]))

    form = SnoozeForm(request.POST, prefix="snooze")
    return _done(request, person, found, form, act, "Put off. You are told when it is back.")


@never_cache
@allow(HANDLE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes it."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    return _done(
        request, person, found, TurnForm(request.POST, prefix="close"),
        lambda said: turns.resolve(found, by=person, now=timezone.now(), note=said["note"]),
        "Closed. If it falls again, that is a new alarm.",
    )  # fmt: skip


@never_cache
@allow(HANDLE)
@require_POST
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens it again, or hands it back."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    return _done(
        request, person, found, TurnForm(request.POST, prefix="close"),
        lambda said: turns.open_again(found, by=person, now=timezone.now(), note=said["note"]),
        "It is open again.",
    )  # fmt: skip


@never_cache
@allow(HANDLE)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who deals with it."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    people = handlers_of(found, timezone.localdate())
    return _done(
        request, person, found, OwnerForm(people, request.POST, prefix="owner"),
        lambda said: turns.own(found, owner=said["owner"], by=person),
        "Kept.",
    )  # fmt: skip


@never_cache
@allow(HANDLE)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a note."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    return _done(
        request, person, found, NoteForm(request.POST, prefix="note"),
        lambda said: turns.add_note(found, text=said["text"], by=person, now=timezone.now()),
        "The note is kept.",
    )  # fmt: skip


@never_cache
@allow(HANDLE)
@require_POST
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Links what is done about it."""
    person = signed_in_person(request)
    found = access.incident_to_handle(person, pk)
    return _done(
        request, person, found, ActionForm(request.POST, prefix="action"),
        lambda said: turns.link_action(
            found, text=said["action_text"], url=said["action_url"], by=person
        ),
        "Kept.",
    )  # fmt: skip


def _done(
    request: HttpRequest,
    person: Person,
    found: Incident,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    words: str,
) -> HttpResponse:
    """Back to the incident with a word on what was done; what cannot be done is told there."""
    if not form.is_valid():
        return page_of(request, person, found, form)
    try:
        act(form.cleaned_data)
    except Unusable as problem:
        tell(form, problem)
        return page_of(request, person, found, form)
    except Problem as problem:
        messages.warning(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, words)
    return redirect("alarms:incident", found.pk)
