"""Who may see or change which service, provider and inventory: the object, or NotFound."""

from datetime import date

from django.db.models import Q, QuerySet

from cx280.accounts.access import assignments_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import GOVERNMENT_WIDE, Capability, Role
from cx280.agencies.models import Level, Organization
from cx280.agencies.queries import active
from cx280.circular.implements import implements
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.models import Designation, Hisp, InventoryCycle, Service


def services_where(person: Person, capability: Capability) -> QuerySet[Service]:
    """The services, retired ones too, of the units for which the person may do this."""
    return Service.objects.filter(owner__in=organizations_where(person, capability))


def service_to_see(person: Person, code: str) -> Service:
    """The service with that code; raises NotFound when the person may not see it."""
    found = (
        services_where(person, Capability.SEE_SERVICES)
        .select_related("owner", "hisp")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotFound("There is no such service, or it is not one of yours.")
    return found


def service_to_edit(person: Person, code: str) -> Service:
    """The service with that code; NotFound when unseen, NotAllowed when only to be read."""
    service = service_to_see(person, code)
    if not may_edit(person, service):
        raise NotAllowed("Your role can read this service and not change it.")
    return service


def may_edit(person: Person, service: Service) -> bool:
    """Whether the person may change the service."""
    return may(person, Capability.EDIT_SERVICES, service.owner)


def units_to_own(person: Person, on: date) -> QuerySet[Organization]:
    """The active units the person may give a service to."""
    allowed = organizations_where(person, Capability.EDIT_SERVICES)
    return active(on).filter(pk__in=allowed.values("pk"))


def agencies_where(person: Person, capability: Capability) -> QuerySet[Organization]:
    """The whole agencies (roots) for which the person may do this."""
    return organizations_where(person, capability).filter(level=Level.DEPARTMENT)


def cycle_to_see(person: Person, pk: int) -> InventoryCycle:
    """An inventory cycle of an agency whose services the person may see, in whole or part."""
    seen = organizations_where(person, Capability.SEE_SERVICES)
    roots = {int(path.split("/")[1]) for path in seen.values_list("path", flat=True)}
    found = InventoryCycle.objects.select_related("agency").filter(pk=pk, agency__in=roots).first()
    if found is None:
        raise NotFound("There is no such inventory cycle, or it is another agency’s.")
    return found


def cycle_to_certify(person: Person, pk: int) -> InventoryCycle:
    """An inventory cycle of an agency whose inventory the person may certify."""
    cycle = cycle_to_see(person, pk)
    if not may(person, Capability.CERTIFY_INVENTORY, cycle.agency):
        raise NotAllowed("Certifying an inventory is for the CX lead or the accountable official.")
    return cycle


@implements("280.1-a1")
def has_provider(person: Person) -> bool:
    """Whether an agency the person works for has, or had, a High-Impact Service Provider.

    True for who looks at all agencies. What only providers do is shown to no other agency.
    """
    held = assignments_of(person)
    if any(Role(each.role) in GOVERNMENT_WIDE for each in held):
        return True
    roots = {each.organization.path.split("/")[1] for each in held if each.organization is not None}
    where = Q(pk__in=[])
    for root in roots:
        where |= Q(organization__path__startswith=f"/{root}/")
    return Hisp.objects.filter(where).exists()


def hisps_where(person: Person, capability: Capability) -> QuerySet[Hisp]:
    """The providers of the units for which the person may do this."""
    return Hisp.objects.filter(organization__in=organizations_where(person, capability))


def hisp_to_see(person: Person, code: str) -> Hisp:
    """The provider with that code; raises NotFound when the person may not see it."""
    found = (
        hisps_where(person, Capability.SEE_SERVICES)
        .select_related("organization")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotFound("There is no such provider, or it is not one of yours.")
    return found


def hisp_to(person: Person, capability: Capability, code: str) -> Hisp:
    """The provider, when the person may do this for it; NotAllowed when only to be seen."""
    hisp = hisp_to_see(person, code)
    if not may(person, capability, hisp.organization):
        raise NotAllowed(f"Your role may not {capability.value} for {hisp.name}.")
    return hisp


def designation_to(person: Person, capability: Capability, pk: int) -> Designation:
    """A designation of a provider for which the person may do this."""
    found = Designation.objects.select_related("hisp__organization", "service").filter(pk=pk)
    designation = found.first()
    if designation is None:
        raise NotFound("There is no such designation.")
    hisp_to(person, capability, designation.hisp.code)
    return designation
