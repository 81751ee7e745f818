"""Reads what a delivery says: only of services that its reader may see."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from cx280.accounts.access import organizations_where
from cx280.accounts.rules import Capability
from cx280.alarms.models import Contact, Delivery, Flip, Incident, Part
from cx280.alarms.queries.incidents import fallen, worsened
from cx280.alarms.queries.recipients import quiet_hours_of
from cx280.alarms.rules.message import Message, Over, Told, message_of
from cx280.alarms.rules.sentences import Place, facts_of
from cx280.alarms.rules.vocabulary import Cause, Sending, State
from cx280.alarms.rules.worse import how_it_began


def message_for(delivery: Delivery) -> Message | None:
    """The message in the time zone of its reader; None where nothing of it is theirs to see."""
    incident, contact = delivery.flip.incident, delivery.contact
    parts = list(parts_for(contact, incident))
    if not parts:
        return None
    zone = quiet_hours_of(contact).zone
    simulated = all(each.watch.service.simulated for each in parts)
    place, smallest = place_of(incident, simulated=simulated), settings.CX280_SMALLEST_CELL
    flip, falls, over, began = delivery.flip, fallen(parts), None, ""
    if flip.cause == Cause.WORSENED:
        told, now = worsened(flip)
        falls, began = [now], how_it_began(told, now, smallest)
    if flip.after == State.RESOLVED:
        over = Over(flip.at.astimezone(ZoneInfo(zone)), Cause.of(flip.cause))
    return message_of(
        facts_of(falls, zone, place), _kind_of(flip), smallest=smallest,
        over=over, began=began, follows=_first_told(delivery),
    )  # fmt: skip


def _kind_of(flip: Flip) -> Told:
    if flip.after == State.RESOLVED:
        return Told.RESOLVED
    return _TOLD.get(Cause.of(flip.cause), Told.OPENED)


_TOLD = {Cause.ESCALATED: Told.ESCALATED, Cause.WOKE: Told.REMINDED, Cause.WORSENED: Told.WORSE}


def _first_told(delivery: Delivery) -> str:
    """By which delivery the contact was first told of the incident; "" if this is the first."""
    sent = Delivery.objects.filter(
        flip__incident=delivery.flip.incident_id, contact=delivery.contact_id, state=Sending.SENT
    )
    first = sent.exclude(pk=delivery.pk).order_by("pk").first()
    return str(first.pk) if first else ""


def parts_for(contact: Contact, incident: Incident) -> QuerySet[Part]:
    """The parts of the incident that the contact may know of."""
    parts = incident.parts.select_related("watch__service")
    return parts.filter(theirs(contact, "watch__service__owner"))


def theirs(contact: Contact, owner: str) -> Q:
    """What the contact may know of, by the path from it to the owner of its service: `owner` ends
    in `service__owner`, beside which a watch names its office."""
    office = owner.removesuffix("service__owner") + "unit"
    if contact.unit is not None:
        path = contact.unit.path
        return Q(**{f"{owner}__path__startswith": path}) | Q(
            **{f"{office}__path__startswith": path}
        )
    if contact.person is None:
        return Q(pk__in=[])
    seen = organizations_where(contact.person, Capability.SEE_ALARMS)
    return Q(**{f"{owner}__in": seen}) | Q(**{f"{office}__in": seen})


def place_of(incident: Incident, *, simulated: bool = False) -> Place:
    """Where the incident is read, with the address of this system."""
    root = settings.PUBLIC_ADDRESS
    return Place(
        incident.pk,
        f"{root}{reverse('alarms:incident', args=[incident.pk])}",
        f"{root}{reverse('alarms:take', args=[incident.pk])}",
        simulated=simulated,
    )
