"""Agents ask by phone: everything is said, a call is stored once, refusals are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.responses.models import Entry, OfferCount, Response
from cx280.responses.queries.entering import reach_by_mode
from cx280.surveys.models import SurveyVersion
from tests.builders import a_unit
from tests.responses.entered import TODAY, a_clerk, owner, words_of
from tests.responses.visits import a_token, an_open_survey, clearance_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def a_call(
    version: SurveyVersion, outcome: str = "", token: str = "", **form: str
) -> dict[str, str]:
    """What the page of the call sends."""
    return {"_page": token or a_token(version), "_outcome": outcome, **form}


@pytest.mark.proves("280.8-b9")
def test_the_agent_reads_everything_that_must_be_said(sign_in: SignIn) -> None:
    version = an_open_survey()
    client = sign_in(a_clerk(version))

    english = words_of(client.get(f"/responses/{version.survey.code}/ask/"))
    spanish = words_of(client.get(f"/responses/{version.survey.code}/ask/?lang=es"))

    number = clearance_of(version).control_number
    for page, voluntary, minutes in (
        (english, "Taking part is up to you", "about 2 minutes"),
        (spanish, "Participar es decisión suya", "cerca de 2 minutos"),
    ):
        assert voluntary in page
        assert number in page
        assert minutes in page
    for question in version.document["questions"]:
        assert question["text"] in english
        assert question["texts"]["es"] in spanish


def test_a_call_is_stored_once_with_its_refusals(sign_in: SignIn) -> None:
    version = an_open_survey(placement="prompt")
    unit = a_unit(owner(version))
    client = sign_in(a_clerk(version, unit))
    sent = a_call(version, trust="2", ease="!refused", comment="Ask for Ana Diaz")

    for _ in range(2):
        assert client.post(f"/responses/{version.survey.code}/ask/", sent).status_code == 302

    response = Response.objects.get()
    assert (response.source, response.channel, response.unit) == ("phone", "phone", unit)
    assert response.seconds is not None
    assert 28 <= response.seconds <= 40
    assert Entry.objects.get().marks["ease"] == "refused"
    counts = OfferCount.objects.get()
    assert (counts.offered, counts.started) == (1, 1)


@pytest.mark.proves("INC-33")
def test_declined_and_not_asked_count_into_the_rate(sign_in: SignIn) -> None:
    version = an_open_survey(placement="prompt")
    client = sign_in(a_clerk(version))

    for outcome, form in (
        ("declined", {}), ("not_asked", {}), ("", {"trust": "4"}), ("", {"trust": "!refused"}),
    ):  # fmt: skip
        client.post(f"/responses/{version.survey.code}/ask/", a_call(version, outcome, **form))

    (phone,) = reach_by_mode(version.survey, date(2020, 1, 1))
    assert phone.mode == "Asked by phone"
    assert dict(phone.others) == {"Declined": 2, "Not asked": 1}
    assert (phone.offered, phone.answered, phone.response_rate) == (4, 1, 0.25)
    assert OfferCount.objects.get().offered == 4


def test_nobody_is_asked_by_phone_when_the_survey_is_not_open(sign_in: SignIn) -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.expires_on = TODAY() - timedelta(days=3)
    clearance.save()

    answer = sign_in(a_clerk(version)).get(f"/responses/{version.survey.code}/ask/")

    assert answer.status_code == 409
