"""Reads kiosks: those of a survey, and the one a device or a link speaks for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from cx280.accounts.secrets import digest_of
from cx280.delivery.models import Kiosk
from cx280.delivery.rules.kiosks import Condition, Health, condition
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.vocabulary import Mode

_PLACES = {Health.SILENT: 0, Health.ENDED: 2}


def is_written_for_kiosks(survey: Survey) -> bool:
    """Whether the open version, else the draft, is answered at a kiosk."""
    version = survey.versions.filter(closed_at__isnull=True).first()
    document = read_document(version.document) if version else draft_of(survey)
    return document.mode is Mode.KIOSK


def kiosks_of(survey: Survey, now: datetime) -> list[tuple[Kiosk, Condition]]:
    """The survey's kiosks with how they are doing; silent ones first, ended ones last."""
    found = _kiosks().filter(survey=survey)
    rows = [(each, condition_of(each, now)) for each in found]
    return sorted(rows, key=lambda row: _PLACES.get(row[1].health, 1))


def condition_of(kiosk: Kiosk, now: datetime) -> Condition:
    """How the kiosk is doing."""
    return condition(
        now=now,
        set_up_at=kiosk.set_up_at,
        last_seen_at=kiosk.last_seen_at,
        revoked_at=kiosk.revoked_at,
        waiting=kiosk.waiting,
        refused=kiosk.refused,
    )


def kiosk_by_device(code: str, secret: str) -> Kiosk | None:
    """The kiosk of the survey that a device with this secret is; None for a stranger."""
    if not secret:
        return None
    found = _kiosks().filter(survey__code=code, device_digest=digest_of(secret)).first()
    return found if found and found.revoked_at is None else None


def kiosk_by_link(code: str, secret: str, now: datetime) -> Kiosk | None:
    """The kiosk that the link sets up; None when it was used, is too old, or never was."""
    found = _kiosks().filter(
        survey__code=code, link_digest=digest_of(secret), link_until__gte=now, revoked_at=None
    )
    return found.first()


def _kiosks() -> QuerySet[Kiosk]:
    return Kiosk.objects.select_related("survey__service__owner", "unit")
