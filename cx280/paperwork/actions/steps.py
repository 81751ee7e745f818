"""Moves requests: signed, sent, asked about, decided. The ledger follows in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django.db import transaction

from cx280.accounts.models import Person
from cx280.circular.implements import implements
from cx280.clearance.actions import approve_collection, remove_draft, save_collection
from cx280.clearance.models import Clearance, Collection
from cx280.clearance.rules.force import is_in_force
from cx280.kernel.problem import Conflict, Unusable
from cx280.paperwork.actions.requests import told
from cx280.paperwork.models import Request, RequestStep
from cx280.paperwork.queries.packets import fresh_packet
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.rules.burden import line_of
from cx280.paperwork.rules.packet import Packet, plain_of
from cx280.paperwork.rules.states import Step, after
from cx280.surveys.actions import change_survey

# Steps that say something: questions, reasons.
_NEEDS_WORDS = {
    Step.ASK: "Write down what OMB asks.",
    Step.ANSWER: "Write down what the agency answered.",
    Step.REFUSE: "Write down why OMB refused it.",
    Step.WITHDRAW: "Say why it is withdrawn.",
}


class NotReady(Conflict):
    """Something in the request keeps it from being signed or sent."""


@implements("280.11-a3", "280.11-a2", "280.0-a3")
def take_step(
    request: Request, step: Step, *, by: Person, on: date, note: str = "", today: date
) -> Request:
    """The request one step further, `on` the day it happened; the audit and the history say so.

    Signing freezes what the documents say. Sending and approving are refused over the ceiling,
    with rule 280.11-a2; an approval debits the ledger and lets surveys open under it. Raises
    NotNow, NotReady, Conflict or Unusable, changing nothing.
    """
    note = note.strip()
    if step in _NEEDS_WORDS and not note:
        raise Unusable(_NEEDS_WORDS[step], field="note", rule="280.11-a3")
    with transaction.atomic():
        # The clearance first: whoever debits its ledger waits here for the others.
        clearance = Clearance.objects.select_for_update().get(pk=request.clearance_id)
        current = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        state = after(current.state, step)
        _refuse_days(current, on, today)
        packet = _prepared(current, step, by, on, today)
        current.state = state
        _settled(current, clearance, step, by=by, on=on, note=note, today=today)
        current.save()
        RequestStep.objects.create(
            request=current, step=step, state=state, on=on, note=note, by=by, packet=packet
        )
        told(f"{step}_request", current, by=by, on=str(on), note=note, state=state.value)
    request.refresh_from_db()
    return request


def _refuse_days(request: Request, on: date, today: date) -> None:
    """A step is told when it has happened, and never before the step that came before it."""
    if on > today:
        raise Unusable("This day has not come yet.", field="on")
    last = request.steps.order_by("-pk").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Unusable(
            f"The step before was on {last:%B} {last.day}, {last.year}.", field="on",
            fix="Enter that day or a later one.",
        )  # fmt: skip


def _prepared(
    request: Request, step: Step, by: Person, on: date, today: date
) -> dict[str, Any] | None:
    """What must hold before the step; the packet as it is signed, for a signature alone."""
    if step is Step.SIGN:
        _refuse_unready(request, today)
        packet = fresh_packet(request)
        plain = plain_of(_signed(packet, by, on))
        request.packet = plain
        return plain
    if step is Step.SEND:
        _refuse_unready(request, today)
    return None


def _signed(packet: Packet, by: Person, on: date) -> Packet:
    return msgspec.structs.replace(packet, signed_by=f"{by.name}, {by.email}", signed_on=on)


def _refuse_unready(request: Request, today: date) -> None:
    found = standing_of(request, today).in_the_way
    if found:
        # What the ledger refuses is said first: no answer mends it.
        worst = next((each for each in found if each.rule == "280.11-a2"), found[0])
        more = f" {len(found) - 1} more stand on its page." if len(found) > 1 else ""
        raise NotReady(f"{worst.message}{more}", rule=worst.rule, fix=worst.fix)


def _settled(
    request: Request,
    clearance: Clearance,
    step: Step,
    *,
    by: Person,
    on: date,
    note: str,
    today: date,
) -> None:
    """What the step does to the ledger."""
    if step is Step.SIGN:
        request.collection = _asked_of_the_ledger(request, clearance, by)
    elif step is Step.APPROVE:
        _approve(request, by, on, today)
        request.decided_on, request.conditions = on, note
    elif step in {Step.REFUSE, Step.WITHDRAW, Step.REOPEN}:
        collection, request.collection = request.collection, None
        request.save(update_fields=["collection"])
        if collection is not None:
            remove_draft(collection, by=by)
        if step is Step.REFUSE:
            request.decided_on, request.conditions = on, note


def _asked_of_the_ledger(request: Request, clearance: Clearance, by: Person) -> Collection:
    """The request as a draft in the ledger: what it asks for, not yet taken."""
    packet = fresh_packet(request)
    given = packet.answers
    line = line_of(given.title[:200], given.activity or "", given.burden)
    values = {
        "title": line.title,
        "kind": line.kind,
        "responses": line.responses,
        "minutes": line.minutes,
        "person_minutes": line.person_minutes,
        "instrument": packet.digest,
    }
    return save_collection(None, clearance, by=by, values=values)


def _approve(request: Request, by: Person, on: date, today: date) -> None:
    """The debit; the survey or study stands under the approval from now on."""
    collection = request.collection
    if collection is None:
        raise Conflict("This request asks nothing of the ledger.", rule="280.11-a2")
    approve_collection(collection, on=on, by=by)
    clearance = request.clearance
    if request.study is not None:
        request.study.collection = collection
        request.study.save(update_fields=["collection"])
    covered = is_in_force(clearance.starts_on, clearance.expires_on, clearance.withdrawn_on, today)
    if request.survey is not None and covered:
        change_survey(request.survey, by=by, collection=collection)
