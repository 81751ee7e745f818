"""A provider with a certified inventory, and a proposal that may be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.designation.actions.moving import sign_proposal
from cx280.designation.actions.writing import begin_proposal, choose
from cx280.designation.models import Proposal
from cx280.services import actions
from cx280.services.models import Hisp, Service, ServiceVolume
from tests.builders import a_hisp, a_person, a_service, an_agency

WHY = "Two thirds of our customers come for it, and many give up."


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody who may put services forward, and those who decide."""

    agency: Organization
    hisp: Hisp
    services: tuple[Service, ...]
    lead: Person
    official: Person
    reviewer: Person


def a_provider_that_chooses(*, certified: bool = True) -> Choosing:
    """Three services: 900, 500 and an unknown number of customers a year."""
    agency = an_agency(name="Department of Rivers and Trails")
    hisp = a_hisp(agency, name="Rivers and Trails")
    names = ("Boat permits", "Trail passes", "Flood grants")
    services = tuple(a_service(agency, name=each, hisp=hisp) for each in names)
    for service, customers in zip(services, (900, 500), strict=False):
        ServiceVolume.objects.create(
            service=service, fiscal_year=2022, customers=customers, source="Counts"
        )
    lead = a_person(Role.CX_LEAD, agency, name="Pat Lead")
    official = a_person(Role.ACCOUNTABLE_OFFICIAL, agency, name="Sam Official")
    if certified:
        cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)
        actions.start_review(cycle, by=lead)
        actions.certify_inventory(cycle, by=lead)
    return Choosing(agency, hisp, services, lead, official, a_person(Role.OMB_REVIEWER))


def a_ready_proposal(choosing: Choosing, fiscal_year: int = 2023) -> Proposal:
    """The first two services, each with its reason."""
    proposal = begin_proposal(choosing.hisp, fiscal_year=fiscal_year, by=choosing.lead)
    for each in choosing.services[:2]:
        choose(proposal, each, why=WHY, by=choosing.lead)
    proposal.refresh_from_db()
    return proposal


def a_signed_proposal(
    choosing: Choosing, fiscal_year: int = 2023, on: date = date(2022, 12, 1)
) -> Proposal:
    """The same, signed."""
    proposal = a_ready_proposal(choosing, fiscal_year)
    sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=on)
    proposal.refresh_from_db()
    return proposal
