"""Registers kiosks, sets them up once, ends them, and keeps what they tell."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from cx280.accounts.models import Person
from cx280.accounts.secrets import digest_of, new_token
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.models import Kiosk, KioskBeginning
from cx280.delivery.queries.kiosks import is_written_for_kiosks
from cx280.delivery.rules.kiosks import LINK_HOURS
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey

_TOLD_APART = timedelta(days=45)
_EVERY = timedelta(seconds=25)  # a kiosk tells every half minute; two at once are one


@implements("280.10-k5")
@transaction.atomic
def register_kiosk(
    survey: Survey,
    *,
    unit: Organization,
    name: str,
    by: Person | None,
    now: datetime,
    takes_words: bool = False,
) -> tuple[Kiosk, str]:
    """The kiosk and the secret of the link that sets it up, which is kept nowhere.

    Raises Conflict for a survey that is not written for kiosks: how people are asked changes what
    they say, and a survey is counted under one way of asking.
    """
    if not is_written_for_kiosks(survey):
        raise Conflict(
            "This survey is not written for a kiosk.",
            rule="280.10-k5",
            fix="Choose “Kiosk” for how people answer, around its questions, and open that version."
            " Answers at a kiosk differ from those on a phone, so each has its own survey.",
        )
    kiosk = Kiosk(
        survey=survey, unit=unit, name=" ".join(name.split()), takes_words=takes_words,
        created_by=by,
    )  # fmt: skip
    secret = _link(kiosk, now)
    kiosk.save()
    _tell(kiosk, "register_kiosk", by)
    return kiosk, secret


@transaction.atomic
def renew_link(kiosk: Kiosk, *, by: Person | None, now: datetime) -> str:
    """The secret of a new link; a device that was set up before works on until it is used."""
    if kiosk.revoked_at is not None:
        raise Conflict("This kiosk was switched off.", fix="Register a new one.")
    secret = _link(kiosk, now)
    kiosk.save(update_fields=["link_digest", "link_until"])
    _tell(kiosk, "renew_kiosk_link", by)
    return secret


def _link(kiosk: Kiosk, now: datetime) -> str:
    secret = new_token()
    kiosk.link_digest = digest_of(secret)
    kiosk.link_until = now + timedelta(hours=LINK_HOURS)
    return secret


@transaction.atomic
def set_up(kiosk: Kiosk, *, now: datetime) -> str:
    """The secret the device keeps. Raises Conflict when the link was used at this moment."""
    secret = new_token()
    won = Kiosk.objects.filter(
        pk=kiosk.pk, link_digest=kiosk.link_digest, link_until__gte=now, revoked_at=None
    ).update(
        link_digest="", link_until=None, device_digest=digest_of(secret), set_up_at=now,
        last_seen_at=now, waiting=0, refused=0,
    )  # fmt: skip
    if not won:
        raise Conflict("This link was used already.", fix="Ask for a new one.")
    _tell(kiosk, "set_up_kiosk", None)
    return secret


@transaction.atomic
def revoke_kiosk(kiosk: Kiosk, *, by: Person | None, now: datetime) -> None:
    """Ends the kiosk: nothing is taken from its device any more."""
    ended = Kiosk.objects.filter(pk=kiosk.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=by, link_digest="", link_until=None
    )
    if ended:
        _tell(kiosk, "revoke_kiosk", by)


def note_contact(
    kiosk: Kiosk, *, now: datetime, waiting: int = 0, refused: int = 0, stored: int = 0
) -> None:
    """Keeps that the kiosk was heard of, and what it told; not audited, for it comes all day."""
    news = (kiosk.waiting, kiosk.refused) != (waiting, refused) or stored
    if not news and kiosk.last_seen_at and now - kiosk.last_seen_at < _EVERY:
        return
    Kiosk.objects.filter(pk=kiosk.pk).update(
        last_seen_at=now, waiting=waiting, refused=refused, answers=F("answers") + stored
    )


def forget_beginnings(now: datetime) -> int:
    """How many people who began at kiosks are told apart no more: nothing is sent so late."""
    return KioskBeginning.objects.filter(told_at__lt=now - _TOLD_APART).delete()[0]


def _tell(kiosk: Kiosk, action: str, by: Person | None) -> None:
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(kiosk),
        organization=kiosk.survey.service.owner.code,
        detail={"survey": kiosk.survey.code, "unit": kiosk.unit.code, "name": kiosk.name},
    )
