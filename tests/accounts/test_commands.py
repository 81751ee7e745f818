"""`cx280 links` and `cx280 person add`."""

import json
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django import Settings

from cx280.accounts.commands import links, person
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.kernel.problem import NotFound, Unusable
from tests.builders import a_person, an_agency

pytestmark = pytest.mark.django_db


def run(command: object, *words: str) -> str:
    result = CliRunner().invoke(command, list(words), catch_exceptions=False)  # type: ignore[arg-type]
    assert result.exit_code == 0
    return result.output


def test_links_prints_one_working_link_for_each_role_that_somebody_holds(
    settings: Settings,
) -> None:
    settings.PUBLIC_ADDRESS = "https://cx.example.gov"
    for role in Role:
        a_person(role)

    printed = json.loads(run(links, "--json"))

    assert [each["role"] for each in printed] == [each.value for each in Role]
    for each in printed:
        client = Client()
        client.post(urlsplit(each["address"]).path)
        signed_in = Person.objects.get(pk=client.session["_auth_user_id"])
        assert signed_in.email == each["email"]
        assert each["address"].startswith("https://cx.example.gov/account/link/")


def test_links_may_be_asked_for_one_role_or_one_person() -> None:
    a_person(Role.ANALYST, name="Ana")
    a_person(Role.CX_LEAD, name="Bo", email="bo@example.gov")

    by_role = run(links, "--role", "analyst")
    by_address = json.loads(run(links, "--email", "BO@example.gov", "--json"))

    assert by_role.startswith("Analyst (read only), Ana")
    assert [each["label"] for each in by_address] == ["Agency CX lead"]


def test_without_anybody_links_says_how_to_begin() -> None:
    with pytest.raises(NotFound) as caught:
        run(links)

    assert "cx280 person add" in caught.value.fix


def test_a_link_for_ever_is_refused() -> None:
    a_person(Role.ANALYST)

    with pytest.raises(Unusable):
        run(links, "--hours", "1000")


def test_a_person_is_added_with_a_role_in_one_go() -> None:
    agency = an_agency("rivers")

    run(person, "add", "ana@example.gov", "Ana", "--role", "cx_lead", "--organization", "RIVERS")

    held = Person.objects.get(email="ana@example.gov").assignments.get()
    assert (held.role, held.organization) == ("cx_lead", agency)


@pytest.mark.parametrize(
    "words",
    [
        ["--role", "cx_lead", "--organization", "nowhere"],
        ["--role", "cx_lead"],
        ["--organization", "rivers"],
    ],
)
def test_a_person_who_cannot_have_the_role_is_not_added_at_all(words: list[str]) -> None:
    an_agency("rivers")

    with pytest.raises((NotFound, Unusable)):
        run(person, "add", "ana@example.gov", "Ana", *words)

    assert not Person.objects.exists()
