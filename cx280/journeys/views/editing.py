"""Drawing a journey: steps added, moved, removed, taken back; works without script as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.journeys import access
from cx280.journeys.actions import drawing
from cx280.journeys.forms import AboutForm, BeginForm, FileForm, QuickForm
from cx280.journeys.queries.maps import map_of
from cx280.journeys.rules.files import Refused, read
from cx280.journeys.rules.record import StepRecord
from cx280.journeys.views.frame import frame
from cx280.kernel.problem import Conflict, NotFound, Problem
from cx280.services.models import Journey, Service

EDIT = Capability.EDIT_SERVICES


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Begins a journey with its two ends, or with a file."""
    person = signed_in_person(request)
    service = access.service_to_draw(person, code)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = drawing.begin_journey(
                service, by=person, now=timezone.now(), **form.cleaned_data
            )
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Both ends stand. Add what happens in between.")
            return redirect("journeys:edit", made.pk)
    return _new_page(request, service, form, FileForm())


@never_cache
@allow(EDIT)
@require_POST
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """A new journey from a file."""
    person = signed_in_person(request)
    service = access.service_to_draw(person, code)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            record = read(form.cleaned_data["file"])
            made = drawing.bring_in(service, record, by=person, now=timezone.now())
        except Refused as problem:
            return _new_page(request, service, BeginForm(), form, problem)
        except Problem as problem:
            form.add_error("file", f"{problem.message} {problem.fix}".strip())
        else:
            messages.success(request, "The journey is brought in.")
            return redirect("journeys:journey", made.pk)
    return _new_page(request, service, BeginForm(), form)


def _new_page(
    request: HttpRequest, service: Service, form: BeginForm, file_form: FileForm,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    wrong = form.errors or file_form.errors or refused
    context = {"service": service, "form": form, "file_form": file_form,
               "faults": refused.faults if refused else []}  # fmt: skip
    return render(request, "journeys/new.html", context, status=422 if wrong else 200)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a press of a button: words for everybody, where the keyboard goes on."""

    words: str = ""
    at: str = ""
    is_problem: bool = False


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps in order, each with its buttons; a step is added by its name."""
    person = signed_in_person(request)
    found = access.journey_to_draw(person, pk)
    if request.method != "POST":
        return _edit_page(request, found, Done(at=request.GET.get("at", "")))
    form = QuickForm(request.POST)
    done = _do(request.POST.get("do", "add"), form, request, found, person)
    if done.is_problem or form.errors or request.headers.get("HX-Request"):
        return _edit_page(request, found, done, form if form.errors else None)
    messages.success(request, done.words)
    return redirect(f"{reverse('journeys:edit', args=[pk])}?at={done.at}#{done.at}")


def _do(asked: str, form: QuickForm, request: HttpRequest, found: Journey, person: Person) -> Done:
    """Does what the button says: `add`, `undo`, or `up`, `down`, `to` and `remove` with a step."""
    revision = _whole(request.POST.get("revision", "")) or 0
    by: dict[str, Any] = {"by": person, "now": timezone.now()}
    what, _, key = asked.partition(":")
    if what == "add" and not request.POST.get("step", "").strip():
        # Enter in the place of a step presses the first button of the form.
        what, key = _place_typed(request, found) or (what, key)
    step = _whole(key)
    try:
        if what == "add":
            return _add(form, request, found, by)
        if what == "undo":
            drawing.take_back(found, revision=revision, **by)
            return Done("Took back the last change.", "undo")
        if step is None or what not in ("up", "down", "to", "remove"):
            raise NotFound("There is no such button.")
        name = access.step_of(found, step).name
        if what == "remove":
            drawing.remove_step(found, step, revision=revision, **by)
            return Done(f"Removed “{name}”. You can take it back.", "undo")
        return _move(what, step, name, request, found, revision, by)
    except Conflict as problem:
        return Done(f"{problem.message} {problem.fix}".strip(), "told", is_problem=True)


def _place_typed(request: HttpRequest, found: Journey) -> tuple[str, str] | None:
    """The step for which another place was typed: ("to", its number); None for none."""
    for place, pk in enumerate(found.steps.values_list("pk", flat=True), start=1):
        if _whole(request.POST.get(f"place-{pk}", "")) not in (None, place):
            return "to", str(pk)
    return None


def _add(form: QuickForm, request: HttpRequest, found: Journey, by: dict[str, Any]) -> Done:
    if not form.is_valid():
        return Done(at="step")
    name = form.cleaned_data["step"]
    after = _whole(request.POST.get("after", ""))
    drawing.add_step(found, StepRecord(name=name), after=after, **by)
    return Done(f"Added “{name}”.", "step")


def _move(
    what: str, step: int, name: str, request: HttpRequest, found: Journey, revision: int,
    by: dict[str, Any],
) -> Done:  # fmt: skip
    order = list(found.steps.values_list("pk", flat=True))
    wanted = _whole(request.POST.get(f"place-{step}", "")) or order.index(step) + 1
    places = {"up": -1, "down": 1, "to": wanted - 1 - order.index(step)}[what]
    drawing.move_step(found, step, places, revision=revision, **by)
    now = list(found.steps.values_list("pk", flat=True)).index(step) + 1
    return Done(f"“{name}” is step {now} of {len(order)}.", f"{what}-{step}")


def _edit_page(
    request: HttpRequest, found: Journey, done: Done, form: QuickForm | None = None
) -> HttpResponse:
    found = access.journey_to_draw(signed_in_person(request), found.pk)
    told = map_of(found)
    back = drawing.version_to_take_back(found)
    last = found.versions.first()
    context = {
        **frame(request, found), "done": done, "revision": told.revision,
        "form": form or QuickForm(), "can_take_back": back is not None, "last": last,
    }  # fmt: skip
    by_script = bool(request.headers.get("HX-Request"))
    template = "journeys/_editor.html" if by_script else "journeys/edit.html"
    status = 200 if by_script else 409 if done.is_problem else 422 if form else 200
    return render(request, template, context, status=status)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """The journey's name, goal and customers; a file instead of it; its end."""
    person = signed_in_person(request)
    found = access.journey_to_draw(person, pk)
    given = request.POST if request.method == "POST" else None
    form = AboutForm(given, initial=_about_initial(found))
    if given is not None and form.is_valid():
        try:
            drawing.describe(found, by=person, now=timezone.now(), **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
            typed = given.copy()
            typed["revision"] = str(map_of(found).revision)
            form.data = typed
        else:
            return redirect("journeys:edit", pk)
    return _about_page(request, found, form, FileForm())


def _about_initial(found: Journey) -> dict[str, object]:
    told = map_of(found)
    return {"name": found.name, "goal": told.goal, "customers": told.customers,
            "revision": told.revision}  # fmt: skip


@never_cache
@allow(EDIT)
@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """The journey as a file tells it; the state before can be brought back."""
    person = signed_in_person(request)
    found = access.journey_to_draw(person, pk)
    form, refused = FileForm(request.POST, request.FILES), None
    if form.is_valid():
        try:
            record = read(form.cleaned_data["file"])
            drawing.replace_with(found, record, by=person, now=timezone.now())
        except Refused as problem:
            refused = problem
        except Problem as problem:
            form.add_error("file", problem.message)
        else:
            messages.success(request, "The journey is as the file tells it.")
            return redirect("journeys:journey", pk)
    return _about_page(request, found, AboutForm(initial=_about_initial(found)), form, refused)


def _about_page(
    request: HttpRequest, found: Journey, form: AboutForm, file_form: FileForm,
    refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        **frame(request, found), "form": form, "file_form": file_form,
        "faults": refused.faults if refused else [],
    }  # fmt: skip
    wrong = form.errors or file_form.errors or refused
    return render(request, "journeys/about.html", context, status=422 if wrong else 200)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes the journey with its steps and versions."""
    person = signed_in_person(request)
    found = access.journey_to_draw(person, pk)
    drawing.remove_journey(found, by=person)
    messages.success(request, "The journey is removed.")
    return redirect("services:service", found.service.code)


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None
