"""Which organizations a person may see and edit; everything else does not exist for them."""

from django.db.models import QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization, OrganizationChange
from cx280.agencies.queries import planned_changes
from cx280.kernel.problem import NotAllowed, NotFound


def organizations_to_see(person: Person) -> QuerySet[Organization]:
    """The organizations the person works for or administers, with all below them."""
    seen = organizations_where(person, Capability.SEE_SERVICES)
    return seen | organizations_where(person, Capability.EDIT_ORGANIZATIONS)


def organization_to_see(person: Person, code: str) -> Organization:
    """The organization with that code; raises NotFound when the person may not know of it."""
    found = organizations_to_see(person).select_related("parent").filter(code=code).first()
    if found is None:
        raise NotFound(f"There is no organization “{code}”.")
    return found


def organization_to_edit(person: Person, code: str) -> Organization:
    """The organization with that code; raises NotAllowed when the person may only see it."""
    found = organization_to_see(person, code)
    if not may(person, Capability.EDIT_ORGANIZATIONS, found):
        raise NotAllowed("Your role does not include changing this unit.")
    return found


def organizations_to_edit(person: Person) -> QuerySet[Organization]:
    """The organizations whose tree the person may change."""
    return organizations_where(person, Capability.EDIT_ORGANIZATIONS)


def planned_change_to_edit(person: Person, pk: int) -> OrganizationChange:
    """A planned change of a unit the person may edit; raises NotFound otherwise."""
    found = planned_changes().filter(pk=pk).first()
    if found is None or not may(person, Capability.EDIT_ORGANIZATIONS, found.organization):
        raise NotFound("There is no such planned change.")
    return found


def may_add_agencies(person: Person) -> bool:
    """Whether the person may put new departments and agencies at the top."""
    return Capability.MANAGE_PEOPLE in capabilities_of(person)


def may_edit(person: Person, unit: Organization | None) -> bool:
    """Whether the person may edit the unit; None asks whether they may add agencies."""
    if unit is None:
        return may_add_agencies(person)
    return may(person, Capability.EDIT_ORGANIZATIONS, unit)
