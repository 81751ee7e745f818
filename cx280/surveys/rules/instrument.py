"""The instrument: what of a survey OMB approves, apart from how it looks (280.11-a3)."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from cx280.surveys.rules.document import Question, SurveyDocument


def instrument_digest(document: SurveyDocument) -> str:
    """SHA-256 of everything people read before and in the questions, and of what they can answer.

    A change of looks, of places on pages or of what a question is filed under leaves it as it is;
    another word, answer, condition or language does not. Translations need approval too.
    """
    asked = [
        document.introductions,
        [_asked(document, each) for each in document.questions],
    ]
    canonical = msgspec.json.encode(asked, order="deterministic")
    return hashlib.sha256(canonical).hexdigest()


def _asked(document: SurveyDocument, question: Question) -> list[Any]:
    return [
        {locale: question.words(locale).strip() for locale in document.locales},
        question.answered_by.value,
        [
            {locale: option.words(locale).strip() for locale in document.locales}
            for option in question.options
        ],
        _condition(document, question),
    ]


def _condition(document: SurveyDocument, question: Question) -> list[Any]:
    """For whom the question is: the place of the other question, and the answers to it."""
    if question.show_if is None:
        return []
    ids = [each.id for each in document.questions]
    asked = question.show_if.question
    place = ids.index(asked) if asked in ids else -1
    return [place, [str(each) for each in question.show_if.answers]]
