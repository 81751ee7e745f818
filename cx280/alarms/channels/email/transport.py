"""Hands an alarm to the mail server, and says what became of it."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cx280.alarms.channels.email.check import check
from cx280.alarms.channels.email.letter import letter_of
from cx280.alarms.channels.shape import Failed, Receipt
from cx280.alarms.rules.message import Message
from cx280.delivery.channels.in_time import in_time
from cx280.kernel.problem import Unusable

_ANSWERS = 3  # how many slow answers one letter may wait for


def send(
    address: str,
    message: Message,
    *,
    delivery: str,
    now: datetime,
    secrets: Sequence[str] = (),
) -> Receipt:
    """The receipt once the mail server has taken the letter; raises Failed."""
    post(letter_of(message, checked(address), delivery, get_connection()))
    return Receipt(f"Taken by the mail server {settings.EMAIL_HOST}.", now)


def checked(address: str) -> str:
    """The address; raises Failed, for good, for what is none."""
    try:
        return check(address)
    except Unusable as unusable:
        raise Failed(f"{unusable.message} {unusable.fix}", permanent=True) from unusable


def post(letter: EmailMessage) -> None:
    """Hands the letter over. Raises Failed, permanent only where the letter itself is refused."""
    try:
        # Each answer has its time (EMAIL_TIMEOUT), which starts anew with each drip of it.
        in_time(letter.send, _ANSWERS * (settings.EMAIL_TIMEOUT or 10))
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        raise _refused(code, said, "the address") from refused
    except smtplib.SMTPDataError as refused:
        raise _refused(refused.smtp_code, refused.smtp_error, "the message") from refused
    except smtplib.SMTPAuthenticationError as error:
        raise Failed(
            "The mail server does not take our name and password. "
            "Check CX280_SMTP_USER and CX280_SMTP_PASSWORD.",
            permanent=False,
        ) from error
    except smtplib.SMTPSenderRefused as error:
        raise Failed(
            f"The mail server takes no mail from {settings.DEFAULT_FROM_EMAIL} "
            f"({error.smtp_code} {_read(error.smtp_error)}). Check CX280_EMAIL_FROM.",
            permanent=False,
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Failed(
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} cannot be reached or "
            f"broke off ({type(error).__name__}). Check CX280_SMTP_HOST and CX280_SMTP_PORT.",
            permanent=False,
        ) from error


def _refused(code: int, said: bytes | str, what: str) -> Failed:
    """4xx asks to come again, 5xx says never."""
    permanent = code >= 500
    later = "Correct it." if permanent else "It asks us to try later."
    return Failed(
        f"The mail server does not take {what} ({code} {_read(said)}). {later}",
        permanent=permanent,
    )


def _read(said: bytes | str) -> str:
    """What a server said, in one short line; it may be anything."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:120]
