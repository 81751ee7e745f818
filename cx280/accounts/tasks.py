"""What the worker does for accounts: mails sign-in links, forgets what has ended."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from cx280.accounts.actions import LINK_LIFETIME, make_link
from cx280.accounts.models import LinkRequest, Person, SignInLink

log = logging.getLogger(__name__)

_KEPT = timedelta(days=1)


def send_links(now: datetime) -> int:
    """How many links were mailed to those who asked; each request is handled once."""
    sent = 0
    for request in LinkRequest.objects.filter(handled_at__isnull=True).order_by("id")[:50]:
        # Claimed before it is sent: two workers never mail twice.
        claimed = LinkRequest.objects.filter(pk=request.pk, handled_at__isnull=True)
        if not claimed.update(handled_at=now):
            continue
        person = Person.objects.filter(email__iexact=request.email, is_active=True).first()
        if person is not None:
            sent += _mail_link(person)
    return sent


def _mail_link(person: Person) -> int:
    address = settings.PUBLIC_ADDRESS + reverse("accounts:link", args=[make_link(person)])
    minutes = int(LINK_LIFETIME.total_seconds() // 60)
    words = {"person": person, "address": address, "minutes": minutes}
    try:
        return send_mail(
            "Your sign-in link for cx280",
            render_to_string("accounts/link-mail.txt", words),
            None,
            [person.email],
        )
    except OSError as error:  # the mail server is away: the person asks again
        log.warning("A sign-in link could not be mailed: %s", error)
        return 0


def forget_ended_sessions(now: datetime) -> int:
    """How many ended sessions, spent links and old requests were removed."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    spent, _ = SignInLink.objects.filter(
        Q(expires_at__lt=now - _KEPT) | Q(used_at__lt=now - _KEPT)
    ).delete()
    old, _ = LinkRequest.objects.filter(asked_at__lt=now - _KEPT).delete()
    return ended + spent + old
