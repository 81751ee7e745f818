"""Mail that comes back: read for the key of our message, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.actions.folder import take_reports
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import Interaction, OptOut, SentDay
from cx280.delivery.rules.reports import Report, read_report
from tests.delivery.builders import a_mailing, handed_over, rows

pytestmark = pytest.mark.proves("280.10-k4")
KEY = "0123456789abcdef0123456789abcdef"


def returned(
    message_id: str = f"<{KEY}@cx.example.gov>", *, action: str = "failed", whole: bool = True
) -> bytes:
    """As a mail server writes it: for people, for programs, and the message it is about."""
    about = (
        "message/rfc822\n\nMessage-ID: {0}\nSubject: How was it?\n\nHello\n"
        if whole
        else "text/rfc822-headers\n\nSubject: How was it?\nMessage-ID: {0}\n"
    ).format(message_id)
    return f"""From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

ana@example.org: no such mailbox
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ana@example.org
Action: {action}
Status: 5.1.1
--part
Content-Type: {about}
--part--
""".encode()


def complaint(message_id: str = f"<{KEY}@cx.example.gov>") -> bytes:
    return f"""From: feedback@mail.example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain

Somebody pressed “unwanted”.
--part
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
--part
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: How was it?

Hello
--part--
""".encode()


@pytest.mark.parametrize("whole", [True, False])
def test_a_bounce_names_the_message(whole: bool) -> None:
    assert read_report(returned(whole=whole)) == Report("bounced", KEY)


def test_a_complaint_names_the_message_of_a_reminder_too() -> None:
    assert read_report(complaint(f"<{KEY}.r@cx.example.gov>")) == Report("complained", KEY)


@pytest.mark.parametrize(
    "raw",
    [
        returned(action="delayed"),
        returned("<somebody.else@example.org>"),
        b"From: ana@example.org\n\nThank you for asking!",
        f"Message-ID: <{KEY}@cx.example.gov>\n\nnot a report".encode(),
        b"",
    ],
    ids=["delayed", "another's", "a person's", "no report", "empty"],
)
def test_other_mail_is_no_report(raw: bytes) -> None:
    assert read_report(raw) is None


@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_mail_breaks_the_reading(noise: bytes, cut: int) -> None:
    read_report(noise)
    read_report(returned()[:cut] + noise)


def put(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / "returned-mail" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    os.utime(path, (1, 1))
    return path


@pytest.mark.django_db
def test_what_came_back_is_taken_off_the_offers(tmp_path: Path, settings: Any) -> None:  # noqa: ANN401
    settings.DATA, now = tmp_path, timezone.now()
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org", ended_at=now), now)
    send_waiting(lambda: now)
    first, second = [_message_id(each) for each in mail.outbox]
    files = [
        put(tmp_path, "new/1", returned(first)),
        put(tmp_path, "2.eml", complaint(second)),
        put(tmp_path, "3.eml", returned(first)),  # twice
        put(tmp_path, "4.eml", b"From: ana@example.org\n\nHello"),
    ]

    assert take_reports(timezone.now()) == 2

    assert not any(each.exists() for each in files)
    # What a person wrote is for a person to read.
    assert [each.name for each in (tmp_path / "returned-mail/other").iterdir()] == ["4.eml"]
    assert take_reports(timezone.now()) == 0
    states = Interaction.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["bounced", "complained"]
    assert SentDay.objects.get().offered == 0
    assert OptOut.objects.count() == 1


def _message_id(message: Any) -> str:  # noqa: ANN401
    return str(message.extra_headers["Message-ID"])
