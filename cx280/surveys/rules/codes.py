"""The coded values an answer is stored as; never the words people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from cx280.circular.implements import implements
from cx280.surveys.rules.document import Option, Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, ResponseType

Code = int | str
Answer = int | float | str | list[str] | None

_SCALES: dict[ResponseType, list[Code]] = {
    ResponseType.AGREE5: [1, 2, 3, 4, 5],
    ResponseType.AGREE7: [1, 2, 3, 4, 5, 6, 7],
    ResponseType.AGREE10: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ResponseType.STARS5: [1, 2, 3, 4, 5],
    ResponseType.THUMBS: [0, 1],
    ResponseType.YESNO: [0, 1],
}


@implements("280.10-e4")
def codes_of(question: Question) -> list[Code]:
    """Every code an answer may have, lowest first; empty for numbers, dates and free text.

    Scales are 1..points with the best highest, whatever the order on the screen; thumbs and
    yes/no are 0 and 1; options have their own codes.
    """
    scale = _SCALES.get(question.answered_by)
    return list(scale) if scale is not None else list(option_codes(question))


def option_codes(question: Question) -> list[str]:
    """The codes of the options in order: as written, else the driver's, else the place from 1."""
    drivers = Counter(each.driver for each in question.options if each.driver)
    codes: list[str] = []
    for place, option in enumerate(question.options, start=1):
        own_driver = option.driver if option.driver and drivers[option.driver] == 1 else ""
        code = option.code or own_driver or str(place)
        codes.append(code if code not in codes else f"{code}-{place}")
    return codes


def option_of(question: Question, code: str) -> Option | None:
    """The option stored under a code, or None."""
    for each, option in zip(option_codes(question), question.options, strict=True):
        if each == code:
            return option
    return None


def is_shown(question: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the question was meant for somebody with these answers."""
    if question.show_if is None:
        return True
    given = answers.get(question.show_if.question)
    given_codes = given if isinstance(given, list) else [given]
    return any(each in question.show_if.answers for each in given_codes)


def with_codes(document: SurveyDocument) -> SurveyDocument:
    """The document with every response type and option code written out, as a version keeps it.

    After this no later edit of texts or order can change what a stored code means.
    """
    return msgspec.structs.replace(document, questions=[_spelled(q) for q in document.questions])


def _spelled(question: Question) -> Question:
    options = [
        msgspec.structs.replace(option, code=code)
        for option, code in zip(question.options, option_codes(question), strict=True)
    ]
    return msgspec.structs.replace(question, response=question.answered_by, options=options)


def exported_driver(question: Question, driver_of: Mapping[str, str]) -> str | None:
    """The Circular's driver code a Likert question reports to, or None (responsiveness has none).

    driver_of: construct to driver code, as the edition has it.
    """
    construct = question.construct
    return driver_of.get(construct) if isinstance(construct, Construct) else None
