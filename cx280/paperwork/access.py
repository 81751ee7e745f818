"""Who may see, write and decide which request or study: the object, or NotFound."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import active
from cx280.clearance.access import clearances_to_see, may_edit
from cx280.clearance.models import Clearance
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.paperwork.models import Request, Study

_AROUND = (
    "clearance__organization", "organization", "survey__service__owner",
    "survey__collection__clearance", "study__service", "study__organization", "collection",
)  # fmt: skip


def requests_to_see(person: Person) -> QuerySet[Request]:
    """The requests of the units the person reads clearances for."""
    units = organizations_where(person, Capability.SEE_CLEARANCE)
    return Request.objects.filter(organization__in=units).select_related(*_AROUND)


def request_to_see(person: Person, pk: int) -> Request:
    """The request; raises NotFound when the person may not see it."""
    found = requests_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such request, or it is another agency’s.")
    return found


def request_to_edit(person: Person, pk: int) -> Request:
    """The request, for whoever edits surveys of its unit; NotAllowed for readers."""
    request = request_to_see(person, pk)
    if not may_write(person, request):
        raise NotAllowed("Your role can read this request and not change it.")
    return request


def request_to_decide(person: Person, pk: int) -> Request:
    """The request, for whoever keeps its clearance: signs, sends, records what OMB says."""
    request = request_to_see(person, pk)
    if not may_decide(person, request):
        raise NotAllowed("Whoever keeps the clearance signs and sends requests under it.")
    return request


def may_write(person: Person, request: Request) -> bool:
    """Whether the person may write the answers."""
    return may(person, Capability.EDIT_SURVEYS, request.organization)


def may_decide(person: Person, request: Request) -> bool:
    """Whether the person may sign and send it, and record what OMB says."""
    return may_edit(person, request.clearance)


def clearances_for(person: Person, organization: Organization, on: date) -> QuerySet[Clearance]:
    """The clearances a unit may ask under on a day: of itself and above, not ended."""
    above = [int(pk) for pk in organization.path.strip("/").split("/")]
    return clearances_to_see(person).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
        organization__in=above,
        expires_on__gte=on,
    )


def studies_to_see(person: Person) -> QuerySet[Study]:
    """The studies of the units the person reads clearances for."""
    units = organizations_where(person, Capability.SEE_CLEARANCE)
    return Study.objects.filter(organization__in=units).select_related(
        "organization", "service", "collection__clearance"
    )


def study_to_see(person: Person, pk: int) -> Study:
    """The study; raises NotFound when the person may not see it."""
    found = studies_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such study, or it is another agency’s.")
    return found


def study_to_edit(person: Person, pk: int) -> Study:
    """The study, for whoever edits surveys of its unit."""
    study = study_to_see(person, pk)
    if not may(person, Capability.EDIT_SURVEYS, study.organization):
        raise NotAllowed("Your role can read this study and not change it.")
    return study


def units_to_study(person: Person, on: date) -> QuerySet[Organization]:
    """The active units for which the person may enter studies."""
    allowed = organizations_where(person, Capability.EDIT_SURVEYS)
    return active(on).filter(pk__in=allowed.values("pk"))
