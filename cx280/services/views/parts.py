"""The parts of a service, one page each: channels, roles, tools and the rest."""

from __future__ import annotations

from dataclasses import dataclass

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
from cx280.kernel.problem import NotFound, Problem
from cx280.services import access, actions, queries
from cx280.services.forms import PART_FORMS, RetireChannelForm
from cx280.services.models import Service

EDIT = Capability.EDIT_SERVICES


@dataclass(frozen=True, slots=True)
class Words:
    """How a part's page speaks: its question, one sentence, the button, and the empty state."""

    question: str
    lead: str
    add: str
    empty: str


WORDS = {
    "channels": Words(
        "Where is this service given?",
        "Every way in counts, digital or not. A traditional way must stay open for those who are"
        " not online.",
        "Add the channel",
        "No channel yet. Add the first below.",
    ),
    "roles": Words(
        "Who does what?",
        "The tasks from first contact to the end, and whether a person or a machine does each.",
        "Add the role",
        "No role yet. Add the first task below.",
    ),
    "tools": Words(
        "What technology does it stand on?",
        "The building blocks: sign-in, the website, notifications, case handling.",
        "Add the tool",
        "No tool yet. Add the first below.",
    ),
    "customers": Words(
        "Who are its customers?",
        "People, businesses and organizations, and the way they meet the service.",
        "Add the customers",
        "Nobody yet. Add the first kind of customer below.",
    ),
    "volumes": Words(
        "How many people use it?",
        "Customers in a fiscal year, with the source of the number.",
        "Add the volume",
        "No number yet. Add one fiscal year below.",
    ),
    "partners": Words(
        "Who else helps deliver it?",
        "Anybody outside the responsible unit, inside or outside the agency.",
        "Add the partner",
        "No partner. That is fine if the unit does it alone.",
    ),
    "reviews": Words(
        "Could more of it be given digitally?",
        "Look again every year. Keep the outcome, and the reason when it is not feasible.",
        "Keep the review",
        "Nobody has looked yet. Keep the first review below.",
    ),
}


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """One part of a service: what is listed, and a form to add to it."""
    person = signed_in_person(request)
    if part not in PART_FORMS:
        raise NotFound("A service has no such page.")
    found = access.service_to_edit(person, code)
    form = PART_FORMS[part](request.POST or None, initial=_start(part, person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_part(found, part, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Added.")
            return redirect("services:part", code, part)
    return _page(request, found, part, form)


def _start(part: str, person: Person) -> dict[str, object]:
    """What a form can know by itself: a review is made today, by whoever writes it down."""
    if part != "reviews":
        return {}
    return {"reviewed_on": timezone.localdate(), "reviewer": person.name}


def _page(request: HttpRequest, found: Service, part: str, form: forms.Form) -> HttpResponse:
    context = {
        "service": found,
        "part": part,
        "words": WORDS[part],
        "rows": getattr(found, part).all(),
        "form": form,
        "findings": [
            {**each.as_dict(), "where": None}
            for each in queries.findings_of(found)
            if each.where == part
        ],
        "retire_form": RetireChannelForm(initial={"last_day": timezone.localdate()}),
        "today": timezone.localdate(),
    }
    return render(request, "services/part.html", context, status=422 if form.errors else 200)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, code: str, part: str, pk: int) -> HttpResponse:
    """Takes a row out of a part."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    try:
        actions.remove_part(found, part, pk, by=person)
    except NotFound:
        raise
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, "Removed.")
    return redirect("services:part", code, part)


@never_cache
@allow(EDIT)
@require_POST
def retire_channel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Gives a channel its last day."""
    person = signed_in_person(request)
    found = access.service_to_edit(person, code)
    channel = found.channels.filter(pk=pk).first()
    if channel is None:
        raise NotFound("This service has no such channel.")
    form = RetireChannelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write the last day of the channel.")
        return redirect("services:part", code, "channels")
    try:
        actions.retire_channel(channel, last_day=form.cleaned_data["last_day"], by=person)
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, f"{channel} ends after that day.")
    return redirect("services:part", code, "channels")
