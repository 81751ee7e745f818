"""What each column of the plain form holds, for files whose columns have types."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from cx280.responses.rules.answers import takes_several
from cx280.responses.rules.export import ABOUT
from cx280.surveys.rules.codes import codes_of, option_codes
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import ResponseType


class Kind(Enum):
    """What the cells of a column are; a blank cell is nothing at all, whatever the kind."""

    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"
    TICK = "1 chosen, 0 shown and not chosen"
    TEXT = "text"


_ABOUT = {"version": Kind.WHOLE, "seconds": Kind.WHOLE, "day": Kind.DAY}
_ANSWERED = {ResponseType.NUMBER: Kind.NUMBER, ResponseType.DATE: Kind.DAY}


def kinds_of(documents: Iterable[SurveyDocument]) -> dict[str, Kind]:
    """The kind of every column of `PlainTable`, by its name.

    A question that was answered with numbers in one version and with words in the next is text.
    """
    kinds = {each: _ABOUT.get(each, Kind.TEXT) for each in ABOUT}
    for document in documents:
        for question in document.questions:
            for name, kind in _of(question):
                kinds[name] = kind if kinds.get(name, kind) is kind else Kind.TEXT
    return kinds


def _of(question: Question) -> Iterable[tuple[str, Kind]]:
    if takes_several(question):
        return [(f"{question.id}.{code}", Kind.TICK) for code in option_codes(question)]
    codes = codes_of(question)
    scaled = bool(codes) and all(isinstance(each, int) for each in codes)
    usual = Kind.WHOLE if scaled else Kind.TEXT
    return [(question.id, _ANSWERED.get(question.answered_by, usual))]
