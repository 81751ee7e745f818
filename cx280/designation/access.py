"""Who may see, write, sign and decide on which proposal: the object, or NotFound."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.designation.models import Meeting, Proposal
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.models import Hisp, Service


def sees_all(person: Person) -> bool:
    """Whether the person looks at all agencies, and so at what was signed only."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def proposals_to_see(person: Person) -> QuerySet[Proposal]:
    """Those of the person's providers; who sees all agencies sees what was signed once."""
    mine = organizations_where(person, Capability.SEE_SERVICES)
    found = Proposal.objects.filter(hisp__organization__in=mine)
    return found.filter(signed_on__isnull=False) if sees_all(person) else found


def hisps_to_see(person: Person) -> QuerySet[Hisp]:
    """The providers whose designation the person may look at."""
    mine = organizations_where(person, Capability.SEE_SERVICES)
    return Hisp.objects.filter(organization__in=mine).order_by("name")


def proposal_to_see(person: Person, hisp: str, fiscal_year: int) -> Proposal:
    """The proposal; raises NotFound when the person may not see it."""
    found = (
        proposals_to_see(person)
        .select_related("hisp__organization")
        .filter(hisp__code=hisp, fiscal_year=fiscal_year)
        .first()
    )
    if found is None:
        raise NotFound("There is no such proposal, or it is not one of yours.")
    return found


def may_write(person: Person, hisp: Hisp) -> bool:
    """Whether the person writes proposals of the provider."""
    return may(person, Capability.DESIGNATE, hisp.organization)


def may_sign(person: Person, hisp: Hisp) -> bool:
    """Whether the person is the official who signs them."""
    return may(person, Capability.SIGN_DESIGNATIONS, hisp.organization)


def may_decide(person: Person, hisp: Hisp) -> bool:
    """Whether the person decides for OMB."""
    return may(person, Capability.CONCUR, hisp.organization)


def hisp_to_write(person: Person, code: str) -> Hisp:
    """The provider whose proposal the person may write."""
    found = hisps_to_see(person).select_related("organization").filter(code=code).first()
    if found is None:
        raise NotFound("There is no such provider, or it is not one of yours.")
    if not may_write(person, found):
        raise NotAllowed("Only the CX lead and the accountable official put services forward.")
    return found


def hisp_whose_meetings(person: Person, code: str) -> Hisp:
    """The provider, for those of its agency: OMB reads in the proposal which offices came."""
    mine = organizations_where(person, Capability.SEE_QUARTERS)
    found = Hisp.objects.filter(organization__in=mine, code=code).first()
    if found is None or sees_all(person):
        raise NotFound("There is no such provider, or it is not one of yours.")
    return found


def meeting_of(hisp: Hisp, fiscal_year: int, pk: int) -> Meeting:
    """A meeting of the provider about that year."""
    found = Meeting.objects.filter(hisp=hisp, fiscal_year=fiscal_year, pk=pk).first()
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def candidate(among: QuerySet[Service], code: str) -> Service:
    """The service with that code among those that may be put forward."""
    found = among.filter(code=code).first()
    if found is None:
        raise NotFound("The certified inventory of this provider has no such service.")
    return found
