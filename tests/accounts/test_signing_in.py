"""Signing in: password, one-time links, lockout, signing out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts import actions
from cx280.accounts.actions import LinkUnusable
from cx280.accounts.models import LinkRequest, Person, SignInLink
from cx280.accounts.rules import Role
from cx280.accounts.tasks import forget_ended_sessions, send_links
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Unusable
from tests.builders import a_person

GOOD = "river otter lantern seven"
SIGN_IN = "/account/sign-in/"

pytestmark = pytest.mark.django_db


def with_password(**fields: Any) -> Person:
    person = a_person(Role.ANALYST, **fields)
    actions.set_password(person, password=GOOD)
    return person


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in_and_goes_where_one_wanted(client: Client) -> None:
    person = with_password(email="ana@example.gov")

    response = client.post(
        SIGN_IN, {"username": " Ana@Example.GOV", "password": GOOD, "next": "/account/"}
    )

    assert response.headers["Location"] == "/account/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert AuditEntry.objects.filter(action="sign_in", actor=person.email).count() == 1


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_signing_in_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    person = with_password()

    response = client.post(SIGN_IN, {"username": person.email, "password": GOOD, "next": elsewhere})

    assert response.headers["Location"] == "/"


def test_an_unknown_address_and_a_wrong_password_are_told_in_the_same_words(
    client: Client,
) -> None:
    person = with_password()

    wrong = client.post(SIGN_IN, {"username": person.email, "password": "something else"})
    unknown = client.post(SIGN_IN, {"username": "no@example.gov", "password": "something else"})

    words = "We do not know this address with this password"
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert words in wrong.content.decode()
    assert words in unknown.content.decode()
    assert person.email in wrong.content.decode()  # what was typed is kept


def test_somebody_shut_out_cannot_sign_in(client: Client) -> None:
    person = with_password(is_active=False)

    client.post(SIGN_IN, {"username": person.email, "password": GOOD})

    assert not is_signed_in(client)


def test_shutting_out_ends_the_session_at_once(
    sign_in: Callable[[Person], Client],
) -> None:
    person = a_person(Role.ANALYST)
    client = sign_in(person)

    actions.deactivate_person(person)

    assert client.get("/account/").status_code == 302


def test_ten_wrong_passwords_lock_the_door_in_plain_words_whatever_the_case(
    client: Client,
) -> None:
    person = with_password(email="ana@example.gov")
    tries = [
        client.post(SIGN_IN, {"username": address, "password": "wrong"})
        for address in ["ana@example.gov", "ANA@example.gov"] * 5
    ]

    locked = client.post(SIGN_IN, {"username": person.email, "password": GOOD})

    assert [each.status_code for each in tries[:9]] == [422] * 9
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.content.decode()
    assert not is_signed_in(client)


def test_a_lock_for_one_person_lets_others_at_the_same_address_in(client: Client) -> None:
    locked, other = with_password(), with_password()
    for _ in range(11):
        client.post(SIGN_IN, {"username": locked.email, "password": "wrong"})

    client.post(SIGN_IN, {"username": other.email, "password": GOOD})

    assert is_signed_in(client)


def test_opening_a_link_shows_a_button_and_spends_nothing(client: Client) -> None:
    person = a_person(Role.ANALYST)
    address = reverse("accounts:link", args=[actions.make_link(person)])

    opened = [client.get(address), client.head(address), client.get(address)]
    pressed = client.post(address)

    assert [each.status_code for each in opened] == [200, 200, 200]
    assert b"<button" in opened[0].content
    assert pressed.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_link_works_once(client: Client) -> None:
    address = reverse("accounts:link", args=[actions.make_link(a_person(Role.ANALYST))])
    client.post(address)

    again = Client().post(address)
    looked = Client().get(address)

    assert (again.status_code, looked.status_code) == (410, 410)
    assert "Ask for a new link" in again.content.decode()


def test_a_link_expires() -> None:
    token = actions.make_link(a_person(), lifetime=timedelta(seconds=-1))

    with pytest.raises(LinkUnusable):
        actions.use_link(token)


def test_a_link_of_somebody_shut_out_does_not_work() -> None:
    person = a_person()
    token = actions.make_link(person)
    actions.deactivate_person(person)

    with pytest.raises(LinkUnusable):
        actions.use_link(token)


@pytest.mark.parametrize("token", ["", "x", "'; DROP", "é" * 50, "\udc80"])
def test_a_made_up_link_does_not_work(token: str) -> None:
    with pytest.raises(LinkUnusable):
        actions.use_link(token)


def test_only_the_digest_of_a_link_is_kept() -> None:
    token = actions.make_link(a_person())

    assert token not in str(SignInLink.objects.values())


def test_a_link_for_posting_from_elsewhere_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    address = reverse("accounts:link", args=[actions.make_link(a_person())])

    response = strict.post(address)

    assert response.status_code == 403
    assert not is_signed_in(strict)


def test_a_link_is_mailed_to_a_known_address_and_works(client: Client) -> None:
    person = a_person(Role.ANALYST, email="ana@example.gov")

    client.post("/account/sign-in/link/", {"email": "ANA@example.gov"})
    sent = send_links(timezone.now())
    [message] = mail.outbox
    found = re.search(r"/account/link/\S+", str(message.body))

    assert sent == 1
    assert message.to == [person.email]
    assert found is not None
    assert client.post(found[0]).status_code == 302


def test_asking_for_a_link_never_tells_who_exists(client: Client) -> None:
    a_person(email="ana@example.gov")

    known = client.post("/account/sign-in/link/", {"email": "ana@example.gov"})
    unknown = client.post("/account/sign-in/link/", {"email": "nobody@example.gov"})
    sent = send_links(timezone.now())

    assert known.content == unknown.content
    assert LinkRequest.objects.count() == 2
    assert sent == 1


def test_asking_again_and_again_sends_three_mails_at_most(client: Client) -> None:
    a_person(email="ana@example.gov")

    answers = [
        client.post("/account/sign-in/link/", {"email": "ana@example.gov"}) for _ in range(6)
    ]
    sent = [send_links(timezone.now()), send_links(timezone.now())]

    assert {each.status_code for each in answers} == {200}
    assert sent == [3, 0]


def test_one_source_cannot_ask_for_everybody(client: Client) -> None:
    for n in range(40):
        client.post("/account/sign-in/link/", {"email": f"person{n}@example.gov"})

    assert LinkRequest.objects.count() == 30


def test_a_request_keeps_no_network_address(client: Client) -> None:
    client.post("/account/sign-in/link/", {"email": "ana@example.gov"}, REMOTE_ADDR="192.0.2.7")

    assert "192.0.2.7" not in str(LinkRequest.objects.values())


def test_an_address_that_is_none_is_told_beside_the_field(client: Client) -> None:
    response = client.post("/account/sign-in/link/", {"email": "not an address"})

    assert response.status_code == 422
    assert b"usa-error-message" in response.content


def test_signing_out_takes_a_button_not_an_address(sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(a_person(Role.ANALYST))

    looked = client.get("/account/sign-out/")
    still_in = is_signed_in(client)
    client.post("/account/sign-out/")

    assert looked.status_code == 405
    assert still_in
    assert not is_signed_in(client)


def test_a_weak_password_is_refused_in_words() -> None:
    with pytest.raises(Unusable) as caught:
        actions.set_password(a_person(), password="short")

    assert caught.value.field == "password"
    assert "at least 12 characters" in caught.value.message


def test_ended_sessions_and_spent_links_are_forgotten(client: Client) -> None:
    person = a_person(Role.ANALYST)
    client.post(reverse("accounts:link", args=[actions.make_link(person)]))
    actions.ask_for_link("ana@example.gov", source="192.0.2.7")

    now = forget_ended_sessions(timezone.now())
    later = forget_ended_sessions(timezone.now() + timedelta(days=2))

    assert now == 0
    assert later == 3
