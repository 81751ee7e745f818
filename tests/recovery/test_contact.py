"""Somebody may leave how to reach them after answering: by choice, apart, for a short time."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import MAY, Capability, Role
from cx280.audit.models import AuditEntry
from cx280.clearance.rules.contact import contact_forbidden
from cx280.recovery import actions
from cx280.recovery.forms import reach_from
from cx280.recovery.models import ContactWish
from cx280.recovery.rules import days_left, last_day_kept, must_be_erased, safe_note
from cx280.recovery.tasks import erase_what_is_due
from cx280.responses import guard
from cx280.responses.exporting import table_of
from cx280.responses.models import Response
from cx280.responses.tokens import CONTACT_DAYS, CONTACT_TIME, contact_reference, read_reference
from cx280.responses.wording import words, written_languages
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, an_agency
from tests.responses.visits import an_open_survey, clearance_of, send

SignIn = Callable[[Person], Client]
EMAIL, PHONE = "ana.reyes@example.com", "202-555-0143"
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.fixture(autouse=True)
def fresh_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cx280.responses.survey_views.addresses", guard.Addresses())
    monkeypatch.setattr("cx280.recovery.views.public.addresses", guard.Addresses())


def offering(*, permitted: bool = True) -> SurveyVersion:
    """An open survey that offers it, under a clearance that permits it or does not."""
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.permits_contact = permitted
    clearance.save()
    version.survey.offers_contact = True
    version.survey.save()
    return version


def contact_page(client: Client, version: SurveyVersion) -> str:
    """The address of the page after answering, as the thanks link to it."""
    sent = send(client, version, trust="1", comment="Nobody called back.")
    page = client.get(sent["Location"]).content.decode()
    found = re.search(r'href="(/s/[^"]+/contact/[^"]+)"', page)
    return found.group(1).replace("&amp;", "&") if found else ""


def a_wish(client: Client, version: SurveyVersion | None = None) -> ContactWish:
    client.post(contact_page(client, version or offering()), {"email": EMAIL, "phone": PHONE})
    return ContactWish.objects.latest("pk")


def helper_of(wish: ContactWish) -> Person:
    return a_person(Role.SERVICE_RECOVERY, wish.survey.service.owner)


@pytest.mark.proves("INC-30")
def test_only_a_clearance_in_force_that_says_so_permits_it() -> None:
    assert contact_forbidden("1094-0123", permits_contact=True) == []
    for number, permits in ((None, True), (None, False), ("1094-0123", False)):
        (found,) = contact_forbidden(number, permits_contact=permits)
        assert (found.rule, found.severity) == ("INC-30", "error")


@pytest.mark.proves("INC-30")
@given(asked=DAYS, later=st.integers(0, 90), handled=st.booleans())
def test_nothing_is_kept_past_its_last_day_nor_once_handled(
    asked: date, later: int, handled: bool
) -> None:
    last, on = last_day_kept(asked, CONTACT_DAYS), asked + timedelta(days=later)

    erased = must_be_erased(last, on, is_handled=handled)

    assert erased == (handled or later > CONTACT_DAYS)
    assert handled or not erased or days_left(last, on) == 0


def test_a_note_outlives_no_number_or_address() -> None:
    assert safe_note(f" Called {PHONE}, wrote to {EMAIL}. ") == "Called [phone], wrote to [email]."


@pytest.mark.parametrize(
    ("email", "phone", "faults"),
    [
        ("", " ", {"": "neither"}),
        (EMAIL, "", {}),
        ("", "(202) 555-0143", {}),
        ("ana", PHONE, {"email": "bad_email"}),
        (EMAIL, "911", {"phone": "bad_phone"}),
    ],
)
def test_one_way_to_reach_somebody_is_enough(email: str, phone: str, faults: object) -> None:
    assert reach_from(email, phone)[1] == faults


def test_who_answered_is_known_for_an_hour_and_by_nobody_else() -> None:
    now, response_id = timezone.now().replace(microsecond=0), uuid.uuid4()
    named = contact_reference(response_id, now)

    assert response_id.hex not in named
    assert read_reference(named, now + CONTACT_TIME) == response_id
    assert read_reference(named, now + CONTACT_TIME + timedelta(seconds=1)) is None
    assert read_reference(f"{named[:-4]}AAAA", now) is None
    assert read_reference("", now) is None


def test_every_language_says_what_it_is_for_who_reads_it_and_how_long() -> None:
    for language in written_languages():
        said = words(language)
        for key, place in (("use", "{service}"), ("who", "{service}"), ("kept", "{days}")):
            assert place in said["contact"][key], (language, key)


def test_the_right_to_read_it_comes_with_no_other_role() -> None:
    assert [role for role in Role if Capability.CONTACT_CUSTOMERS in MAY[role]] == [
        Role.SERVICE_RECOVERY
    ]


@pytest.mark.django_db
def test_it_is_off_by_default(client: Client) -> None:
    version = an_open_survey()

    assert contact_page(client, version) == ""
    assert (
        "nobody will contact you"
        in client.get(f"/s/{version.survey.code}/thanks/").content.decode()
    )


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_without_the_clearance_nobody_is_asked_even_where_the_survey_offers_it(
    client: Client,
) -> None:
    version = offering(permitted=False)

    assert contact_page(client, version) == ""
    response = Response.objects.get(version=version)
    forced = f"/s/{version.survey.code}/contact/?contact=" + contact_reference(
        response.pk, timezone.now()
    )
    assert client.get(forced).status_code == 410
    assert client.post(forced, {"email": EMAIL}).status_code == 410
    assert not ContactWish.objects.exists()


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_switching_it_on_is_refused_with_the_rule(sign_in: SignIn) -> None:
    survey = an_open_survey().survey
    manager = a_person(Role.PROGRAM_MANAGER, survey.service.owner)
    here = f"/recovery/surveys/{survey.code}/"

    said = sign_in(manager).post(here, {"offered": "1"}, follow=True).content.decode()
    with pytest.raises(actions.MayNotAsk) as refused:
        actions.offer_contact(survey, offered=True, by=manager)

    survey.refresh_from_db()
    assert not survey.offers_contact
    assert refused.value.rule == "INC-30"
    assert "rule INC-30" in said
    assert "put things right at the office" in said


@pytest.mark.django_db
def test_switching_it_on_and_off_stands_in_the_trail(sign_in: SignIn) -> None:
    version = offering()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, version.survey.service.owner))

    for offered in ("0", "1", "1"):
        client.post(f"/recovery/surveys/{version.survey.code}/", {"offered": offered})

    told = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert told == ["stop_offering_contact", "offer_contact"]


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_it_is_stored_encrypted_and_joined_with_no_answer(client: Client) -> None:
    wish = a_wish(client)
    response = Response.objects.get()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recovery_contactwish")
        row = str(cursor.fetchall())
    related = {each.related_model for each in ContactWish._meta.get_fields() if each.is_relation}

    assert Response not in related
    for secret in (EMAIL, "2025550143", PHONE, str(response.pk), response.pk.hex):
        assert secret not in row
    assert wish.erase_after >= timezone.localdate() + timedelta(days=CONTACT_DAYS - 1)
    assert EMAIL not in str(list(AuditEntry.objects.values()))


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "touchpoints17"])
def test_it_is_in_no_file_of_answers(client: Client, form: str) -> None:
    wish = a_wish(client)

    header, rows = table_of(wish.survey, Response.objects.all(), form)
    written = str([header, list(rows)])

    assert EMAIL not in written
    assert "2025550143" not in written


@pytest.mark.django_db
def test_sent_twice_it_is_one_wish_and_wrong_input_keeps_what_was_typed(client: Client) -> None:
    here = contact_page(client, offering())

    wrong = client.post(here, {"email": "ana", "phone": PHONE})
    empty = client.post(here, {})
    for _ in range(2):
        assert client.post(here, {"email": EMAIL}).status_code == 200

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert f'value="{PHONE}"' in wrong.content.decode()
    assert ContactWish.objects.count() == 1


@pytest.mark.django_db
def test_the_page_speaks_the_person_s_language_and_sets_no_cookie(client: Client) -> None:
    here = contact_page(client, offering())

    page = client.get(here.replace("lang=en", "lang=es"))

    assert "¿Podemos comunicarnos con usted sobre esto?" in page.content.decode()
    assert not page.cookies
    assert page["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_only_the_role_reads_it_and_each_reading_is_written_down(
    client: Client, sign_in: SignIn
) -> None:
    wish = a_wish(client)
    helper = helper_of(wish)

    page = sign_in(helper).post(f"/recovery/{wish.pk}/read/").content.decode()

    assert EMAIL in page
    assert "+12025550143" in page
    assert "Nobody called back." in page
    entry = AuditEntry.objects.get(action="read_contact_details")
    assert (entry.actor, entry.subject) == (helper.email, f"recovery.ContactWish:{wish.pk}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.PROGRAM_MANAGER, True, 403),
        (Role.CX_LEAD, True, 403),
        (Role.OMB_REVIEWER, False, 403),
        (Role.ADMINISTRATOR, False, 403),
        (Role.SERVICE_RECOVERY, False, 404),
    ],
)
def test_nobody_else_opens_it(
    client: Client, sign_in: SignIn, role: Role, own: bool, status: int
) -> None:
    wish = a_wish(client)
    owner = wish.survey.service.owner if own else an_agency()

    other = sign_in(a_person(role, owner))

    assert other.get(f"/recovery/{wish.pk}/").status_code == status
    assert other.post(f"/recovery/{wish.pk}/read/").status_code == status
    assert other.post(f"/recovery/{wish.pk}/close/", {"note": "x"}).status_code == status
    assert not AuditEntry.objects.filter(action="read_contact_details").exists()


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_handled_means_erased(client: Client, sign_in: SignIn) -> None:
    wish = a_wish(client)
    helper = sign_in(helper_of(wish))

    refused = helper.post(f"/recovery/{wish.pk}/close/", {"note": " "})
    helper.post(f"/recovery/{wish.pk}/close/", {"note": f"Called {PHONE} back."})

    assert refused.status_code == 422
    wish.refresh_from_db()
    assert (wish.reach, wish.answer, wish.once) == ("", "", "")
    assert wish.note == "Called [phone] back."
    said = helper.post(f"/recovery/{wish.pk}/read/", follow=True).content.decode()
    assert EMAIL not in said
    assert "erased" in said


@pytest.mark.django_db
@pytest.mark.proves("INC-30")
def test_it_is_erased_after_its_last_day_and_not_before(client: Client) -> None:
    wish, now = a_wish(client), timezone.now()

    assert erase_what_is_due(now + timedelta(days=CONTACT_DAYS - 1)) == 0
    assert erase_what_is_due(now + timedelta(days=CONTACT_DAYS + 1)) == 1
    assert erase_what_is_due(now + timedelta(days=CONTACT_DAYS + 1)) == 0

    wish.refresh_from_db()
    assert (wish.reach, wish.answer, wish.handled_at) == ("", "", None)
