"""Whose measures a person may look at: a whole service, or their own part of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cx280.accounts.access import assignments_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import MAY, Capability, Role
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.measures.models import Fact
from cx280.responses.models import Comment
from cx280.services.access import services_where
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class Sight:
    """A service as a person may see it. unit: their part of it, when they may not see all.

    sees_telemetry: whether its sites, measurement plan and flows are theirs to read.
    """

    service: Service
    unit: Organization | None
    sees_comments: bool
    sees_telemetry: bool = False


def service_to_measure(person: Person, code: str) -> Sight:
    """The service with that code and how much of it the person may see; else NotFound.

    Whoever may see the measures of the service's owner sees all of it; the manager of an office
    sees what was answered about that office and below.
    """
    service = Service.objects.select_related("owner", "hisp").filter(code=code).first()
    if service is not None:
        if may(person, Capability.SEE_MEASURES, service.owner):
            comments = may(person, Capability.SEE_COMMENTS, service.owner)
            return Sight(
                service, None, comments, may(person, Capability.SEE_TELEMETRY, service.owner)
            )
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


def may_correct(person: Person, sight: Sight) -> bool:
    """Whether the person may say what the comments on this service, or their part, are about."""
    place = sight.unit or sight.service.owner
    return sight.sees_comments and may(person, Capability.EDIT_SURVEYS, place)


def comment_to_correct(person: Person, sight: Sight, pk: int) -> Comment:
    """The comment of the service with that number; NotFound for one the person may not read,
    NotAllowed for whoever only reads."""
    found = Comment.objects.filter(service=sight.service, pk=pk)
    if sight.unit is not None:
        found = found.filter(unit__path__startswith=sight.unit.path)
    comment = found.select_related("service__owner", "version__survey", "response", "unit").first()
    if comment is None or not sight.sees_comments:
        raise NotFound("There is no such comment, or it is not yours to read.")
    if not may_correct(person, sight):
        raise NotAllowed("Your role reads comments and does not file them.")
    return comment


def codebook_agencies(person: Person) -> list[Organization]:
    """The agencies whose codebook the person may see: those whose comments they read, in part
    or whole. By name."""
    units = organizations_where(person, Capability.SEE_COMMENTS)
    roots = {int(path.split("/")[1]) for path in units.values_list("path", flat=True)}
    return list(Organization.objects.filter(pk__in=roots).order_by("name"))


def agency_to_code(person: Person, code: str) -> Organization:
    """The agency of that code whose codebook the person may see; else NotFound."""
    for agency in codebook_agencies(person):
        if agency.code == code:
            return agency
    raise NotFound("There is no such codebook, or it is not yours to see.")


def may_edit_codebook(person: Person, agency: Organization) -> bool:
    """Whether the person manages a survey anywhere in the agency: a codebook is shared by all."""
    units = organizations_where(person, Capability.EDIT_SURVEYS)
    return units.filter(path__startswith=agency.path).exists()


def codebook_to_edit(person: Person, code: str) -> Organization:
    """The same, for somebody who may change it; NotAllowed for whoever only reads."""
    agency = agency_to_code(person, code)
    if not may_edit_codebook(person, agency):
        raise NotAllowed("Your role reads the codebook and does not change it.")
    return agency


def comments_within(person: Person, agency: Organization) -> QuerySet[Comment]:
    """The agency's comments that the person may read, the newest first."""
    units = organizations_where(person, Capability.SEE_COMMENTS)
    return (
        Comment.objects.filter(counted=True, service__owner__path__startswith=agency.path)
        .filter(Q(service__owner__in=units) | Q(unit__in=units))
        .order_by("-day", "-pk")
    )
