"""Keys let programs act as a person, within that person's roles."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from cx280.accounts import actions
from cx280.accounts.access import person_from_key
from cx280.accounts.actions.keys import MOST_KEYS
from cx280.accounts.models import ApiKey, Person
from cx280.accounts.rules import Role
from cx280.kernel.problem import Conflict
from tests.builders import a_person

pytestmark = pytest.mark.django_db


def asked_with(authorization: str) -> Person | None:
    return person_from_key(RequestFactory().get("/api/v1/me", HTTP_AUTHORIZATION=authorization))


def test_a_key_speaks_for_its_person_and_is_kept_as_a_digest() -> None:
    person = a_person()

    key = actions.make_key(person, name="nightly export", by=person)

    assert asked_with(f"Bearer {key}") == person
    assert asked_with(f"bearer  {key} ") == person
    assert key not in str(ApiKey.objects.values())


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer x", "Basic eA==", "Bearer cx280_wrong"]
)
def test_anything_else_speaks_for_nobody(authorization: str) -> None:
    assert asked_with(authorization) is None


def test_a_revoked_key_and_the_key_of_somebody_shut_out_speak_for_nobody() -> None:
    person, other = a_person(), a_person()
    revoked = actions.make_key(person, name="old", by=person)
    actions.revoke_key(person.api_keys.get(), by=person)
    shut_out = actions.make_key(other, name="new", by=other)
    actions.deactivate_person(other)

    assert asked_with(f"Bearer {revoked}") is None
    assert asked_with(f"Bearer {shut_out}") is None


def test_the_day_of_the_last_use_is_noted_once_a_day() -> None:
    person = a_person()
    key = actions.make_key(person, name="nightly", by=person)
    ApiKey.objects.update(last_used_on=timezone.localdate() - timedelta(days=3))

    asked_with(f"Bearer {key}")

    assert ApiKey.objects.get().last_used_on == timezone.localdate()


def test_a_person_has_a_handful_of_keys() -> None:
    person = a_person()
    for n in range(MOST_KEYS):
        actions.make_key(person, name=f"key {n}", by=person)

    with pytest.raises(Conflict):
        actions.make_key(person, name="one more", by=person)


def test_the_api_says_who_asks_and_what_they_may(client: Client) -> None:
    person = a_person(Role.ANALYST)
    key = actions.make_key(person, name="nightly", by=person)

    response = client.get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {key}")

    assert response.status_code == 200
    assert response.json()["roles"][0]["role"] == "analyst"
    assert "see measures" in response.json()["may"]
