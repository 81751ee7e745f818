"""Where each person starts, what they are shown of the whole, and whether the system is well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.site.navigation import navigation
from tests.builders import a_person, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.PROGRAM_MANAGER, "/today/"),
        (Role.CX_LEAD, "/today/"),
        (Role.ACCOUNTABLE_OFFICIAL, "/today/"),
        (Role.ANALYST, "/today/"),
        (Role.OMB_REVIEWER, "/oversight/"),
        (Role.ADMINISTRATOR, "/system/"),
    ],
)
def test_everybody_starts_where_their_work_is(sign_in: SignIn, role: Role, start: str) -> None:
    client = sign_in(a_person(role))

    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == start


def test_the_public_gets_the_front_page_without_a_cookie(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert not answer.cookies


def test_somebody_without_a_role_sees_their_account(sign_in: SignIn) -> None:
    answer = sign_in(a_person()).get("/")

    assert answer.headers["Location"] == "/account/"


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_shows_only_what_opens(sign_in: SignIn, role: Role) -> None:
    client = sign_in(a_person(role))

    page = client.get("/account/")
    entries = [each["entry"] for each in page.context["navigation"]]

    assert entries
    for entry in entries:
        assert client.get(entry.prefix).status_code == 200, entry.label


def test_the_page_in_use_is_marked_and_only_that_one(sign_in: SignIn) -> None:
    page = sign_in(a_person(Role.OMB_REVIEWER)).get("/quarter/review/")

    current = [each["entry"].label for each in page.context["navigation"] if each["is_current"]]
    assert current == ["Review"]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/measures/renewal/", "Services"),
        ("/measures/renewal/units/", "Services"),
        ("/measures/renewal/digital/ways/", "Websites"),
        ("/account/", None),
    ],
)
def test_pages_of_a_service_belong_to_services_and_its_digital_ones_to_websites(
    path: str, label: str | None, rf: RequestFactory
) -> None:
    request = rf.get(path)
    request.user = a_person(Role.PROGRAM_MANAGER)

    shown = cast(list[dict[str, Any]], navigation(request)["navigation"])

    assert [each["entry"].label for each in shown if each["is_current"]] == [label] * bool(label)


def test_every_page_says_when_the_agency_is_simulated(client: Client) -> None:
    an_agency(simulated=True)

    for address in ("/", "/government/", "/data/", "/account/sign-in/"):
        assert "imulated" in client.get(address).content.decode(), address


def test_health_is_good_when_the_record_answers(client: Client) -> None:
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_health_fails_when_the_record_does_not_answer(client: Client) -> None:
    with patch("cx280.site.views.connection.cursor", side_effect=OperationalError("gone")):
        answer = client.get("/health")

    assert answer.status_code == 503
    assert "gone" not in answer.content.decode()


def test_the_system_page_names_jobs_that_never_ran(sign_in: SignIn) -> None:
    page = sign_in(a_person(Role.ADMINISTRATOR)).get("/system/").content.decode()

    assert "Count new answers" in page
    assert "cx280 work" in page
