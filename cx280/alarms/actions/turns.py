"""What people do with an incident: take it, put it off, close it, open it again, write on it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.alarms.actions.trail import flip, told
from cx280.alarms.models import Flip, Incident, Note, Part
from cx280.alarms.rules.vocabulary import Cause, State
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable

LONGEST_NOTE = 5000


@implements("280.7-h3")
def acknowledge(incident: Incident, *, by: Person, now: datetime, note: str = "") -> Flip:
    """The flip: the person has it, and owns it where nobody does."""
    with transaction.atomic():
        mine = _locked(incident)
        made = _turn(mine, State.ACKNOWLEDGED, by, now, note)
        if mine.owner_id is None:
            mine.owner = by
            mine.save(update_fields=["owner"])
    return made


def snooze(
    incident: Incident, *, until: datetime, by: Person, now: datetime, note: str = ""
) -> Flip:
    """The flip: nobody is reminded until then, when it is open again. Unusable for the past."""
    if until <= now:
        raise Unusable("Put it off until a later time.", field="until")
    with transaction.atomic():
        return _turn(_locked(incident), State.SNOOZED, by, now, note, until)


def resolve(incident: Incident, *, by: Person, now: datetime, note: str = "") -> Flip:
    """The flip: it is over. What falls again later is a new incident."""
    with transaction.atomic():
        return _turn(_locked(incident), State.RESOLVED, by, now, note)


def open_again(incident: Incident, *, by: Person, now: datetime, note: str = "") -> Flip:
    """The flip: nobody has it any more, or it was closed too early.

    Raises Conflict when one of its figures stands in a newer incident by now.
    """
    try:
        with transaction.atomic():
            mine = _locked(incident)
            was_over = mine.state == State.RESOLVED
            made = _turn(mine, State.OPEN, by, now, note)
            if was_over:
                Part.objects.filter(incident=mine).update(over_at=None, usual_in_a_row=0)
            return made
    except IntegrityError as problem:
        raise Conflict(
            "It fell again since, and that is an incident of its own.", fix="Open the newer one."
        ) from problem


def own(incident: Incident, *, owner: Person | None, by: Person) -> None:
    """From now on the incident is that person's to deal with; nobody's for None."""
    with transaction.atomic():
        mine = _locked(incident)
        mine.owner = owner
        mine.save(update_fields=["owner"])
        told("own_incident", mine, mine.agency, by=by, owner=owner.email if owner else "")


def add_note(incident: Incident, *, text: str, by: Person, now: datetime) -> Note:
    """The note; Unusable for an empty one and beyond 5,000 characters."""
    words = text.strip()
    if not words:
        raise Unusable("Write something first.", field="text")
    if len(words) > LONGEST_NOTE:
        raise Unusable("A note has at most 5,000 characters.", field="text")
    with transaction.atomic():
        made = Note.objects.create(incident=incident, text=words, by=by, at=now)
        told("add_note", incident, incident.agency, by=by, note=made.pk)
    return made


@implements("280.7-h3")
def link_action(incident: Incident, *, text: str, url: str, by: Person) -> None:
    """What is done about it, and where that stands; empty words take the link away."""
    if url and not text.strip():
        raise Unusable("Say in words what is done.", field="action_text")
    with transaction.atomic():
        mine = _locked(incident)
        mine.action_text, mine.action_url = text.strip(), url
        mine.save(update_fields=["action_text", "action_url"])
        told("link_action", mine, mine.agency, by=by, text=mine.action_text, url=url)


def _locked(incident: Incident) -> Incident:
    found = Incident.objects.select_for_update(of=("self",)).select_related("agency")
    return found.get(pk=incident.pk)


def _turn(
    incident: Incident,
    after: State,
    by: Person,
    now: datetime,
    note: str,
    until: datetime | None = None,
) -> Flip:
    made = flip(incident, after, Cause.PERSON, now, by=by, note=note.strip(), until=until)
    told(
        "turn_incident", incident, incident.agency, by=by, state=[made.before, made.after],
        note=made.note, until=until,
    )  # fmt: skip
    return made
