"""Reads the terms a survey's messages are sent under: the open version, its level, its hours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cx280.circular.edition import edition
from cx280.delivery.models import Mailing
from cx280.delivery.queries.following import Followed, followed
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.queries import open_version
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Terms:
    """What every message of a survey shares. hours: between the end and the message, at most."""

    version: SurveyVersion
    document: SurveyDocument
    mailing: Mailing | None
    hours: int
    followed: Followed | None = None

    @property
    def level(self) -> Level:
        """What the survey asks about."""
        return self.document.level

    def sends(self, channel: str) -> bool:
        """Whether the survey sends messages that way now."""
        if self.mailing is None or not self.mailing.is_on:
            return False
        return self.mailing.by_text or channel != MessageChannel.SMS

    def reminder_hours(self, channel: str) -> int:
        """After how many hours the one reminder comes; 0: none."""
        if self.mailing is None:
            return 0
        by_text = channel == MessageChannel.SMS
        return self.mailing.text_reminder_hours if by_text else self.mailing.reminder_hours


def terms_of(survey: Survey) -> Terms | None:
    """The terms of the version that is open; None while none is."""
    version = open_version(survey.code)
    if version is None:
        return None
    document = _document(version.pk, version.digest)
    return Terms(
        version,
        document,
        Mailing.objects.filter(survey=survey).first(),
        edition(document.edition).limits.transaction_hours,
        followed(survey),
    )


@lru_cache(maxsize=256)
def _document(version_id: int, digest: str) -> SurveyDocument:
    """The document, read once in a process: a version never changes."""
    return read_document(SurveyVersion.objects.get(pk=version_id, digest=digest).document)
