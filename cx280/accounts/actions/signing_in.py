"""One-time sign-in links: made, asked for by e-mail, used once."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cx280.accounts.models import LinkRequest, Person, SignInLink
from cx280.accounts.secrets import digest_of, new_token
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Problem

LINK_LIFETIME = timedelta(minutes=30)
# Asking again and again for one address is refused in silence; so is one source for many
# addresses, though a shared office may well ask twenty times in a quarter of an hour.
_WINDOW = timedelta(minutes=15)
_MOST_FOR_ADDRESS = 3
_MOST_FROM_SOURCE = 30


class LinkUnusable(Problem):
    """A sign-in link that was used, has expired, or never was."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "This sign-in link does not work any more.",
            fix="A link works once and for a short time. Ask for a new one.",
        )


def make_link(
    person: Person, *, by: Person | None = None, lifetime: timedelta = LINK_LIFETIME
) -> str:
    """The secret part of a link's address. It is shown once; only its digest is kept."""
    token = new_token()
    with transaction.atomic():
        SignInLink.objects.create(
            person=person, digest=digest_of(token), expires_at=timezone.now() + lifetime
        )
        record(
            actor=by.email if by else "system",
            action="make_sign_in_link",
            subject=subject_of(person),
            detail={"person": person.email, "minutes": int(lifetime.total_seconds() // 60)},
        )
    return token


def use_link(token: str) -> Person:
    """The person the link signs in; the link is spent. Raises LinkUnusable."""
    now = timezone.now()
    digest = digest_of(token)
    with transaction.atomic():
        link = SignInLink.objects.select_related("person").filter(digest=digest).first()
        if link is None or not compare_digest(link.digest, digest) or not link.person.is_active:
            raise LinkUnusable
        # Compare and set: of two clicks at the same moment one wins.
        spent = SignInLink.objects.filter(
            pk=link.pk, used_at__isnull=True, expires_at__gt=now
        ).update(used_at=now)
        if not spent:
            raise LinkUnusable
    return link.person


def ask_for_link(email: str, *, source: str) -> None:
    """Notes that somebody wants a link at that address; the worker mails it.

    The same work is done for known and unknown addresses, so that neither the answer nor its
    timing tells who exists. `source` is the network address of the asker, kept as a digest.
    """
    address, since = email.strip().lower(), timezone.now() - _WINDOW
    origin = salted_hmac("cx280.accounts.link", source, algorithm="sha256").hexdigest()
    recent = LinkRequest.objects.filter(asked_at__gt=since)
    too_many = (
        recent.filter(email=address).count() >= _MOST_FOR_ADDRESS
        or recent.filter(source=origin).count() >= _MOST_FROM_SOURCE
    )
    if not too_many:
        LinkRequest.objects.create(email=address, source=origin)


def note_sign_in(person: Person, *, how: str) -> None:
    """Writes into the trail that the person signed in: by `password`, `link` or a provider."""
    record(actor=person.email, action="sign_in", subject=subject_of(person), detail={"how": how})
