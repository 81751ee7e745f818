"""A digest of alarms by e-mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from cx280.alarms.channels.email.letter import headers_of, how_told
from cx280.alarms.channels.email.transport import checked, post
from cx280.alarms.channels.shape import Receipt
from cx280.alarms.rules.digests import Digest, Part

_NEEDS, _CALM = "#b50909", "#1b6b3a"


def send_digest(
    address: str,
    digest: Digest,
    *,
    delivery: str,
    now: datetime,
    all_alarms: str,
) -> Receipt:
    """The receipt once the mail server has taken the letter; raises Failed.

    all_alarms: the address of the page with all of them. delivery: the same for every try.
    """
    needs = any(part == Part.NEEDS.value for part, _ in digest.parts)
    words = {
        "digest": digest,
        "address": all_alarms,
        "simulated": digest.simulated,
        "stripe": _NEEDS if needs else _CALM,
        "change": how_told(),
    }
    letter = EmailMultiAlternatives(
        f"{'Simulated: ' if digest.simulated else ''}{digest.subject}",
        render_to_string("alarms/mail/digest.txt", words),
        to=[checked(address)],
        connection=get_connection(),
        headers=headers_of("digests", f"digest-{delivery}"),
    )
    letter.attach_alternative(render_to_string("alarms/mail/digest.html", words), "text/html")
    post(letter)
    return Receipt(f"Taken by the mail server {settings.EMAIL_HOST}.", now)
