"""Today lists what needs the person, with its evidence, and says when nothing does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.models import Kiosk
from cx280.reporting.models import Package
from tests.builders import (
    a_clearance,
    a_collection,
    a_hisp,
    a_person,
    a_service,
    a_survey,
    a_version,
)
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
    this_quarter,
)
from tests.dashboards.test_service import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_nothing_needs_you_when_all_is_well(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 12, 15)
    counted()

    page = text_of(
        sign_in(a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)).get("/today/")
    )

    assert "<h1>Nothing needs you</h1>" in page
    assert "Boat permits" in page
    assert "80 %" in page


@pytest.mark.proves("280.8-b1")
def test_a_score_that_fell_is_told_with_its_evidence(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 55, 60, on=last_quarter_day())
    answered(version, 30, 60)
    counted()

    page = text_of(
        sign_in(a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)).get("/today/")
    )

    assert "<h1>2 things need you</h1>" in page
    assert "Trust in Boat permits fell to 50 %" in page
    assert f"Down 42 points since {this_quarter().previous} (between −61 and −16)" in page
    assert "chance does not explain it, however often you look." in page
    assert f"quarter={str(this_quarter()).replace(' ', '+')}" in page


def test_a_fall_that_chance_explains_is_left_out(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 18, 20, on=last_quarter_day())
    answered(version, 16, 20)
    counted()

    page = text_of(sign_in(a_person(Role.CX_LEAD, version.survey.service.owner)).get("/today/"))

    assert "<h1>Nothing needs you</h1>" in page


def test_clearances_comments_quarters_and_silence_are_told(sign_in: SignIn) -> None:
    today = timezone.localdate()
    survey = a_survey()
    survey.collection = a_collection(
        a_clearance(survey.service.owner, expires_on=today + timedelta(days=20))
    )
    survey.save()
    version = a_version(survey)
    old = today - timedelta(days=40)
    answered(version, 12, 15, on=old)
    a_comment(version, "Too slow", trust=1, day=old)
    past = this_quarter().plus(-2)
    Package.objects.create(
        service=survey.service,
        hisp=a_hisp(survey.service.owner),
        fiscal_year=past.fiscal_year,
        quarter=past.number,
    )
    counted()
    client = sign_in(a_person(Role.CX_LEAD, survey.service.owner))

    page = text_of(client.get("/today/"))

    assert "closes by itself in 20 days" in page
    assert "Nobody answered" in page
    assert f"The quarter {past} of" in page
    assert "new low-rated comment" not in page

    a_comment(version, "Far too slow", trust=1)
    assert "1 new low-rated comment on" in text_of(client.get("/today/"))


def test_a_kiosk_nobody_heard_of_for_days_needs_somebody(sign_in: SignIn) -> None:
    version = a_measured_service()
    owner = version.survey.service.owner
    office = an_office(version.survey.service, "Portland")
    for name, days, waiting in (("Exit", 4, 12), ("Desk", 0, 0)):
        seen = timezone.now() - timedelta(days=days)
        Kiosk.objects.create(
            survey=version.survey, unit=office, name=name, last_seen_at=seen, waiting=waiting
        )

    page = text_of(sign_in(a_person(Role.PROGRAM_MANAGER, owner)).get("/today/"))

    assert "The kiosk Exit in Portland is silent for 4 days" in page
    assert "12 answers wait on it." in page
    assert "The kiosk Desk" not in page


def test_a_manager_of_an_office_sees_their_part(sign_in: SignIn) -> None:
    version = a_measured_service()
    mine = an_office(version.survey.service, "Portland")
    answered(version, 6, 20, unit=mine)
    answered(version, 40, 40)
    counted()

    page = text_of(sign_in(a_person(Role.PROGRAM_MANAGER, mine)).get("/today/"))

    assert "Boat permits" in page
    assert "Portland" in page
    assert "30 %" in page


def test_other_agencies_services_are_not_listed(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 12, 15)
    counted()

    page = text_of(sign_in(a_person(Role.CX_LEAD)).get("/today/"))

    assert "Boat permits" not in page
    assert "<h1>No service is yours yet</h1>" in page


def test_today_takes_a_fixed_number_of_queries(sign_in: SignIn) -> None:
    version = a_measured_service()
    owner = version.survey.service.owner
    client = sign_in(a_person(Role.CX_LEAD, owner))
    answered(version, 12, 15)
    counted()
    client.get("/today/")

    with CaptureQueriesContext(connection) as few:
        client.get("/today/")
    for n in range(4):
        more = a_version(a_survey(a_service(owner, name=f"Service {n}")))
        answered(more, 12, 15)
        a_comment(more, "Too slow")
    counted()
    client.get("/today/")
    with CaptureQueriesContext(connection) as many:
        client.get("/today/")

    assert len(many) == len(few) <= 18


def test_a_poster_is_two_clicks_away(sign_in: SignIn) -> None:
    version = a_measured_service()
    owner = version.survey.service.owner
    office = an_office(version.survey.service, "Portland")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, owner))

    share = f"/surveys/{version.survey.code}/share/"

    assert f'href="{share}"' in client.get("/today/").content.decode()
    assert f"/posters/letter.pdf?unit={office.code}" in client.get(share).content.decode()
