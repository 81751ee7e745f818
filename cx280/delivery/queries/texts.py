"""Reads what a text of a survey looks like, and how long it is, before one is sent."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from cx280.agencies.queries import agency_of, units_of
from cx280.delivery.rules.gsm import Size, size_of
from cx280.delivery.rules.letters import About, hour_of
from cx280.delivery.rules.texts import text_of
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.rules.links import address


class Sample(NamedTuple):
    """A text as it would leave, in one language, and what it takes."""

    language: str
    name: str
    words: str
    size: Size


def languages_of(survey: Survey) -> dict[str, str]:
    """The languages the survey can be read in, English first, with their names."""
    found = dict.fromkeys(["en", *(each.split("-")[0] for each in draft_of(survey).locales)])
    return {each: LANGUAGE_NAMES.get(each, each) for each in found}


def sample_of(survey: Survey, language: str, *, sender: str, written: dict[str, str]) -> Sample:
    """The text to somebody of the unit with the longest code, so that no other is longer."""
    document, owner, now = draft_of(survey), survey.service.owner, timezone.now()
    about = About(
        agency=agency_of(owner).name,
        service=document.service or survey.service.name,
        page=address(settings.PUBLIC_ADDRESS, survey.code),
        unit=max((each.code for each in units_of(owner)), key=len, default=""),
        group="",
        language=language,
        minutes=1,
        ended_on=now.date(),
        control_number="",
        expires_on=None,
        stop="",
        ended=hour_of(now),
    )
    words = text_of(about, sender or about.agency, written).words
    return Sample(language, languages_of(survey).get(language, language), words, size_of(words))
