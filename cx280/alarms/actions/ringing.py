"""Makes the deliveries of flips: who is told of each, and when it suits them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cx280.alarms.actions.trail import flip as add_flip
from cx280.alarms.models import Contact, Delivery, Flip, Incident
from cx280.alarms.queries.incidents import fallen, worsened
from cx280.alarms.queries.messages import parts_for
from cx280.alarms.queries.recipients import (
    EMAIL,
    Told,
    contacts_of,
    owners_of,
    people_told,
    quiet_hours_of,
    told_before,
    unit_contacts,
)
from cx280.alarms.rules.flips import escalates_at, is_told
from cx280.alarms.rules.hours import due
from cx280.alarms.rules.sentences import cannot_wait
from cx280.alarms.rules.vocabulary import Cause, Pace, Sending, State
from cx280.circular.implements import implements

_TO_RING = Q(after=State.RESOLVED.value) | Q(
    cause__in=[each.value for each in Cause if is_told(State.OPEN, each)]
)
_OVER = Q(flip__after=State.RESOLVED.value)
_IS_OVER = Q(flip__incident__resolved_at__isnull=False)


@implements("280.7-h3")
def ring(now: datetime) -> int:
    """How many deliveries were made; safe to run twice, and by two workers at once.

    Wakes what was put off until now, tells of what was found, became worse or is over, and tells
    more people of what nobody took in time.
    """
    for each in Incident.objects.filter(state=State.SNOOZED, snoozed_until__lte=now):
        _wake(each, now)
    waiting = Flip.objects.filter(_TO_RING, rung_at__isnull=True).select_related("incident")
    made = sum(_ring_flip(each, now) for each in waiting)
    return made + sum(_escalate(each, now) for each in Incident.objects.filter(state=State.OPEN))


def drop_what_is_over() -> int:
    """How many deliveries are no longer needed: their incident is over, or open again."""
    waiting = Delivery.objects.filter(state=Sending.WAITING)
    return waiting.filter((_IS_OVER & ~_OVER) | (_OVER & ~_IS_OVER)).update(state=Sending.DROPPED)


def _wake(incident: Incident, now: datetime) -> None:
    with transaction.atomic():
        mine = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if mine.state == State.SNOOZED and mine.snoozed_until and mine.snoozed_until <= now:
            add_flip(mine, State.OPEN, Cause.WOKE, now)


def _ring_flip(flip: Flip, now: datetime) -> int:
    with transaction.atomic():
        if flip.after == State.RESOLVED and _is_being_sent(flip.incident):
            return 0  # who will have been told is not known yet
        if not Flip.objects.filter(pk=flip.pk, rung_at__isnull=True).update(rung_at=now):
            return 0  # another worker was quicker
        if flip.after == State.RESOLVED:
            return _ring_over(flip, now)
        if flip.incident.resolved_at is not None:
            return 0  # it was over before anybody could be told
        if flip.cause == Cause.WORSENED:
            return _ring_worse(flip, now)
        if flip.cause == Cause.FOUND:
            return _make(flip, _newly_told(flip.incident, now), now)
        if flip.cause == Cause.WOKE:
            return _make(flip, _who_put_it_off(flip), now)
        return 0  # an escalation is rung where it is made


def _is_being_sent(incident: Incident) -> bool:
    return Delivery.objects.filter(flip__incident=incident, state=Sending.CLAIMED).exists()


def _newly_told(incident: Incident, now: datetime) -> list[Contact]:
    """Those who are told without waiting and know nothing yet: a service may have joined later."""
    known = set(Delivery.objects.filter(flip__incident=incident).values_list("contact", flat=True))
    return [
        each.contact
        for each in _everybody(incident, now)
        if not each.waits and each.contact.pk not in known
    ]


def _ring_worse(flip: Flip, now: datetime) -> int:
    """Tells those who were told and want to know; of what cannot wait any more, everybody."""
    _, worse = worsened(flip)
    urgent = cannot_wait([worse])
    before = told_before(flip.incident)
    told = [each for each in before if each.tells_worse]
    if urgent:
        knows = {each.pk for each in before}
        late = [each.contact for each in _everybody(flip.incident, now) if not each.waits]
        late = [each for each in late if each.pk not in knows]
        # What waits for the morning says less than what they are told now.
        Delivery.objects.filter(
            flip__incident=flip.incident, state=Sending.WAITING, contact__in=late
        ).update(state=Sending.DROPPED)
        told += late
    part = flip.worsening.part_id
    theirs = [each for each in told if parts_for(each, flip.incident).filter(pk=part).exists()]
    return _make(flip, theirs, now, urgent=urgent, alone=True)


def _ring_over(flip: Flip, now: datetime) -> int:
    """Tells those who were told that it began, want to know, and did not end it themselves."""
    known = Delivery.objects.filter(_OVER, flip__incident=flip.incident, state=Sending.SENT)
    known_to = set(known.values_list("contact", flat=True))
    told = [
        each
        for each in told_before(flip.incident)
        if each.tells_over
        and each.pk not in known_to
        and (flip.by_id is None or each.person_id != flip.by_id)
    ]
    return _make(flip, told, now, urgent=False, alone=True)


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
    """Whoever put it off last; it may have become worse since."""
    before = Flip.objects.filter(
        incident=flip.incident, number__lt=flip.number, cause=Cause.PERSON
    ).last()
    return [each for each in contacts_of(before.by) if each.enabled] if before and before.by else []


def _make(
    flip: Flip,
    contacts: list[Contact],
    now: datetime,
    *,
    urgent: bool | None = None,
    alone: bool = False,
) -> int:
    """How many deliveries were made. urgent: None to judge by what fell; alone: also to contacts
    that gather what can wait, since it follows a message that did not."""
    urgent = _is_urgent(flip.incident) if urgent is None else urgent
    made = 0
    for each in contacts:
        if not alone and not _is_told_alone(each, urgent=urgent):
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
