"""Keeps clearances and collections, and announces the end of a clearance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.clearance.models import Clearance, ClearanceWarning, Collection
from cx280.clearance.queries import addresses, ceiling_of, keepers_of, lines_of
from cx280.clearance.rules.control_number import is_control_number
from cx280.clearance.rules.force import Announcement
from cx280.clearance.rules.ledger import over_ceiling
from cx280.kernel.problem import Conflict, Unusable

State = Collection.State


def save_clearance(
    clearance: Clearance | None, *, by: Person | None, values: Mapping[str, Any]
) -> Clearance:
    """The clearance with these values; a new one for None.

    Raises Unusable for a number not written NNNN-NNNN or taken, and for days in the wrong order.
    """
    known = clearance or Clearance()
    before = {name: str(getattr(known, name)) for name in values} if clearance else {}
    for name, value in values.items():
        setattr(known, name, value)
    _check(known)
    try:
        with transaction.atomic():
            known.save()
            _told(
                "change_clearance" if clearance else "add_clearance",
                known,
                by=by,
                before=before,
                after={name: str(value) for name, value in values.items()},
            )
    except IntegrityError as problem:
        raise Unusable(
            f"There is already a clearance {known.control_number}.", field="control_number"
        ) from problem
    return known


def _check(clearance: Clearance) -> None:
    if not is_control_number(clearance.control_number):
        raise Unusable(
            f"“{clearance.control_number}” is not a control number.",
            field="control_number",
            rule="280.11-a1",
            fix="Write it as NNNN-NNNN.",
        )
    if clearance.expires_on < clearance.starts_on:
        raise Unusable("A clearance expires after it starts.", field="expires_on")


def withdraw_clearance(clearance: Clearance, *, on: date, by: Person | None, why: str) -> None:
    """From that day on nothing may be asked under the clearance."""
    if not why.strip():
        raise Unusable("Say why the clearance is withdrawn.", field="why")
    with transaction.atomic():
        clearance.withdrawn_on = on
        clearance.save(update_fields=["withdrawn_on"])
        _told("withdraw_clearance", clearance, by=by, on=str(on), why=why)


def save_collection(
    collection: Collection | None,
    clearance: Clearance,
    *,
    by: Person | None,
    values: Mapping[str, Any],
) -> Collection:
    """The collection, a draft until it is approved; Conflict once it is."""
    known = collection or Collection(clearance=clearance)
    if known.state != State.DRAFT:
        raise Conflict("An approved collection is not changed; ask OMB, then add a new one.")
    with transaction.atomic():
        for name, value in values.items():
            setattr(known, name, value)
        known.save()
        _told(
            "change_collection" if collection else "add_collection",
            clearance,
            by=by,
            collection=known.title,
            responses=known.responses,
            minutes=str(known.minutes),
        )
    return known


@implements("280.11-a2")
def approve_collection(collection: Collection, *, on: date, by: Person | None) -> None:
    """OMB approved the collection on that day: it debits the ledger, surveys may open under it.

    Raises Conflict when it would take the ledger over the ceiling, or is no draft.
    """
    with transaction.atomic():
        clearance = Clearance.objects.select_for_update().get(pk=collection.clearance_id)
        collection.refresh_from_db()
        if collection.state != State.DRAFT:
            raise Conflict("This collection is approved already, or closed.")
        collection.state, collection.approved_on = State.APPROVED, on
        collection.save(update_fields=["state", "approved_on"])
        counted = [line for line in lines_of(clearance) if line.counts]
        for found in over_ceiling(ceiling_of(clearance), counted):
            raise Conflict(found.message, rule=found.rule, fix=found.fix)
        _told("approve_collection", clearance, by=by, collection=collection.title, on=str(on))


def close_collection(collection: Collection, *, by: Person | None) -> None:
    """Nothing more is asked under the collection; what it took stays in the ledger."""
    if collection.state != State.APPROVED:
        raise Conflict("Only an approved collection can be closed.")
    with transaction.atomic():
        collection.state = State.CLOSED
        collection.save(update_fields=["state"])
        _told("close_collection", collection.clearance, by=by, collection=collection.title)


def remove_draft(collection: Collection, *, by: Person | None) -> None:
    """A draft that is not wanted is gone; Conflict for anything OMB has seen."""
    if collection.state != State.DRAFT:
        raise Conflict("Only a draft can be removed.")
    with transaction.atomic():
        _told("remove_collection", collection.clearance, by=by, collection=collection.title)
        collection.delete()


@implements("280.11-a1")
def announce_expiry(clearance: Clearance, announcement: Announcement, *, on: date) -> list[str]:
    """The addresses told that the clearance ends; that it was told is kept with it.

    A message that cannot be sent leaves nothing kept, so that the next run tries again.
    """
    to = addresses(keepers_of(clearance, on))
    with transaction.atomic():
        for days in (announcement.days_ahead, *announcement.also_told):
            ClearanceWarning.objects.create(clearance=clearance, days_ahead=days)
        _told("announce_expiry", clearance, by=None, days=announcement.days_ahead, people=len(to))
        if to:
            subject, text = _message(clearance, on)
            send_mail(subject, text, None, to)
    return to


def _message(clearance: Clearance, on: date) -> tuple[str, str]:
    left = (clearance.expires_on - on).days
    day = clearance.expires_on
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    address = settings.PUBLIC_ADDRESS + reverse("clearance:clearance", args=[clearance.pk])
    text = (
        f"OMB clearance {clearance.control_number}, “{clearance.title}”, expires {when}.\n"
        f"Its last day is {day:%A, %B} {day.day}, {day.year}. Surveys under it close by"
        " themselves after that day.\n\n"
        f"Renew it with OMB, then enter the new last day here:\n{address}\n"
    )
    return f"Clearance {clearance.control_number} expires {when}", text


def _told(action: str, clearance: Clearance, *, by: Person | None, **detail: object) -> None:
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(clearance),
        organization=agency_of(clearance.organization).code,
        detail=detail,
    )
