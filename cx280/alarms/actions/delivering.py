"""Makes deliveries of flips and moves them on: each claimed by one worker, told once.

A worker that is killed loses its claim when the lease ends. Where it had begun to send, nobody
knows whether the receiver has the message: it is sent again with the same identification, and the
log of the delivery says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from cx280.alarms.actions.trail import flip as add_flip
from cx280.alarms.models import Contact, Delivery, Flip, Incident
from cx280.alarms.queries.incidents import fallen
from cx280.alarms.queries.recipients import (
    EMAIL,
    Told,
    contacts_of,
    owners_of,
    people_told,
    quiet_hours_of,
    unit_contacts,
)
from cx280.alarms.rules.deliveries import LEASE, next_try, said_of
from cx280.alarms.rules.flips import escalates_at, is_told
from cx280.alarms.rules.hours import due
from cx280.alarms.rules.sentences import cannot_wait
from cx280.alarms.rules.vocabulary import Cause, Pace, Sending, State
from cx280.circular.implements import implements

_TOLD = [each.value for each in Cause if is_told(each)]


@implements("280.7-h3")
def ring(now: datetime) -> int:
    """How many deliveries were made; safe to run twice, and by two workers at once.

    Wakes what was put off until now, tells of what was found, and tells more people of what
    nobody took in time.
    """
    for each in Incident.objects.filter(state=State.SNOOZED, snoozed_until__lte=now):
        _wake(each, now)
    made = sum(
        _ring_flip(each, now) for each in Flip.objects.filter(rung_at__isnull=True, cause__in=_TOLD)
    )
    return made + sum(_escalate(each, now) for each in Incident.objects.filter(state=State.OPEN))


def _wake(incident: Incident, now: datetime) -> None:
    with transaction.atomic():
        mine = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if mine.state == State.SNOOZED and mine.snoozed_until and mine.snoozed_until <= now:
            add_flip(mine, State.OPEN, Cause.WOKE, now)


def _ring_flip(flip: Flip, now: datetime) -> int:
    with transaction.atomic():
        if not Flip.objects.filter(pk=flip.pk, rung_at__isnull=True).update(rung_at=now):
            return 0  # another worker was quicker
        if flip.cause == Cause.FOUND:
            told = [each.contact for each in _everybody(flip.incident, now) if not each.waits]
        elif flip.cause == Cause.WOKE:
            told = _who_put_it_off(flip)
        else:
            return 0  # an escalation is rung where it is made
        return _make(flip, told, now)


def _escalate(incident: Incident, now: datetime) -> int:
    """Tells those whose wait is over, unless somebody has taken it or they know already."""
    with transaction.atomic():
        mine = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if mine.state != State.OPEN:
            return 0
        known = set(Delivery.objects.filter(flip__incident=mine).values_list("contact", flat=True))
        waited = [
            each.contact
            for each in _everybody(mine, now)
            if each.waits
            and escalates_at(mine.opened_at, each.waits) <= now
            and each.contact.pk not in known
        ]
        urgent = bool(waited) and _is_urgent(mine)
        # Whom a digest tells has no delivery, and would make one more flip at every run.
        waited = [each for each in waited if _is_told_alone(each, urgent=urgent)]
        if not waited:
            return 0
        made = add_flip(mine, State.OPEN, Cause.ESCALATED, now)
        Flip.objects.filter(pk=made.pk).update(rung_at=now)
        return _make(made, waited, now)


def _everybody(incident: Incident, now: datetime) -> list[Told]:
    """Every contact to be told of the incident sooner or later; a default for who chose none."""
    owners = owners_of(incident)
    found = unit_contacts(owners)
    for person, hours in people_told(owners, timezone.localdate(now)).items():
        chosen = contacts_of(person)
        if not chosen:
            default, _ = Contact.objects.get_or_create(
                person=person, channel=EMAIL, sealed_address=""
            )
            chosen = [default]
        found += [
            Told(each, timedelta(hours=hours if each.waits_hours is None else each.waits_hours))
            for each in chosen
            if each.enabled
        ]
    return found


def _who_put_it_off(flip: Flip) -> list[Contact]:
    before = Flip.objects.filter(incident=flip.incident, number=flip.number - 1).first()
    return [each for each in contacts_of(before.by) if each.enabled] if before and before.by else []


def _make(flip: Flip, contacts: list[Contact], now: datetime) -> int:
    urgent = _is_urgent(flip.incident)
    made = 0
    for each in contacts:
        if not _is_told_alone(each, urgent=urgent):
            continue
        when = due(quiet_hours_of(each), now, cannot_wait=urgent)
        _, new = Delivery.objects.get_or_create(flip=flip, contact=each, defaults={"due_at": when})
        made += new
    return made


def _is_urgent(incident: Incident) -> bool:
    return cannot_wait(fallen(incident.parts.select_related("watch__service")))


def _is_told_alone(contact: Contact, *, urgent: bool) -> bool:
    """Whether the contact gets a message of its own; what can wait stands in the next digest."""
    return urgent or contact.pace == Pace.AT_ONCE


def drop_what_is_over(now: datetime) -> int:
    """How many deliveries are no longer needed: the incident was over before they were due."""
    waiting = Delivery.objects.filter(
        state=Sending.WAITING, tries=0, flip__incident__resolved_at__isnull=False, due_at__gt=now
    )
    return waiting.update(state=Sending.DROPPED)


def claim(now: datetime, *, limit: int = 50) -> list[Delivery]:
    """Deliveries that are due and now this worker's alone, until their lease ends."""
    waiting = Delivery.objects.filter(state=Sending.WAITING, due_at__lte=now)
    mine = str(uuid4())
    for pk in list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]):
        Delivery.objects.filter(pk=pk, state=Sending.WAITING, due_at__lte=now).update(
            state=Sending.CLAIMED, claimed_by=mine, lease_until=now + LEASE, begun_at=None
        )
    claimed = Delivery.objects.filter(claimed_by=mine, state=Sending.CLAIMED)
    return list(
        claimed.select_related("flip__incident__agency", "contact__person", "contact__unit")
    )


def begin(delivery: Delivery, now: datetime) -> bool:
    """Whether it is still this worker's: it is sent from now on, and the lease begins anew."""
    return bool(
        _still_mine(delivery).update(begun_at=now, lease_until=now + LEASE, tries=F("tries") + 1)
    )


def mark_sent(delivery: Delivery, now: datetime, receipt: str = "") -> bool:
    """Whether that could be noted: not when the lease had ended and it was given back."""
    return _moved(delivery, now, receipt or "sent", state=Sending.SENT, sent_at=now, last_error="")


def mark_failed(
    delivery: Delivery,
    now: datetime,
    error: str,
    *,
    permanent: bool,
    most: int | None = None,
    wait: timedelta | None = None,
) -> bool:
    """It is tried again later, or never: see `rules.deliveries`."""
    tries = Delivery.objects.values_list("tries", flat=True).get(pk=delivery.pk)
    again = next_try(tries, now, permanent=permanent, most=most, wait=wait)
    said = said_of(error)
    if again is None:
        return _moved(delivery, now, f"failed: {said}", state=Sending.FAILED, last_error=said)
    return _moved(
        delivery, now, f"failed, tried again later: {said}",
        state=Sending.WAITING, last_error=said, due_at=again,
    )  # fmt: skip


def give_back(now: datetime) -> int:
    """How many claims of workers that are gone wait again; the log says if they had begun."""
    lost = Delivery.objects.filter(state=Sending.CLAIMED, lease_until__lt=now)
    return sum(_give_back(each, now) for each in lost)


def _give_back(delivery: Delivery, now: datetime) -> bool:
    words = "the worker stopped before it sent anything"
    if delivery.begun_at is not None:
        words = "the worker stopped while it sent: it may come twice, with the same identification"
    with transaction.atomic():
        still = _still_mine(delivery).filter(lease_until__lt=now)
        return _moved(delivery, now, words, rows=still, state=Sending.WAITING, due_at=now)


def _still_mine(delivery: Delivery) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(
        pk=delivery.pk, state=Sending.CLAIMED, claimed_by=delivery.claimed_by
    )


def _moved(
    delivery: Delivery,
    now: datetime,
    words: str,
    *,
    rows: models.QuerySet[Delivery] | None = None,
    **values: object,
) -> bool:
    """Compare and set: only whoever holds the claim moves it, and writes its log."""
    with transaction.atomic():
        mine = rows if rows is not None else _still_mine(delivery)
        found = mine.select_for_update(of=("self",)).first()
        if found is None:
            return False
        attempts = [*found.attempts, [now.isoformat(), words]]
        return bool(
            _still_mine(delivery).update(
                attempts=attempts, claimed_by="", lease_until=None, **values
            )
        )
