"""Pages for one's own account, people and the audit trail."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from cx280.accounts import actions
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.actions import record
from tests.builders import a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
GOOD = "river otter lantern seven"
SignIn = Callable[[Person], Client]


def text_of(response: object) -> str:
    html: str = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_one_s_account_shows_roles_with_their_organizations(sign_in: SignIn) -> None:
    agency = an_agency(name="Department of Rivers")
    client = sign_in(a_person(Role.CX_LEAD, agency))

    words = text_of(client.get("/account/"))

    assert "Agency CX lead Department of Rivers" in words


def test_without_a_role_the_account_says_whom_to_ask(sign_in: SignIn) -> None:
    client = sign_in(a_person())

    assert "Ask the person who runs cx280" in text_of(client.get("/account/"))


def test_a_first_password_needs_no_present_one_and_keeps_the_session(sign_in: SignIn) -> None:
    person = a_person(Role.ANALYST)
    client = sign_in(person)

    client.post("/account/password/", {"password": GOOD})

    person.refresh_from_db()
    assert person.check_password(GOOD)
    assert client.get("/account/").status_code == 200


def test_changing_a_password_takes_the_present_one(sign_in: SignIn) -> None:
    person = a_person(Role.ANALYST)
    actions.set_password(person, password=GOOD)
    client = sign_in(person)

    response = client.post("/account/password/", {"current": "no", "password": GOOD + " eight"})

    assert response.status_code == 422
    assert "This is not your present password" in text_of(response)


def test_a_changed_password_ends_the_other_sessions(sign_in: SignIn) -> None:
    person = a_person(Role.ANALYST)
    here, elsewhere = sign_in(person), Client()
    elsewhere.force_login(person, backend="cx280.accounts.backends.PasswordOrLink")

    here.post("/account/password/", {"password": GOOD})

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_a_key_is_shown_once_and_revoked_by_a_button(sign_in: SignIn) -> None:
    person = a_person(Role.ANALYST)
    client = sign_in(person)

    made = client.post("/account/keys/new/", {"name": "nightly export"})
    found = re.search(r"cx280_[\w-]{40,}", made.content.decode())
    later = client.get("/account/")
    revoked = client.post(f"/account/keys/{person.api_keys.get().pk}/revoke/", follow=True)

    assert found is not None
    assert found[0] not in later.content.decode()
    assert "nightly export" in text_of(later)
    assert "no longer works" in text_of(revoked)


def test_nobody_revokes_somebody_else_s_key(sign_in: SignIn) -> None:
    other = a_person()
    actions.make_key(other, name="theirs", by=other)
    client = sign_in(a_person(Role.ADMINISTRATOR))

    response = client.post(f"/account/keys/{other.api_keys.get().pk}/revoke/")

    assert response.status_code == 404


def test_an_administrator_adds_somebody_and_gives_a_role(sign_in: SignIn) -> None:
    agency = an_agency(name="Department of Rivers")
    client = sign_in(a_person(Role.ADMINISTRATOR))

    added = client.post(
        "/account/people/new/", {"name": "Ana Ruiz", "email": "ana@example.gov"}, follow=True
    )
    ana = Person.objects.get(email="ana@example.gov")
    given = client.post(
        f"/account/people/{ana.pk}/role/",
        {"role": "cx_lead", "organization": agency.pk, "since": "2022-01-28"},
        follow=True,
    )

    assert "Give them a role now" in text_of(added)
    assert "Ana Ruiz is now Agency CX lead" in text_of(given)
    assert ana.assignments.get().organization == agency


def test_a_role_without_its_place_is_told_beside_the_field(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))
    ana = a_person()

    response = client.post(
        f"/account/people/{ana.pk}/role/", {"role": "cx_lead", "since": "2022-01-28"}
    )

    assert response.status_code == 422
    assert "Choose where the Agency CX lead works" in text_of(response)


def test_an_administrator_cannot_give_themselves_a_role(sign_in: SignIn) -> None:
    me = a_person(Role.ADMINISTRATOR)
    client = sign_in(me)

    response = client.post(
        f"/account/people/{me.pk}/role/", {"role": "omb_reviewer", "since": "2022-01-28"}
    )

    assert "You cannot give yourself a role" in text_of(response)


def test_a_role_is_ended_after_the_day_given(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))
    ana = a_person(Role.ANALYST)
    held = ana.assignments.get()

    client.post(f"/account/roles/{held.pk}/end/", {"last_day": "2022-01-28"})

    held.refresh_from_db()
    assert str(held.until) == "2022-01-28"


def test_a_sign_in_link_is_shown_once_to_hand_over(sign_in: SignIn, client: Client) -> None:
    administrator = sign_in(a_person(Role.ADMINISTRATOR))
    ana = a_person(Role.ANALYST)

    made = administrator.post(f"/account/people/{ana.pk}/link/")
    found = re.search(r"/account/link/[\w-]+/", made.content.decode())

    assert found is not None
    fresh = Client()
    fresh.post(found[0])
    assert fresh.session["_auth_user_id"] == str(ana.pk)


def test_somebody_is_shut_out_and_let_in_again_by_a_button(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))
    ana = a_person(Role.ANALYST)

    out = client.post(f"/account/people/{ana.pk}/access/", follow=True)
    back = client.post(f"/account/people/{ana.pk}/access/", {"back": "1"}, follow=True)

    assert "is shut out" in text_of(out)
    assert "may sign in again" in text_of(back)


def test_shutting_oneself_out_is_refused_in_words(sign_in: SignIn) -> None:
    me = a_person(Role.ADMINISTRATOR)
    client = sign_in(me)

    response = client.post(f"/account/people/{me.pk}/access/", follow=True)

    assert "You cannot shut yourself out" in text_of(response)


def test_people_are_listed_with_roles_and_filtered(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR, name="Root"))
    a_person(Role.ANALYST, an_agency(name="Rivers"), name="Ana Ruiz")
    a_person(name="Nobody Yet")

    everybody = text_of(client.get("/account/people/"))
    some = text_of(client.get("/account/people/?words=ruiz&role=analyst"))
    none = text_of(client.get("/account/people/?words=zzz"))

    assert "Analyst (read only), Rivers" in everybody
    assert "no role" in everybody
    assert "1 person matches your filter" in some
    assert "Nobody matches" in none


def test_the_administrator_reads_the_whole_trail(sign_in: SignIn) -> None:
    record(actor="ana@example.gov", action="open_survey", subject="surveys.Survey:12")
    record(actor="bo@example.gov", action="close_survey", subject="surveys.Survey:13")
    client = sign_in(a_person(Role.ADMINISTRATOR))

    everything = text_of(client.get("/account/audit/"))
    some = text_of(client.get("/account/audit/?actor=ana"))
    file = b"".join(client.get("/account/audit/trail.csv?actor=ana").streaming_content).decode()  # type: ignore[attr-defined]

    assert "2 entries" in everything
    assert "open survey" in some
    assert "close survey" not in some
    assert "open_survey" in file
    assert "close_survey" not in file


def test_a_cx_lead_reads_the_trail_of_their_own_agency_only(sign_in: SignIn) -> None:
    agency = an_agency("mine")
    unit = a_unit(agency, code="mine-desk")
    record(actor="x@x.gov", action="step_one", subject="a.A:1", organization=unit.code)
    record(actor="x@x.gov", action="step_two", subject="a.A:2", organization="other")
    record(actor="x@x.gov", action="step_three", subject="a.A:3")
    client = sign_in(a_person(Role.CX_LEAD, agency))

    words = text_of(client.get("/account/audit/"))

    assert "step one" in words
    assert "step two" not in words
    assert "step three" not in words


def test_a_day_that_is_none_is_told_and_filters_nothing(sign_in: SignIn) -> None:
    record(actor="x@x.gov", action="step_one", subject="a.A:1")
    client = sign_in(a_person(Role.ADMINISTRATOR))

    response = client.get("/account/audit/?since=soon")

    assert response.status_code == 200
    assert "Enter a valid date" in text_of(response)
    assert "step one" in text_of(response)


def test_pages_with_secrets_are_never_kept_by_a_cache(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ANALYST))

    made = client.post("/account/keys/new/", {"name": "nightly"})

    assert "no-store" in made.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/account/people/?words=%00&role=%00&page=-1",
        "/account/people/99999999999999999999/",
        "/account/audit/?subject=%00&actor=%00&page=x",
        "/account/link/%00/",
        "/organizations/new/?below=%00",
    ],
)
def test_odd_addresses_break_nothing(sign_in: SignIn, address: str) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))

    assert client.get(address).status_code < 500
