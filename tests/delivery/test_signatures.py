"""Signatures of providers: published examples, another library, and whatever is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from cx280.delivery.rules.signatures import (
    TOLERANCE,
    is_from_twilio,
    standard_sender,
    twilio_signature,
)
from cx280.delivery.rules.vocabulary import HookVerdict

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)
SECRET, OLDER = "whsec_" + "A" * 40, "whsec_" + "B" * 40
TAKEN, UNSIGNED, OLD = HookVerdict.TAKEN, HookVerdict.UNSIGNED, HookVerdict.OLD
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
# Twilio publishes this example with its libraries, for the token 12345.
FIELDS = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"),
          ("From", "+14158675309"), ("To", "+18005551212")]  # fmt: skip
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_example_that_twilio_publishes_is_taken_in_any_order() -> None:
    assert is_from_twilio("12345", URL, FIELDS, SIGNATURE)
    assert is_from_twilio("12345", URL, FIELDS[::-1], SIGNATURE)


@pytest.mark.parametrize(
    ("token", "url", "fields", "signature"),
    [
        ("12346", URL, FIELDS, SIGNATURE), ("", URL, FIELDS, SIGNATURE),
        ("12345", URL.replace("bar=2", "bar=3"), FIELDS, SIGNATURE),
        ("12345", URL, [*FIELDS[:-1], ("To", "+18005551213")], SIGNATURE),
        ("12345", URL, [*FIELDS, ("Body", "STOP")], SIGNATURE),
        ("12345", URL, FIELDS, ""), ("12345", URL, FIELDS, "é"),
    ],
)  # fmt: skip
def test_whatever_is_changed_is_not_twilio_s(
    token: str, url: str, fields: list[tuple[str, str]], signature: str
) -> None:
    assert not is_from_twilio(token, url, fields, signature)


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5), st.text())
def test_only_the_one_with_the_token_can_sign(fields: list[tuple[str, str]], token: str) -> None:
    signature = twilio_signature("12345", URL, fields)

    assert is_from_twilio(token, URL, fields, signature) == (token == "12345")


def headers(
    body: str = "{}", *, secret: str = SECRET, at: datetime = NOW, identity: str = "msg_1"
) -> dict[str, str]:
    """As a library of others signs it."""
    return {
        "Webhook-Id": identity,
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": Webhook(secret).sign(identity, at, body),
    }


def test_what_another_library_signs_is_taken_with_the_new_secret_and_the_old() -> None:
    found = standard_sender([SECRET, OLDER], headers(), b"{}", NOW)

    assert found == (TAKEN, "msg_1", str(int(NOW.timestamp())))
    assert standard_sender([SECRET, OLDER], headers(secret=OLDER), b"{}", NOW).verdict is TAKEN


@pytest.mark.parametrize(
    ("away", "verdict"),
    [(TOLERANCE, TAKEN), (-TOLERANCE, TAKEN), (TOLERANCE + timedelta(seconds=1), OLD),
     (-TOLERANCE - timedelta(seconds=1), OLD)],
)  # fmt: skip
def test_an_old_request_is_refused_to_the_second(away: timedelta, verdict: HookVerdict) -> None:
    assert standard_sender([SECRET], headers(at=NOW - away), b"{}", NOW).verdict is verdict


@pytest.mark.parametrize(
    "changed",
    [{"Webhook-Id": "msg_2"}, {"Webhook-Timestamp": str(int(NOW.timestamp()) + 1)},
     {"Webhook-Timestamp": "soon"}, {"Webhook-Timestamp": "٣"}, {"Webhook-Timestamp": "9" * 40},
     {"Webhook-Id": ""}, {"Webhook-Signature": ""}, {"Webhook-Signature": "v1,é"},
     {"Webhook-Signature": "v1a,AAAA"}],
)  # fmt: skip
def test_whatever_is_changed_is_unsigned(changed: dict[str, str]) -> None:
    assert standard_sender([SECRET], {**headers(), **changed}, b"{}", NOW).verdict is UNSIGNED


def test_another_body_or_secret_is_unsigned() -> None:
    assert standard_sender([SECRET], headers(), b"{} ", NOW).verdict is UNSIGNED
    assert standard_sender([OLDER], headers(), b"{}", NOW).verdict is UNSIGNED
    assert standard_sender([], headers(), b"{}", NOW).verdict is UNSIGNED
