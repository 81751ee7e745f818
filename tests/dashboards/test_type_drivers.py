"""Drivers by service type: who sees which services, what is refused, and the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.measures.queries import service_types
from tests.builders import a_document, a_person, a_service, a_survey, a_version
from tests.dashboards.answered import counted
from tests.dashboards.test_government import reported
from tests.dashboards.test_service import rows_of, text_of
from tests.measures.asked import a_tapping_version, people, store, taps
from tests.measures.test_service_types import two_services

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
PAGE = "/government/drivers/"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    service_types._kept.clear()  # ids come again in every test, and never in a running system


@pytest.mark.proves("280.10-i5", "280.4-f2")
def test_omb_sees_what_goes_with_trust_in_services_of_a_type(sign_in: SignIn) -> None:
    two_services()
    client = sign_in(a_person(Role.OMB_REVIEWER))

    page = text_of(client.get(PAGE))
    rows = rows_of(client.get(f"{PAGE}?type=administrative&format=csv"))

    assert "Trust in administrative services goes most with ease: between" in page
    assert "from 400 answers about 2 services" in page
    assert "does not prove a cause" in page
    assert "own level is taken out" in page
    assert {row["service"] for row in rows} == {"all services", "Boats", "Docks"}
    assert all("not caused by" in row["note"] for row in rows)


def test_the_page_opens_with_a_type_of_which_something_can_be_told(sign_in: SignIn) -> None:
    boats, _ = two_services()
    for name in ("Grants", "Loans", "Aid"):
        benefit = a_service(boats.owner, name=name, service_type="benefits")
        document = a_document(name, placement="prompt")
        store(a_version(a_survey(benefit, draft=document)), people(5))
    counted()

    page = text_of(sign_in(a_person(Role.OMB_REVIEWER)).get(PAGE))

    assert "Trust in administrative services goes most with ease: between" in page


def test_an_agency_sees_its_own_services_and_another_agency_none(sign_in: SignIn) -> None:
    boats, _ = two_services()
    own, other = a_person(Role.CX_LEAD, boats.owner), a_person(Role.CX_LEAD)

    assert "about 2 services" in text_of(sign_in(own).get(PAGE))
    stranger = sign_in(other)
    assert "Nobody has answered yet about a service you may see" in text_of(stranger.get(PAGE))
    assert stranger.get(f"{PAGE}?type=administrative").status_code == 404
    assert stranger.get(f"{PAGE}?format=csv").status_code == 404


@pytest.mark.proves("280.10-i5")
def test_one_service_alone_is_refused_in_words_on_the_page_and_in_the_file(
    sign_in: SignIn,
) -> None:
    _, docks = two_services()
    docks.service_type = "benefits"
    docks.save()
    client = sign_in(a_person(Role.OMB_REVIEWER))

    page = text_of(client.get(f"{PAGE}?type=benefits"))
    (row,) = rows_of(client.get(f"{PAGE}?type=benefits&format=csv"))

    assert "At least 2 services of one type" in page
    assert "At least 2 services" in row["note"]
    assert "not caused by" in row["note"]


@pytest.mark.proves("INC-15")
def test_taps_are_never_pooled_with_ratings(sign_in: SignIn) -> None:
    version = a_tapping_version()
    store(version, taps(200))
    counted()

    page = text_of(sign_in(a_person(Role.OMB_REVIEWER)).get(PAGE))

    assert "No service of this type asked about drivers on a scale" in page


def test_the_government_page_leads_there_for_those_who_may(sign_in: SignIn) -> None:
    reported()
    reviewer = a_person(Role.OMB_REVIEWER)

    assert PAGE in text_of(sign_in(reviewer).get("/government/"))
    assert PAGE not in text_of(Client().get("/government/"))


def test_signed_out_one_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code in (302, 403)
