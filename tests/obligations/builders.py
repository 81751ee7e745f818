"""A provider with two designated services, and its obligations made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.models import Obligation
from cx280.services.models import Hisp, Service
from tests.builders import a_designation, a_hisp, a_person, a_service, an_agency


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes."""

    agency: Organization
    hisp: Hisp
    services: tuple[Service, Service]
    lead: Person
    official: Person

    def owes(self, code: str, period: str) -> Obligation:
        """The one obligation with that code and period."""
        return Obligation.objects.get(hisp=self.hisp, code=code, period=period)


def a_provider_that_owes(today: date) -> Owing:
    """Designated since FY2018, two services since December 2021, obligations made on `today`."""
    agency = an_agency(name="Department of Rivers and Trails")
    hisp = a_hisp(agency, name="Rivers and Trails")
    first, second = a_service(agency, name="Boat permits"), a_service(agency, name="Trail passes")
    for each in (first, second):
        a_designation(hisp, each)
    bring_up(today)
    lead = a_person(Role.CX_LEAD, agency, name="Pat Lead", email="lead@example.gov")
    official = a_person(
        Role.ACCOUNTABLE_OFFICIAL, agency, name="Sam Official", email="official@example.gov"
    )
    return Owing(agency, hisp, (first, second), lead, official)


def at(day: date) -> datetime:
    """Three in the afternoon of that day."""
    return timezone.make_aware(datetime.combine(day, time(15)))
