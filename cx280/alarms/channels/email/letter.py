"""An alarm as a letter: subject, text, HTML, and the headers that let mail programs thread it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from cx280.alarms.rules.message import Message, Told

# What the stripe above the headline says at a glance: red is for "needs you" alone.
_STRIPES = {Told.RESOLVED: "#1b6b3a"}


def letter_of(
    message: Message, address: str, delivery: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The letter. A second one for the same delivery has the same Message-ID, so that mail
    programs and servers show it once; all letters of an incident stand in one thread.
    """
    words = {"message": message, "stripe": _STRIPES.get(message.kind, "#b50909"),
             "change": how_told()}  # fmt: skip
    follows = f"alarm-{message.follows}" if message.follows else ""
    letter = EmailMultiAlternatives(
        message.subject,
        render_to_string("alarms/mail/alarm.txt", words),
        to=[address],
        connection=connection,
        headers=headers_of(f"incident-{message.incident}", f"alarm-{delivery}", follows),
    )
    letter.attach_alternative(render_to_string("alarms/mail/alarm.html", words), "text/html")
    return letter


def how_told() -> str:
    """The page on which people choose how they are told."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('alarms:addresses')}"


def headers_of(thread: str, letter: str, follows: str = "") -> dict[str, str]:
    """What mail programs sort by: no robot answers an alarm, a rule can file all of them.

    follows: the letter that this one answers, if any.
    """
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    answered = f"<{follows}@{host}>" if follows else ""
    return {
        "Message-ID": f"<{letter}@{host}>",
        "References": f"<{thread}@{host}> {answered}".strip(),
        **({"In-Reply-To": answered} if answered else {}),
        "List-Id": f"cx280 alarms <alarms.{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",  # Exchange knows this one only
    }
