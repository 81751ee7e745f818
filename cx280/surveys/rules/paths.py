"""The longest way through a survey: the questions one person can be asked at most."""

from __future__ import annotations

from collections.abc import Callable

from cx280.surveys.rules.codes import codes_of
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import ResponseType

Weight = Callable[[Question], float]


def longest_path(document: SurveyDocument, weight: Weight = lambda _: 1.0) -> list[int]:
    """The places (from 0, in order) of the questions on the heaviest way through the survey.

    weight: what a question counts; 1 each counts questions. A document has no grids: each row
    of one is a question of its own, so each counts.
    """
    below: dict[str, list[int]] = {}
    roots: list[int] = []
    earlier: set[str] = set()
    for index, question in enumerate(document.questions):
        if question.show_if is not None and question.show_if.question in earlier:
            below.setdefault(question.show_if.question, []).append(index)
        else:
            roots.append(index)
        earlier.add(question.id)
    heaviest: dict[int, tuple[float, list[int]]] = {}
    # Conditions only look back, so from the last question to the first all below is known.
    for index in reversed(range(len(document.questions))):
        children = below.get(document.questions[index].id, [])
        heaviest[index] = _with_below(document, index, children, heaviest, weight)
    return sorted(place for root in roots for place in heaviest[root][1])


def _with_below(
    document: SurveyDocument,
    index: int,
    children: list[int],
    heaviest: dict[int, tuple[float, list[int]]],
    weight: Weight,
) -> tuple[float, list[int]]:
    """A question with the heaviest set of those below it that one answer can lead to."""
    question = document.questions[index]
    own = weight(question)
    best: tuple[float, list[int]] = (own, [index])
    for taken in _sets_taken(document, question, children):
        total = own + sum(heaviest[child][0] for child in taken)
        if total > best[0]:
            best = (total, [index, *(place for child in taken for place in heaviest[child][1])])
    return best


def _sets_taken(
    document: SurveyDocument, question: Question, children: list[int]
) -> list[list[int]]:
    """The children each answer leads to; where several answers may be given, all at once."""
    if question.answered_by is ResponseType.CHOICES:
        return [children]
    leads: list[list[int]] = []
    for code in codes_of(question):
        taken = [child for child in children if _leads(document.questions[child], code)]
        if taken:
            leads.append(taken)
    return leads


def _leads(child: Question, code: int | str) -> bool:
    return child.show_if is not None and code in child.show_if.answers
