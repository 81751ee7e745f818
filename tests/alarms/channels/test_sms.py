"""Alarms as text messages, through a provider that is a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from cx280.alarms.channels import CHANNELS, ChannelKind, Failed
from cx280.alarms.channels.sms.text import LONGEST, text_of
from cx280.alarms.rules.message import Told
from cx280.delivery.rules.gsm import length_of, plain
from cx280.kernel.problem import Unusable
from tests.alarms.channels.alarmed import NOW, a_message
from tests.alarms.channels.receivers import WebReceiver, a_web_receiver

SMS = CHANNELS[ChannelKind.SMS]


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebReceiver]:
    """A provider of this module."""
    with a_web_receiver(tmp_path_factory.mktemp("texts")) as started:
        yield started


@pytest.fixture
def texting(settings: Settings, receiver: WebReceiver) -> Settings:
    """Settings as for Twilio, but for the host."""
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_SMS_URL = receiver.at("/take/Messages.json")
    settings.CX280_SMS_FIELDS = '{"To": "{to}", "From": "+12025550100", "Body": "{text}"}'
    settings.CX280_SMS_FORMAT = "form"
    settings.CX280_SMS_USER, settings.CX280_SMS_PASSWORD = "AC123", "secret"
    return settings


@pytest.mark.proves("280.7-h3")
def test_a_text_goes_to_the_provider_as_a_form(texting: Settings, receiver: WebReceiver) -> None:
    receipt = SMS.send("(202) 555-0123", a_message(), delivery="7", now=NOW)

    request = receiver.requests("/take/Messages.json")[-1]
    form = parse_qs(request["body"], strict_parsing=True)
    assert form["To"] == ["+12025550123"]
    assert form["Body"] == [
        "Boat permit: far fewer people finish. 12 % of 412 people who began, where 31 % to 39 % "
        "was expected. https://cx.example.gov/alarms/42/"
    ]
    assert request["headers"]["authorization"] == "Basic QUMxMjM6c2VjcmV0"
    assert "555" not in receipt.said


def test_a_text_goes_to_the_provider_as_json_with_a_token(
    texting: Settings, receiver: WebReceiver
) -> None:
    texting.CX280_SMS_URL = receiver.at("/take/json")
    texting.CX280_SMS_FORMAT, texting.CX280_SMS_USER = "json", ""
    texting.CX280_SMS_FIELDS = (
        '{"messages": [{"to": "{to}", "text": "{text}"}], "id": "cx-{delivery}"}'
    )

    SMS.send("+442071234567", a_message(where="{delivery}"), delivery="8", now=NOW)

    request = receiver.requests("/take/json")[-1]
    sent = json.loads(request["body"])
    assert sent["messages"][0]["to"] == "+442071234567"
    assert sent["id"] == "cx-8"
    assert request["headers"]["authorization"] == "Bearer secret"


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(list(Told)), st.booleans())
def test_a_text_fits_into_one_message_and_ends_with_the_link(
    service: str, said: str, kind: Told, simulated: bool
) -> None:
    message = a_message(kind, service=service, said=said, simulated=simulated)

    text = text_of(message)

    assert length_of(text) <= LONGEST
    assert text.endswith(" https://cx.example.gov/alarms/42/")
    assert text == plain(text)
    assert text.startswith("SIMULATED. ") is simulated or "SIMULATED" in service


@given(st.text(alphabet="^{}[]~|€\\", min_size=20, max_size=80))
def test_letters_that_count_twice_are_counted_twice(service: str) -> None:
    assume(service.strip())

    assert length_of(text_of(a_message(service=service))) <= LONGEST


def test_a_link_that_leaves_no_room_for_words_is_refused_with_the_way_out() -> None:
    with pytest.raises(Unusable, match="too long") as refused:
        text_of(a_message(address="https://cx.example.gov/" + "a" * 130))

    assert "CX280_ADDRESS" in refused.value.fix


def test_without_a_provider_a_number_is_refused_with_the_way_out(settings: Settings) -> None:
    settings.CX280_SMS_URL = ""

    with pytest.raises(Unusable, match="not set up") as refused:
        SMS.check("(202) 555-0123")
    with pytest.raises(Failed, match="CX280_SMS_URL") as failed:
        SMS.send("+12025550123", a_message(), delivery="1", now=NOW)

    assert "CX280_SMS_URL" in refused.value.fix
    assert not failed.value.permanent, "settings can be put right"


@pytest.mark.parametrize("fields", ["no json", "[]", '{"To": "{to}"}'])
def test_a_template_that_is_none_is_said_and_nothing_is_sent(
    fields: str, texting: Settings, receiver: WebReceiver
) -> None:
    texting.CX280_SMS_URL = receiver.at("/take/never")
    texting.CX280_SMS_FIELDS = fields

    with pytest.raises(Failed, match="CX280_SMS_FIELDS"):
        SMS.send("+12025550123", a_message(), delivery="1", now=NOW)

    assert receiver.requests("/take/never") == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("(202) 555-0123", "+12025550123"), ("202.555.0123", "+12025550123"),
        ("1 202 555 0123", "+12025550123"), ("+1-202-555-0123", "+12025550123"),
        ("+44 20 7123 4567", "+442071234567"),
    ],
)  # fmt: skip
def test_a_number_is_kept_as_networks_write_it(written: str, kept: str, texting: Settings) -> None:
    assert SMS.check(written) == kept


@pytest.mark.parametrize(
    "written", ["", "555-0123", "911", "+1 911", "+1 123 555 0123", "me@agency.gov",
                "+12025550123\n9",               "٢٠٢٥٥٥٠١٢٣"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_the_way_out(written: str, texting: Settings) -> None:
    with pytest.raises(Unusable) as refused:
        SMS.check(written)

    assert refused.value.field == "address"
    assert refused.value.fix


@pytest.mark.parametrize(("path", "tries"), [("/status/400", 3), ("/status/503", None)])
def test_a_refusal_of_the_provider_is_tried_again_and_names_no_number(
    path: str, tries: int | None, texting: Settings, receiver: WebReceiver
) -> None:
    texting.CX280_SMS_URL = receiver.at(path)

    with pytest.raises(Failed) as failed:
        SMS.send("+12025550123", a_message(), delivery="1", now=NOW)

    assert (failed.value.permanent, failed.value.tries) == (False, tries)
    assert "5550123" not in failed.value.sentence
