"""Who may see or deal with which incidents and watches: the object, or NotFound."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from cx280.accounts.access import assignments_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import MAY, Capability, Role
from cx280.agencies.models import Organization
from cx280.alarms.models import Contact, Incident, Maintenance, Part, Watch
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.models import Service

SEE, HANDLE = Capability.SEE_ALARMS, Capability.HANDLE_ALARMS


def of_units(units: QuerySet[Organization], watch: str = "") -> Q:
    """What is watched of services of these units, and of these units as offices of services.

    watch: the path from what is filtered to its watch, as `watch__`.
    """
    return Q(**{f"{watch}service__owner__in": units}) | Q(**{f"{watch}unit__in": units})


def services_to_see(person: Person) -> QuerySet[Service]:
    """The services in use whose alarms the person may see, be it for one office of theirs."""
    units = organizations_where(person, SEE)
    offices = Watch.objects.filter(unit__in=units, is_current=True)
    found = Service.objects.filter(Q(owner__in=units) | Q(pk__in=offices.values("service")))
    return found.filter(retired_on__isnull=True).select_related("owner")


def all_watches_to_see(person: Person) -> QuerySet[Watch]:
    """What is watched of services in use, as far as the person may see it."""
    mine = Watch.objects.filter(of_units(organizations_where(person, SEE)))
    return mine.filter(service__retired_on__isnull=True)


def watches_to_see(person: Person, service: Service) -> QuerySet[Watch]:
    """What is watched of the service now, as far as the person may see it, in the order made."""
    mine = all_watches_to_see(person).filter(service=service, is_current=True)
    return mine.select_related("service__owner", "unit")


def service_to_see(person: Person, code: str) -> Service:
    """The service with that code; NotFound when its alarms are not the person's to see."""
    found = services_to_see(person).filter(code=code).first()
    if found is None:
        raise NotFound("There is no such service, or it is not one of yours.")
    return found


def service_to_handle(person: Person, code: str) -> Service:
    """The same, for somebody who may choose what is watched; NotAllowed for who only reads, or
    has one office of it."""
    service = service_to_see(person, code)
    if not may(person, HANDLE, service.owner):
        raise NotAllowed("Your role can read this and not change it.")
    return service


def incidents_to_see(person: Person) -> QuerySet[Incident]:
    """The incidents in which a service, or an office, of the person's fell, the newest first."""
    mine = Part.objects.filter(of_units(organizations_where(person, SEE), "watch__"))
    return Incident.objects.filter(pk__in=mine.values("incident")).select_related("owner")


def incident_to_see(person: Person, pk: int) -> Incident:
    """The incident with that number; NotFound when nothing of it is the person's to see."""
    found = incidents_to_see(person).select_related("agency", "owner").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such incident, or it is of services that are not yours.")
    return found


def parts_to_see(person: Person, incident: Incident) -> list[Part]:
    """What of the incident fell in services, or at offices, of the person's."""
    parts = incident.parts.filter(of_units(organizations_where(person, SEE), "watch__"))
    return list(parts.select_related("watch__service__owner"))


def may_handle(person: Person, incident: Incident) -> bool:
    """Whether the person deals with alarms of a service, or an office, in it."""
    mine = organizations_where(person, HANDLE)
    return incident.parts.filter(of_units(mine, "watch__")).exists()


def incident_to_handle(person: Person, pk: int) -> Incident:
    """The incident, for somebody who may deal with it; NotAllowed for who only reads."""
    found = incident_to_see(person, pk)
    if not may_handle(person, found):
        raise NotAllowed("Your role can read alarms and not deal with them.")
    return found


def watch_to_handle(person: Person, code: str, pk: int) -> Watch:
    """A watch of the service, for somebody who may choose what is watched of it; of an office also
    for who manages that one."""
    found = watches_to_see(person, service_to_see(person, code)).filter(pk=pk).first()
    if found is None:
        raise NotFound("This service has no such watch.")
    mine = organizations_where(person, HANDLE)
    if not Watch.objects.filter(of_units(mine), pk=pk).exists():
        raise NotAllowed("Your role can read this and not change it.")
    return found


def may_handle_any(person: Person, watches: Iterable[Watch]) -> bool:
    """Whether the person may choose about any of these."""
    mine = organizations_where(person, HANDLE)
    return Watch.objects.filter(of_units(mine), pk__in=[each.pk for each in watches]).exists()


def maintenance_of(service: Service, pk: int) -> Maintenance:
    """Planned work on the service."""
    found = Maintenance.objects.select_related("service__owner").filter(service=service, pk=pk)
    maintenance = found.first()
    if maintenance is None:
        raise NotFound("No such work on this service is planned.")
    return maintenance


def units_to_tell(person: Person) -> list[Organization]:
    """The units whose addresses the person keeps: those they hold a role for that deals with
    alarms, highest first."""
    held = {
        each.organization
        for each in assignments_of(person)
        if each.organization is not None and HANDLE in MAY[Role(each.role)]
    }
    return sorted(held, key=lambda unit: (len(unit.path), unit.name))


def contacts_to_keep(person: Person) -> QuerySet[Contact]:
    """The person's own addresses, and those of their units."""
    mine = Q(person=person) | Q(unit__in=units_to_tell(person))
    return Contact.objects.filter(mine).select_related("person", "unit")


def contact_to_keep(person: Person, pk: int) -> Contact:
    """An address of the person's own or of one of their units."""
    found = contacts_to_keep(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such address, or it is not yours to change.")
    return found
