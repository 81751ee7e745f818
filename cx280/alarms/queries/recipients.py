"""Who is told of an incident: people whose work it is, and the addresses of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Capability, Role, roles_that_may
from cx280.agencies.models import Organization
from cx280.alarms.models import Contact, Delivery, Incident, Watch
from cx280.alarms.rules.hours import QuietHours
from cx280.alarms.rules.vocabulary import Sending, State
from cx280.services.models import Service

EMAIL = "email"
# Program managers are told at once; CX leads when nobody took it for so many hours.
LEAD_WAITS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A contact with how long it waits for somebody to take an incident before it is told."""

    contact: Contact
    waits: timedelta


def owners_of(incident: Incident) -> list[Organization]:
    """The units that own the services of the incident (`owns`), and the offices that fell in it."""
    fell = Watch.objects.filter(parts__incident=incident)
    services = Service.objects.filter(pk__in=fell.values("service"), owner=OuterRef("pk"))
    units = Organization.objects.annotate(owns=Exists(services))
    return list(units.filter(Q(owns=True) | Q(pk__in=fell.values("unit"))))


def people_told(owners: Iterable[Organization], on: date) -> dict[Person, int]:
    """People who deal with alarms of any of the units, with the hours they wait for others; each is
    told only what they may see. For an office these are its own people, and those of units above it
    that are not above the service, too: the others hear of the service.

    Of each unit: the program managers of it or of the nearest unit above, at once, and the CX
    leads after four hours; where there is no program manager, the CX leads at once.
    """
    found: dict[Person, int] = {}
    units = list(owners)
    above = {pk for each in units if _owns(each) for pk in _line_of(each)}
    for owner in units:
        held = _held_above(owner, on)
        if not _owns(owner):
            held = [each for each in held if each.organization_id not in above]
        managers = _nearest([each for each in held if each.role == Role.PROGRAM_MANAGER])
        others = [each for each in held if each.role != Role.PROGRAM_MANAGER]
        waits = {each.person: 0 for each in managers}
        for each in others:
            waits.setdefault(each.person, LEAD_WAITS if managers else 0)
        for person, hours in waits.items():
            found[person] = min(found.get(person, hours), hours)
    return found


def _owns(unit: Organization) -> bool:
    """Whether the unit owns a service, and is not only an office of one."""
    return bool(getattr(unit, "owns", True))


def _line_of(unit: Organization) -> list[int]:
    """The unit and those above it."""
    return [int(each) for each in unit.path.strip("/").split("/")]


def _held_above(unit: Organization, on: date) -> list[Assignment]:
    return list(
        Assignment.objects.filter(
            Q(until__isnull=True) | Q(until__gte=on),
            since__lte=on,
            role__in=roles_that_may(Capability.HANDLE_ALARMS),
            organization__in=_line_of(unit),
            person__is_active=True,
        )
        .select_related("person", "organization")
        .order_by("pk")
    )


def _nearest(held: list[Assignment]) -> list[Assignment]:
    """Those of the lowest unit that has any."""
    depth = max((len(each.organization.path) for each in held if each.organization), default=0)
    return [each for each in held if each.organization and len(each.organization.path) == depth]


def unit_contacts(owners: Iterable[Organization]) -> list[Told]:
    """The addresses kept for the units, or for units above them."""
    above = {each for owner in owners for each in _line_of(owner)}
    kept = Contact.objects.filter(unit__in=above, enabled=True).select_related("unit")
    return [Told(each, timedelta(hours=each.waits_hours or 0)) for each in kept]


def contacts_of(person: Person) -> list[Contact]:
    """The addresses the person has chosen; empty where they have never chosen."""
    return list(Contact.objects.filter(person=person).select_related("person"))


def told_before(incident: Incident) -> list[Contact]:
    """Whose receivers took a message of the incident, in use still; but one that it is over."""
    sent = Delivery.objects.filter(flip__incident=incident, state=Sending.SENT)
    told = Contact.objects.filter(
        Q(person__isnull=True) | Q(person__is_active=True),
        pk__in=sent.exclude(flip__after=State.RESOLVED).values("contact"),
        enabled=True,
    )
    return list(told.select_related("person", "unit"))


def quiet_hours_of(contact: Contact) -> QuietHours:
    """The hours in which the contact is not disturbed, in its own time zone."""
    zone = contact.time_zone or (contact.unit.time_zone if contact.unit else _home_of(contact))
    return QuietHours(zone, contact.quiet_from, contact.quiet_until, contact.quiet_weekends)


def _home_of(contact: Contact) -> str:
    held = Assignment.objects.filter(person=contact.person, organization__isnull=False)
    zone = held.order_by("-since").values_list("organization__time_zone", flat=True).first()
    return zone or str(settings.TIME_ZONE)


def handlers_of(incident: Incident, on: date) -> list[Person]:
    """The people who may deal with the incident, for choosing an owner."""
    held = [each for owner in owners_of(incident) for each in _held_above(owner, on)]
    return sorted({each.person for each in held}, key=lambda person: person.name)
