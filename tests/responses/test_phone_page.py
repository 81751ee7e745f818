"""The page “By phone”: what staff give the phone system, and word for word what a caller hears."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import etree

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.dashboards.queries.proof import proof_of
from cx280.delivery.rules.signatures import is_from_twilio, twilio_signature
from cx280.measures.tasks import refresh_facts
from cx280.responses import actions
from cx280.responses.actions.calling import OVER_AFTER, call_id, finish_calls
from cx280.responses.models import Call, OfferCount, PhoneLine, Response
from cx280.responses.queries.calls import calls_of, line_key, line_of, opens
from cx280.responses.queries.entering import reach_by_mode
from cx280.responses.tasks import finish_calls as finish_calls_task
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_response, a_unit
from tests.responses.visits import an_open_survey, clearance_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
LANGUAGES = ["en", "es"]


def a_manager(version: SurveyVersion) -> Person:
    return a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)


def page_of(version: SurveyVersion, query: str = "") -> str:
    return f"/responses/{version.survey.code}/phone/{query}"


def words_of(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return unescape(answer.content.decode())


def a_call(version: SurveyVersion, *keys: str, name: str = "one", minutes: int = 0) -> Call:
    """A call that pressed these keys so many minutes ago."""
    now = timezone.now() - timedelta(minutes=minutes)
    call = actions.answer_call(
        version, name=call_id(name), unit_code="", languages=LANGUAGES, now=now
    )
    for key in keys:
        call, _ = actions.take_key(
            call, step=call.step, tries=call.tries, pressed=key, languages=LANGUAGES, now=now
        )
    return call


def test_the_line_is_switched_on_and_its_address_then_asks(sign_in: SignIn) -> None:
    version = an_open_survey()
    client = sign_in(a_manager(version))
    found = re.search(r'id="voicexml">([^<]+)<', words_of(client.get(page_of(version))))
    assert found
    start = found.group(1).split("/s/")[1]

    closed = client.get(f"/s/{start}")
    client.post(page_of(version), {"is_on": "on", "wait_seconds": "12"})
    opened = client.get(f"/s/{start}")

    assert "This survey is closed." in words_of(closed)
    assert 'value="12s"' in words_of(opened)
    assert PhoneLine.objects.get().is_on
    assert AuditEntry.objects.filter(action="save_phone_line").count() == 1


def test_an_address_that_was_changed_works_as_long_as_was_said(sign_in: SignIn) -> None:
    version = an_open_survey()
    survey, client = version.survey, sign_in(a_manager(version))
    client.post(page_of(version), {"is_on": "on", "wait_seconds": "12"})
    first, now = line_key(line_of(survey)), timezone.now()

    client.post(page_of(version) + "secret/", {"old_hours": "24"})

    line = line_of(survey)
    second = line_key(line)
    assert second != first
    assert "The old address works until" in words_of(client.get(page_of(version)))
    assert opens(line, first, now)
    assert opens(line, second, now)
    assert not opens(line, "", now)
    assert not opens(line, first, now + timedelta(hours=25))
    assert opens(line, second, now + timedelta(hours=25))
    begins = [
        client.get(f"/s/{survey.code}/voice.vxml?line={each}") for each in (first, second, "x")
    ]
    assert [each.status_code for each in begins] == [200, 200, 404]
    client.post(page_of(version) + "secret/", {"old_hours": "0"})
    assert not opens(line_of(survey), second, now)
    assert not opens(line_of(survey), first, now)
    assert AuditEntry.objects.filter(action="change_phone_line_secret").count() == 2


def test_an_address_names_the_office_that_is_chosen(sign_in: SignIn) -> None:
    version = an_open_survey()
    unit = a_unit(version.survey.service.owner)

    page = words_of(sign_in(a_manager(version)).get(page_of(version, f"?unit={unit.code}")))

    assert page.count(f"unit={unit.code}") >= 2


@pytest.mark.proves("280.8-b9", "280.11-a1")
def test_the_page_says_what_the_caller_hears_word_for_word(sign_in: SignIn) -> None:
    version = an_open_survey()
    client = sign_in(a_manager(version))
    client.post(page_of(version), {"is_on": "on", "wait_seconds": "8"})
    page = words_of(client.get(page_of(version)))
    found = re.search(r'id="voicexml">([^<]+)<', page)
    assert found

    heard, answer = [], client.get("/s/" + found.group(1).split("/s/")[1])
    assert isinstance(answer, HttpResponse)
    for key in ("1", "1", *"5" * 7):
        root = etree.fromstring(answer.content)
        heard += [each.text for each in root.iter("{*}prompt") if each.get("bargein")]
        token = root.find("{*}var[@name='call']").get("expr").strip("'")
        answer = client.post(f"/s/{version.survey.code}/voice.vxml", {"call": token, "key": key})
        assert isinstance(answer, HttpResponse)

    for line in heard:
        assert line in page
    number = clearance_of(version).control_number.replace("-", " ")
    assert " ".join(number) in " ".join(heard)
    assert "Anything else you want us to know?" in page  # among what is not asked


def test_a_call_nobody_tells_the_end_of_is_ended_and_forgotten() -> None:
    version = an_open_survey(placement="prompt")
    a_call(version, "1", "1", "4", minutes=20)
    a_call(version, "1", "1", "3", name="other", minutes=5)

    assert finish_calls_task(timezone.now()) == 1

    assert Response.objects.get().answers == {"trust": 4}
    assert Response.objects.get().seconds == 0
    assert finish_calls(timezone.now() + OVER_AFTER) == 1
    finish_calls(timezone.now() + timedelta(days=2))
    assert not Call.objects.exists()
    counts = calls_of(version.survey, timezone.localdate() - timedelta(days=2))
    assert (counts.calls, counts.whole, counts.partial, counts.declined) == (2, 0, 2, 0)


def test_what_was_keyed_does_not_stay_in_the_call_that_is_over() -> None:
    call = a_call(an_open_survey(), "1", "1", *"1234512")

    call.refresh_from_db()
    assert call.ended_at is not None
    assert call.answers == {}
    assert Response.objects.get().pk != call.pk


@pytest.mark.proves("INC-33")
def test_calls_count_into_offers_and_the_rate_by_mode() -> None:
    version = an_open_survey(placement="prompt")
    a_call(version, "1", "1", *"1234512")
    a_call(version, "1", "#", name="no")

    counts = OfferCount.objects.get()
    assert (counts.offered, counts.started) == (2, 1)
    (phone,) = reach_by_mode(version.survey, timezone.localdate() - timedelta(days=2))
    assert (phone.mode, phone.offered, phone.response_rate) == (
        "Asked by the phone system", 2, 0.5,
    )  # fmt: skip


@pytest.mark.proves("280.6-a2")
def test_the_proof_of_reach_tells_each_way_of_asking_with_its_own_rate() -> None:
    version = an_open_survey(placement="prompt")
    a_response(version)
    a_call(version, "1", "1", *"1234512")
    a_call(version, "1", "#", name="no")
    refresh_facts(timezone.now())

    ways = {each.name: each for each in proof_of(version.survey, "", smallest=1).parts["source"]}

    by_keys = ways["Answered with the telephone’s keys"]
    assert (by_keys.asked, by_keys.answered, by_keys.rate) == (2, 1, 0.5)
    assert (ways["Survey page"].asked, ways["Survey page"].rate) == (None, None)


def test_who_only_reads_does_not_see_the_address(sign_in: SignIn) -> None:
    version = an_open_survey()
    reader = a_person(Role.ANALYST, version.survey.service.owner)

    assert sign_in(reader).get(page_of(version)).status_code == 403
    stranger = a_person(Role.PROGRAM_MANAGER)
    assert sign_in(stranger).get(page_of(version)).status_code == 404


def test_the_signature_is_that_of_the_documented_example() -> None:
    """Twilio's own example of its security page: address, fields, token and what comes out."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = [
        ("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"),
        ("From", "+14158675309"), ("To", "+18005551212"),
    ]  # fmt: skip

    assert twilio_signature("12345", url, fields) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert is_from_twilio("12345", url, fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_from_twilio("12345", url + "&x", fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_from_twilio("", url, fields, twilio_signature("", url, fields))
    assert not is_from_twilio("12345", url, fields, "é")
