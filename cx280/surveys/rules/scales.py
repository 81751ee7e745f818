"""Scales: the codes a question may be answered with, in order, and which way an answer points."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, ResponseType


@dataclass(frozen=True, slots=True)
class Scale:
    """The codes of a scale, lowest first; those that count as agreeing; whether it has a mean."""

    codes: tuple[int, ...]
    agreeing: frozenset[int]
    has_mean: bool


def _likert(points: int) -> Scale:
    return Scale(tuple(range(1, points + 1)), frozenset({points - 1, points}), has_mean=True)


_TWO_WAYS = Scale((0, 1), frozenset({1}), has_mean=False)
SCALES: dict[str, Scale] = {
    ResponseType.AGREE5.value: _likert(5),
    ResponseType.STARS5.value: _likert(5),
    ResponseType.AGREE7.value: _likert(7),
    ResponseType.AGREE10.value: _likert(10),
    ResponseType.THUMBS.value: _TWO_WAYS,
    ResponseType.YESNO.value: _TWO_WAYS,
}


def construct_of(question: Question) -> str:
    """The construct a question is filed under; of several, the first."""
    filed = question.construct
    first = filed[0] if isinstance(filed, list) else filed
    return (first or Construct.ADDITIONAL).value


def has_score(question: Question) -> bool:
    """Whether the answers have an order, so that a share agreeing means something."""
    return question.mode is None and question.answered_by.value in SCALES


def outcome_of(document: SurveyDocument) -> Question | None:
    """The question whose answer stands beside a comment: trust, else satisfaction."""
    asked = [question for question in document.questions if has_score(question)]
    for construct in (Construct.TRUST.value, Construct.SATISFACTION.value):
        for question in asked:
            if construct_of(question) == construct:
                return question
    return None


def polarity_of(code: object, response: str) -> str:
    """`high`, `middle` or `low`: which way a rating points; "" when it was not given.

    Tapped drivers mean opposite things under a good and under a bad rating, so they are counted
    apart. On a scale with a middle, the middle is its own kind.
    """
    scale = SCALES.get(response)
    if scale is None or not isinstance(code, int) or code not in scale.codes:
        return ""
    if code in scale.agreeing:
        return "high"
    lowest_two = scale.codes[:2] if len(scale.codes) > 2 else scale.codes[:1]
    return "low" if code in lowest_two else "middle"
