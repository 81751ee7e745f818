"""One incident: what fell, how rare that is, what else moved, and what people did about it."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.forms import ActionForm, NoteForm, OwnerForm, SnoozeForm, TurnForm
from cx280.alarms.models import Flip, Incident, Part
from cx280.alarms.queries.comments import words_of
from cx280.alarms.queries.incidents import fallen
from cx280.alarms.queries.marks import marks_of
from cx280.alarms.queries.recipients import handlers_of
from cx280.alarms.queries.told import (
    Line,
    how_it_got_worse,
    line_of,
    moved_with,
    telling_of,
)
from cx280.alarms.rules.advice import advice_on
from cx280.alarms.rules.sentences import said, tells_too_few, worst_first
from cx280.alarms.rules.vocabulary import Cause, Kind, State
from cx280.alarms.views.chart import chart_of
from cx280.alarms.views.frame import moment
from cx280.kernel.quarter import Quarter

_MOST_CHARTS = 3


@never_cache
@allow(Capability.SEE_ALARMS)
@require_safe
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one incident."""
    person = signed_in_person(request)
    return page_of(request, person, access.incident_to_see(person, pk))


def page_of(
    request: HttpRequest, person: Person, found: Incident, refused: forms.Form | None = None
) -> HttpResponse:
    """The page; with a form that was refused, which then stands open."""
    line = line_of(found, access.parts_to_see(person, found))
    context = {
        **_what_fell(line),
        "line": line,
        "words": words_of(person, found, line.parts),
        "incident": found,
        "states": State,
        "may_handle": access.may_handle(person, found),
        "moved": [(each, moment(each.message.since)) for each in moved_with(person, line)],
        "history": [_flip_in_words(each) for each in found.flips.select_related("by")],
        "notes": [(each, moment(each.at)) for each in found.notes.select_related("by")],
        "telling": telling_of(found),
        "snoozed_until": moment(found.snoozed_until),
        "over": moment(found.resolved_at),
        "worse": how_it_got_worse(line),
        **_forms(found, refused),
    }
    return render(request, "alarms/incident.html", context, status=422 if refused else 200)


def _what_fell(line: Line) -> dict[str, object]:
    falls = fallen(line.parts)
    return {
        "since": moment(line.message.since),
        "advice": advice_on(worst_first(falls)[0]),
        "charts": [(chart_of(part, said(fall)), moment(part.latest_end), _words(part))
                   for fall, part in zip(falls, line.parts, strict=True)][:_MOST_CHARTS],
        "more": [(said(fall), part, _words(part)) for fall, part in
                 zip(falls, line.parts, strict=True)][_MOST_CHARTS:],
        "marks": list(dict.fromkeys(mark for each in line.parts for mark in marks_of(each))),
        "comments": [(name, address) for name, address in map(_comments, line.parts) if address],
        "others": len(line.parts) - 1,
    }  # fmt: skip


def _words(part: Part) -> str:
    """The explanation, unless it tells of too few."""
    kind, smallest = Kind.of(part.watch.kind), settings.CX280_SMALLEST_CELL
    if tells_too_few(kind, part.seen, part.n, smallest):
        return f"Its figures tell of fewer than {smallest} people, so they are not shown."
    return part.words


def _comments(part: Part) -> tuple[str, str]:
    """The comments of the service in that quarter, where there is such a page."""
    quarter = Quarter.of(timezone.localtime(part.period).date())
    try:
        there = reverse("dashboards:comments", args=[part.watch.service.code])
    except NoReverseMatch:
        return part.watch.service.name, ""
    return part.watch.service.name, f"{there}?quarter={str(quarter).replace(' ', '+')}"


def _flip_in_words(flip: Flip) -> tuple[str, str, str]:
    """When, what happened, and the note."""
    words = {
        Cause.FOUND: "Found",
        Cause.ESCALATED: "Nobody had taken it: more people were told",
        Cause.WOKE: "Back: the time it was put off is over",
        Cause.WORSENED: "Clearly worse than when it was told",
        Cause.RECOVERED: "Over: back to what was to be expected",
        Cause.MUTED: "Over: it is no longer watched",
    }
    by_person = {
        State.OPEN: "opened it again",
        State.ACKNOWLEDGED: "took it",
        State.SNOOZED: "put it off",
        State.RESOLVED: "closed it",
    }
    cause = Cause.of(flip.cause)
    what = words.get(cause) or f"{flip.by} {by_person[State.of(flip.after)]}"
    return moment(flip.at), what, flip.note


def _forms(found: Incident, refused: forms.Form | None) -> dict[str, object]:
    people = handlers_of(found, timezone.localdate())
    made: dict[str, forms.Form] = {
        "take_form": TurnForm(prefix="take"),
        "snooze_form": SnoozeForm(prefix="snooze"),
        "close_form": TurnForm(prefix="close"),
        "note_form": NoteForm(prefix="note"),
        "owner_form": OwnerForm(people, prefix="owner", initial={"owner": found.owner_id}),
        "action_form": ActionForm(
            prefix="action",
            initial={"action_text": found.action_text, "action_url": found.action_url},
        ),
    }
    if refused is not None:
        made[f"{refused.prefix}_form"] = refused
    return {**made, "refused": refused.prefix if refused is not None else ""}
