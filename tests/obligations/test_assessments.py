"""The Capacity Assessment and the reflection meet what is owed, when they are handed in here."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.capacity.actions.moving import sign_assessment, submit_assessment
from cx280.capacity.actions.writing import Saying, ToShow, begin_reflection, say
from cx280.circular.deadlines import own_obligations_of
from cx280.circular.edition import edition
from cx280.kernel.problem import Conflict
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.handing_in import record_submission
from cx280.obligations.actions.reminding import remind
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import line_of
from cx280.obligations.rules.expected import expected_of_agency
from cx280.obligations.rules.vocabulary import State
from cx280.services.rules.hisp_list import Period
from tests.builders import a_hisp, a_person, an_agency
from tests.capacity.builders import DAY, a_ready_assessment
from tests.obligations.builders import a_provider_that_owes, at

FY2022 = edition("FY2022")


@pytest.mark.proves("280.9-g1")
def test_an_agency_without_a_provider_reflects_by_the_end_of_the_year() -> None:
    (due,) = own_obligations_of(FY2022, 2023)

    assert (due.obligation, due.due) == ("reflection", date(2023, 9, 30))
    assert len(expected_of_agency(FY2022, 2023, [])) == 1
    assert expected_of_agency(FY2022, 2023, [[Period(date(2018, 10, 1), None)]]) == []
    ended = Period(date(2018, 10, 1), date(2023, 1, 31))
    assert len(expected_of_agency(FY2022, 2023, [[ended]])) == 1


def reflecting() -> tuple[Organization, Obligation]:
    agency = an_agency(name="Bureau of Maps")
    bring_up(DAY)
    return agency, Obligation.objects.get(organization=agency, period="FY2023")


@pytest.mark.django_db
@pytest.mark.proves("280.9-g1")
def test_a_reflection_is_missing_after_september_30_and_met_by_its_signature(
    client: Client,
) -> None:
    agency, row = reflecting()
    lead, official = a_person(Role.CX_LEAD, agency), a_person(Role.ACCOUNTABLE_OFFICIAL, agency)

    assert bring_up(DAY) == 0
    assert line_of(row, date(2023, 9, 30)).state is State.NOT_STARTED
    assert line_of(row, date(2023, 10, 1)).state is State.MISSING
    with pytest.raises(Conflict, match="its own page"):
        record_submission(row, submitted_on=DAY, document="A note", by=lead, now=at(DAY))
    begun = begin_reflection(agency, fiscal_year=2023, by=lead)
    assert line_of(row, DAY).state is State.IN_PROGRESS
    assert line_of(row, DAY, whole=False).assessment is None
    say(begun, Saying("measures", "level", 1, add=[ToShow("study", "Ten interviews")]), by=lead,
        now=timezone.now(), today=DAY)  # fmt: skip
    sign_assessment(begun, by=official, now=at(date(2023, 9, 4)))

    found = line_of(row, date(2023, 10, 1))
    assert (found.state, found.met_on) == (State.ON_TIME, date(2023, 9, 4))
    client.force_login(lead, backend="cx280.accounts.backends.PasswordOrLink")
    page = client.get(reverse("obligations:year") + "?year=2023").content.decode()
    assert "Reflect on CX maturity and capacity" in page
    assert "Submit the CX Capacity Assessment" not in page
    assert client.get(reverse("obligations:obligation", args=[row.pk])).status_code == 200
    client.force_login(
        a_person(Role.OMB_REVIEWER), backend="cx280.accounts.backends.PasswordOrLink"
    )
    table = client.get(reverse("obligations:matrix") + "?year=2023").content.decode()
    assert "1 agency without one" in " ".join(table.split())


@pytest.mark.django_db
@pytest.mark.proves("280.9-g1")
def test_an_agency_that_gets_a_provider_owes_its_assessment_instead() -> None:
    agency, row = reflecting()

    a_hisp(agency, designated_on=date(2023, 8, 1))

    assert line_of(row, date(2023, 10, 1)).state is State.NOT_OWED


@pytest.mark.django_db
def test_the_lead_of_a_reflecting_agency_is_reminded() -> None:
    agency, _ = reflecting()
    a_person(Role.CX_LEAD, agency, email="maps@example.gov")

    assert remind(date(2023, 9, 20)) == 1
    assert mail.outbox[0].to == ["maps@example.gov"]
    assert "Bureau of Maps still has to do:" in mail.outbox[0].body
    assert "OMB" not in mail.outbox[0].subject


@pytest.mark.django_db
@pytest.mark.proves("280.14-d1", "280.13-b2")
def test_an_assessment_is_met_on_the_day_omb_first_has_it() -> None:
    owing = a_provider_that_owes(DAY)
    row = owing.owes("capacity_assessment", "FY2023")
    ready = a_ready_assessment(owing, 2023)

    sign_assessment(ready, by=owing.official, now=at(date(2023, 2, 20)))
    assert line_of(row, date(2023, 2, 21)).state is State.IN_PROGRESS
    submit_assessment(ready, by=owing.lead, now=at(date(2023, 2, 23)))

    found = line_of(row, DAY)
    assert (found.state, found.met_on) == (State.ON_TIME, date(2023, 2, 23))
    assert found.assessment == ready
