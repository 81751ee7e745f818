"""Whose measures a person may look at: a whole service, or their own part of it."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.accounts.access import assignments_of, may
from cx280.accounts.models import Person
from cx280.accounts.rules import MAY, Capability, Role
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotFound
from cx280.measures.models import Fact
from cx280.services.access import services_where
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class Sight:
    """A service as a person may see it. unit: their part of it, when they may not see all."""

    service: Service
    unit: Organization | None
    sees_comments: bool


def service_to_measure(person: Person, code: str) -> Sight:
    """The service with that code and how much of it the person may see; else NotFound.

    Whoever may see the measures of the service's owner sees all of it; the manager of an office
    sees what was answered about that office and below.
    """
    service = Service.objects.select_related("owner", "hisp").filter(code=code).first()
    if service is not None:
        if may(person, Capability.SEE_MEASURES, service.owner):
            return Sight(service, None, may(person, Capability.SEE_COMMENTS, service.owner))
        for unit in _own_units(person):
            if Fact.objects.filter(service=service, unit__path__startswith=unit.path).exists():
                return Sight(service, unit, may(person, Capability.SEE_COMMENTS, unit))
    raise NotFound("There is no such service, or its measures are not yours to see.")


def sights(person: Person) -> list[Sight]:
    """The services the person manages or watches for an agency, whole or in part, by name.

    An OMB reviewer watches all agencies and manages none: for them the list is empty.
    """
    whole = {
        service.pk: Sight(service, None, sees_comments=True)
        for service in services_where(person, Capability.SEE_COMMENTS)
        .filter(retired_on__isnull=True)
        .select_related("owner")
    }
    for unit in _own_units(person):
        answered = Fact.objects.filter(unit__path__startswith=unit.path).values("service")
        for service in Service.objects.filter(
            pk__in=answered, retired_on__isnull=True
        ).select_related("owner"):
            whole.setdefault(service.pk, Sight(service, unit, sees_comments=True))
    return sorted(whole.values(), key=lambda sight: sight.service.name)


def _own_units(person: Person) -> list[Organization]:
    """The units the person holds a role for that includes measures, highest first."""
    units = {
        each.organization
        for each in assignments_of(person)
        if each.organization is not None and Capability.SEE_MEASURES in MAY[Role(each.role)]
    }
    return sorted(units, key=lambda unit: (len(unit.path), unit.name))
