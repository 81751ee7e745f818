"""Who may see or change which clearance: the object, or NotFound."""

from datetime import date

from django.db.models import Q, QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import active
from cx280.clearance.models import Clearance, Collection
from cx280.kernel.problem import Conflict, NotAllowed, NotFound


def clearances_to_see(person: Person) -> QuerySet[Clearance]:
    """The clearances of units the person reads for, and those of the agencies above them.

    An umbrella stands at the department; whoever works below it asks under it.
    """
    paths = organizations_where(person, Capability.SEE_CLEARANCE).values_list("path", flat=True)
    above = {int(pk) for path in paths for pk in path.strip("/").split("/")}
    return Clearance.objects.filter(organization__in=above).select_related("organization")


def clearance_to_see(person: Person, pk: int) -> Clearance:
    """The clearance; raises NotFound when the person may not see it."""
    found = clearances_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such clearance, or it is another agency’s.")
    return found


def clearance_to_edit(person: Person, pk: int) -> Clearance:
    """The clearance; NotFound when unseen, NotAllowed when only to be read."""
    clearance = clearance_to_see(person, pk)
    if not may_edit(person, clearance):
        raise NotAllowed("Your role can read this clearance and not change it.")
    return clearance


def may_edit(person: Person, clearance: Clearance) -> bool:
    """Whether the person may change the clearance and its collections."""
    return may(person, Capability.EDIT_CLEARANCE, clearance.organization)


def collection_to_edit(person: Person, pk: int) -> Collection:
    """The collection of a clearance the person may change.

    Raises Conflict for a draft that a request asks for: it goes the way of the request.
    """
    found = Collection.objects.select_related("clearance__organization").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such collection.")
    clearance_to_edit(person, found.clearance_id)
    # Requests stand above this folder, so they are reached by their name only.
    if found.state == Collection.State.DRAFT and hasattr(found, "request"):
        raise Conflict(
            "This collection belongs to a request.", fix="Record what OMB says on the request."
        )
    return found


def collections_for(person: Person, organization: Organization, on: date) -> QuerySet[Collection]:
    """The approved collections a survey of that unit may open under, on a day."""
    roots = [int(pk) for pk in organization.path.strip("/").split("/")]
    return (
        Collection.objects.filter(
            Q(clearance__withdrawn_on__isnull=True) | Q(clearance__withdrawn_on__gt=on),
            clearance__in=clearances_to_see(person).values("pk"),
            clearance__organization__in=roots,
            clearance__starts_on__lte=on,
            clearance__expires_on__gte=on,
            state=Collection.State.APPROVED,
        )
        .select_related("clearance")
        .order_by("title")
    )


def units_to_clear(person: Person, on: date) -> QuerySet[Organization]:
    """The active units for which the person may keep clearances."""
    allowed = organizations_where(person, Capability.EDIT_CLEARANCE)
    return active(on).filter(pk__in=allowed.values("pk"))
