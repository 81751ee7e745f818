"""The key that stands for each answer: printed beside the circle, pressed by staff, and by callers.

One table for paper, screen and telephone, so that a keyer reads and types the same number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.rendering import Choice, QuestionView, question_views
from cx280.surveys.rules.vocabulary import ResponseType

_SCALES = {
    ResponseType.AGREE5,
    ResponseType.AGREE7,
    ResponseType.AGREE10,
    ResponseType.STARS5,
}
_TWO_WAYS = {ResponseType.YESNO: {"1": "1", "0": "2"}, ResponseType.THUMBS: {"1": "1", "0": "2"}}


@dataclass(frozen=True, slots=True)
class Key:
    """One answer: what is pressed for it, the code it is stored as, what people read or hear."""

    key: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """A question with the keys of its answers, in the order they are shown."""

    question: Question
    view: QuestionView
    keys: tuple[Key, ...]
    mark: str = ""  # why it has no answer, on a form that is shown once more

    @property
    def answers(self) -> list[tuple[Choice, Key]]:
        """Each answer as the page draws it, with its key."""
        return list(zip(self.view.choices, self.keys, strict=True))

    @property
    def is_single(self) -> bool:
        """Whether one press of one key answers it; else the number is typed, then Enter."""
        return self.view.kind not in {"checks", "number", "date", "text"} and len(self.keys) <= 10

    def code_of(self, key: str) -> str | None:
        """The code that a key stands for."""
        return next((each.code for each in self.keys if each.key == key), None)


def keyed_questions(
    document: SurveyDocument,
    locale: str,
    given: Mapping[str, Sequence[str]] | None = None,
    marks: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Keyed]:
    """The questions in order with their keys; with what was entered, as the form had it."""
    views = question_views(document, locale, given, errors)
    return [
        Keyed(question, view, _keys(question, view), (marks or {}).get(question.id, ""))
        for question, view in zip(document.questions, views, strict=True)
    ]


def _keys(question: Question, view: QuestionView) -> tuple[Key, ...]:
    several = len(view.choices)
    return tuple(
        Key(_key(question, place, each, several), each.value, each.text)
        for place, each in enumerate(view.choices, start=1)
    )


def _key(question: Question, place: int, choice: Choice, several: int) -> str:
    """A scale's own number, whatever the order on the page; 0 for the tenth of ten at most."""
    if question.answered_by in _TWO_WAYS and not question.options:
        return _TWO_WAYS[question.answered_by][choice.value]
    if question.answered_by in _SCALES and not question.options:
        place = int(choice.value)
    return "0" if place == 10 and several == 10 else str(place)
