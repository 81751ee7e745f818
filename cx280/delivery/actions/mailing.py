"""Switches messages of a survey on, and keeps how they are sent."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.channels.sms.provider import configured
from cx280.delivery.models import Mailing
from cx280.delivery.queries.texts import languages_of, sample_of
from cx280.delivery.rules.texts import MOST_PARTS, check_words
from cx280.kernel.problem import Conflict, Unusable
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.vocabulary import Placement


@implements("280.10-k4")
def save_mailing(
    survey: Survey,
    *,
    by: Person | None,
    sender: str,
    reminder_hours: int,
    is_on: bool = True,
    by_text: bool = False,
    text_words: dict[str, str] | None = None,
    text_reminder_hours: int = 0,
) -> Mailing:
    """How the survey's messages are sent from now on.

    text_words: by language; the usual ones where none are given. Raises Conflict for a survey that
    is not placed as a message: its offers would not be counted as the plan and the reports say;
    and for texts where nobody carries them. Raises Unusable for words that a text cannot have.
    """
    _check(survey, is_on=is_on, by_text=by_text)
    written = _checked(text_words or {})
    if is_on and by_text:
        _check_length(survey, sender, written)
    values: dict[str, Any] = {
        "sender": " ".join(sender.split()),
        "reminder_hours": reminder_hours,
        "is_on": is_on,
        "by_text": by_text,
        "text_words": written,
        "text_reminder_hours": text_reminder_hours,
    }
    with transaction.atomic():
        kept, _ = Mailing.objects.update_or_create(survey=survey, defaults=values)
        record(
            actor=by.email if by else "system",
            action="change_mailing",
            subject=subject_of(survey),
            organization=agency_of(survey.service.owner).code,
            detail=values,
        )
    return kept


def _check(survey: Survey, *, is_on: bool, by_text: bool) -> None:
    if not is_on:
        return
    if draft_of(survey).placement is not Placement.MESSAGE:
        raise Conflict(
            "This survey is not placed as a message.",
            rule="280.10-k4",
            fix="Choose “A message sent soon after” around its questions, and open that version.",
        )
    if by_text and not configured():
        raise Conflict(
            "Text messages are not set up here.",
            field="by_text",
            fix="Ask whoever runs cx280 to name a provider (CX280_SMS_URL), or leave texts off.",
        )


def _check_length(survey: Survey, sender: str, written: dict[str, str]) -> None:
    """Raises Unusable where a text would be longer than people read, or agencies like to pay."""
    for language in languages_of(survey):
        sample = sample_of(survey, language, sender=sender, written=written)
        if sample.size.parts > MOST_PARTS:
            raise Unusable(
                f"The text in {sample.name} would take {sample.size.parts} texts.",
                field=f"words_{language}",
                fix=f"Shorten it to {MOST_PARTS}: one is best. Letters outside the alphabet of"
                " phones halve the room.",
            )


def _checked(text_words: dict[str, str]) -> dict[str, str]:
    """The words of each language, on a line each; none for those that are blank."""
    checked = {language: check_words(each) for language, each in text_words.items()}
    return {language: each for language, each in checked.items() if each}
