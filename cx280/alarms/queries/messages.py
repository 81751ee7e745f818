"""Reads what a delivery says: only of services that its reader may see."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from cx280.accounts.access import organizations_where
from cx280.accounts.rules import Capability
from cx280.alarms.models import Contact, Delivery, Incident, Part
from cx280.alarms.queries.incidents import fallen
from cx280.alarms.queries.recipients import quiet_hours_of
from cx280.alarms.rules.message import Message, Told, message_of
from cx280.alarms.rules.sentences import Place, facts_of
from cx280.alarms.rules.vocabulary import Cause


def message_for(delivery: Delivery) -> Message | None:
    """The message in the time zone of its reader; None where nothing of it is theirs to see."""
    incident, contact = delivery.flip.incident, delivery.contact
    parts = list(parts_for(contact, incident))
    if not parts:
        return None
    zone = quiet_hours_of(contact).zone
    simulated = all(each.watch.service.simulated for each in parts)
    facts = facts_of(fallen(parts), zone, place_of(incident, simulated=simulated))
    told = _TOLD.get(Cause.of(delivery.flip.cause), Told.OPENED)
    return message_of(facts, told, smallest=settings.CX280_SMALLEST_CELL)


_TOLD = {Cause.ESCALATED: Told.ESCALATED, Cause.WOKE: Told.REMINDED}


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
