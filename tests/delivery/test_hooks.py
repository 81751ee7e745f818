"""What providers tell us over the web: signed and new, or refused and counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.delivery.actions.hooks import forget_seen
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import HookDay, HookSeen, Invitation, OptOut, SentDay
from cx280.delivery.refusals import MOST_A_MINUTE
from cx280.delivery.rules.notices import read_notice, read_twilio
from tests.builders import a_person
from tests.delivery.builders import a_mailing, handed_over, rows, states
from tests.delivery.hooks import TOKEN, TWILIO, counted, from_twilio, hooked, key_of, sent, told
from tests.delivery.test_texting import ANA, BO, provider, texts
from tests.delivery.text_provider import TextProvider

__all__ = ["hooked", "provider", "texts"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.proves("280.10-k4")
def test_receipts_of_twilio_say_what_arrived_and_take_off_what_did_not(
    texts: TextProvider, client: Client
) -> None:
    survey = sent(ANA, BO)
    assert SentDay.objects.get().offered == 2

    for place, status in ((0, "delivered"), (1, "undelivered")):
        path = f"{TWILIO}?message={key_of(place)}"
        assert from_twilio(client, path, MessageSid=f"SM{place}", MessageStatus="sent"
                           ).status_code == 204  # fmt: skip
        assert from_twilio(client, path, MessageSid=f"SM{place}", MessageStatus=status
                           ).status_code == 204  # fmt: skip

    assert states(survey) == {"sent": 1, "bounced": 1}
    assert SentDay.objects.get().offered == 1
    assert Invitation.objects.filter(delivered_at__isnull=False).count() == 1
    assert counted() == {"taken": 4}


@pytest.mark.proves("280.10-o3", "280.10-k4")
def test_a_receipt_that_tells_of_a_stop_suppresses_as_well(
    texts: TextProvider, client: Client
) -> None:
    survey = sent(ANA)

    from_twilio(client, f"{TWILIO}?message={key_of()}", MessageSid="SM1", MessageStatus="failed",
                ErrorCode="21610")  # fmt: skip

    assert states(survey) == {"bounced": 1}
    assert OptOut.objects.get().person == Invitation.objects.get().person


@pytest.mark.parametrize("hook", ["twilio", "text"])
def test_unsigned_and_replayed_requests_are_refused_and_counted(
    texts: TextProvider, client: Client, hook: str
) -> None:
    sent(ANA)
    at, path = timezone.now(), f"{TWILIO}?message={key_of()}"

    def ask(signed_by_us: bool) -> HttpResponse:
        if hook == "twilio":
            token = TOKEN if signed_by_us else "other"
            return from_twilio(client, path, token=token, MessageStatus="delivered")
        if signed_by_us:
            return told(client, "texts", "text.delivered", at=at, message=key_of())
        return client.post("/hooks/texts/", "{}", content_type="application/json")  # type: ignore[return-value]

    assert ask(False).status_code == 401
    assert Invitation.objects.get().delivered_at is None
    assert ask(True).status_code == 204
    again = ask(True)

    assert again.status_code == 401
    assert again.headers["Content-Type"] == "application/problem+json"
    assert "taken before" in again.json()["title"]  # type: ignore[attr-defined]
    assert counted() == {"unsigned": 1, "taken": 1, "replayed": 1}


def test_an_old_request_is_refused_and_counted(texts: TextProvider, client: Client) -> None:
    sent(ANA)
    ago = timezone.now() - timedelta(minutes=6)

    assert told(client, "texts", "text.failed", at=ago, message=key_of()).status_code == 401
    Invitation.objects.update(leave_by=timezone.now() - timedelta(days=8), sent_at=None)
    path = f"{TWILIO}?message={key_of()}"
    assert from_twilio(client, path, MessageStatus="failed").status_code == 401

    assert set(HookDay.objects.values_list("hook", "verdict", "count")) == {
        ("text", "old", 1), ("twilio", "old", 1),
    }  # fmt: skip


def test_a_provider_that_tries_again_signs_anew_and_is_thanked_once_done(
    texts: TextProvider, client: Client
) -> None:
    survey, now = sent(ANA), timezone.now()

    for seconds in (60, 0):
        at = now - timedelta(seconds=seconds)
        answer = told(client, "texts", "text.failed", at=at, message=key_of())
        assert answer.status_code == 204

    assert states(survey) == {"bounced": 1}
    assert SentDay.objects.get().offered == 0
    assert counted() == {"taken": 1, "known": 1}


def test_what_could_not_be_kept_was_not_seen_and_may_come_again(
    texts: TextProvider, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(ANA)
    path = f"{TWILIO}?message={key_of()}"
    client.raise_request_exception = False
    with monkeypatch.context() as broken:

        def breaks(*_: object) -> None:
            raise DatabaseError

        broken.setattr("cx280.delivery.views.hooks.take_notice", breaks)
        assert from_twilio(client, path, MessageStatus="delivered").status_code == 500

    assert from_twilio(client, path, MessageStatus="delivered").status_code == 204
    assert Invitation.objects.get().delivered_at is not None


@pytest.mark.proves("280.10-k4")
def test_mail_bounces_and_complaints_come_by_webhook_beside_the_folder(client: Client) -> None:
    now, survey = timezone.now(), a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org", ended_at=now), now)
    send_waiting(lambda: now)
    ids = [f"<{key_of(each)}@cx.example.gov>" for each in (0, 1)]

    first = told(client, "mail", "mail.bounced", message=ids[0])
    second = told(client, "mail", "mail.complained", message=ids[1], identity="msg_2")

    assert (first.status_code, second.status_code) == (204, 204)
    assert states(survey) == {"bounced": 1, "complained": 1}
    assert SentDay.objects.get().offered == 0
    assert OptOut.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "about"),
    [(b"", "text"), (b"[]", "text"), (b'{"type": "text.failed"}', "text"), (b"\xff", "mail"),
     (b'{"type": "text.failed", "data": {"message": 7}}', "text"),
     (b'{"type": "mail.bounced", "data": {}}', "text"), (b'{"type": 1, "data": {}}', "mail")],
)  # fmt: skip
def test_a_body_that_is_none_is_nothing(raw: bytes, about: str) -> None:
    assert read_notice(raw, about) is None


def test_signed_and_unreadable_is_told_and_counted(client: Client) -> None:
    assert told(client, "mail", "text.failed", message="x").status_code == 422
    assert counted() == {"unreadable": 1}


def test_what_is_told_of_messages_that_are_not_ours_changes_nothing(client: Client) -> None:
    assert told(client, "texts", "text.failed", message="0" * 32).status_code == 204
    assert told(client, "texts", "text.seen", message="", identity="m2").status_code == 204
    assert read_twilio({}, "").kind == "nothing"


def test_where_nobody_is_expected_nobody_is_heard(client: Client, settings: Any) -> None:  # noqa: ANN401
    settings.CX280_TWILIO_TOKEN, settings.CX280_HOOK_SECRETS = "", []

    for path in (TWILIO, "/hooks/texts/", "/hooks/mail/"):
        assert client.post(path).status_code == 404
        assert client.get(path).status_code == 405
    assert HookDay.objects.count() == 0


def test_a_flood_of_refused_requests_writes_nothing_and_keeps_nobody_out(
    texts: TextProvider, client: Client
) -> None:
    sent(ANA)

    answers = [client.post("/hooks/mail/").status_code for _ in range(MOST_A_MINUTE + 5)]

    assert answers == [401] * MOST_A_MINUTE + [429] * 5
    assert counted() == {"unsigned": MOST_A_MINUTE}
    assert told(client, "texts", "text.delivered", message=key_of()).status_code == 204


def test_what_is_larger_than_a_notice_is_not_read(client: Client) -> None:
    large = client.post("/hooks/mail/", "x" * 70_000, content_type="application/json")

    assert large.status_code == 413


def test_requests_are_forgotten_on_schedule(texts: TextProvider, client: Client) -> None:
    sent(ANA)
    told(client, "texts", "text.delivered", message=key_of())
    from_twilio(client, MessageSid="SM1", From=BO, Body="Hello")

    now = timezone.now()
    assert forget_seen(now + timedelta(days=13)) == 0
    assert forget_seen(now + timedelta(days=15)) == 2
    assert HookSeen.objects.count() == 1, "a text of Twilio's carries no time"


def test_the_system_page_tells_how_requests_fared(client: Client, sign_in: Any) -> None:  # noqa: ANN401
    client.post("/hooks/mail/")
    administrator = sign_in(a_person(Role.ADMINISTRATOR))

    page = administrator.get("/system/").content.decode()

    assert "Provider of mail" in page
    assert "Not signed, or signed by somebody else: 1" in page
