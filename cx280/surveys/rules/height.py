"""How tall a survey is on a phone, in screens (280.10-n1, INC-11)."""

from __future__ import annotations

import math

from cx280.circular.implements import implements
from cx280.surveys.rules.codes import codes_of
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.labels import code_label
from cx280.surveys.rules.vocabulary import ResponseType

# The phone all of this is measured on: 360 by 740 CSS pixels, as the browser tests use.
SCREEN = 740
_CHARACTERS = 36  # in a line of question text at 17 px on 328 px
_LINE, _GAP, _OPTION, _TEXTAREA, _ICONS = 24, 30, 43, 120, 64
_AROUND = 460  # heading, purpose, burden and control number above; button below


@implements("INC-11")
def screens(document: SurveyDocument) -> float:
    """The height of the page in phone screens of 740 px; above 1 people scroll."""
    return (_AROUND + sum(_height(each) for each in document.questions)) / SCREEN


def _height(question: Question) -> int:
    words = max(len(question.words()), *(len(t) for t in question.texts.values()), 1)
    text = math.ceil(words / _CHARACTERS) * _LINE + _GAP
    kind = question.answered_by
    if kind is ResponseType.TEXT:
        return text + _TEXTAREA
    if kind.is_icon:
        return text + _ICONS
    if question.options:
        return text + sum(_OPTION + _over(o.words()) for o in question.options)
    return text + sum(_OPTION + _over(code_label(kind, c, "en")) for c in codes_of(question))


def _over(words: str) -> int:
    return (math.ceil(max(len(words), 1) / (_CHARACTERS - 4)) - 1) * _LINE
