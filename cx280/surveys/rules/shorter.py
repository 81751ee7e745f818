"""Which questions could go without breaking a rule (280.10-i3)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, errors
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import SUPPLEMENTARY, Construct

Checking = Callable[[SurveyDocument], list[Finding]]


@implements("280.10-i3")
def removable(document: SurveyDocument, checking: Checking) -> list[int]:
    """The places of questions that can all go together, least needed first.

    checking: what finds faults in a document; leaving the questions out adds no ERROR and no
    finding about a provider's report (280.10-h). Trust and satisfaction are never offered.
    """
    baseline = _weight(checking(document))
    gone: list[int] = []
    for place in _least_needed_first(document):
        without = _without(document, [*gone, place])
        if _weight(checking(without)) <= baseline:
            gone.append(place)
    return gone


def _weight(findings: list[Finding]) -> int:
    return len(errors(findings)) + sum(each.rule.startswith("280.10-h") for each in findings)


def _least_needed_first(document: SurveyDocument) -> list[int]:
    def order(place: int) -> tuple[int, int]:
        return _rank(document.questions[place]), -place

    places = [p for p in range(len(document.questions)) if _rank(document.questions[p]) < 9]
    return sorted(places, key=order)


def _rank(question: Question) -> int:
    if question.measures(Construct.TRUST, Construct.SATISFACTION):
        return 9
    if question.measures(Construct.ADDITIONAL) or question.construct is None:
        return 0
    if question.measures(Construct.RESPONSIVENESS, *SUPPLEMENTARY):
        return 1
    return 3 if question.is_free_text else 2


def _without(document: SurveyDocument, places: list[int]) -> SurveyDocument:
    kept = [each for place, each in enumerate(document.questions) if place not in places]
    return msgspec.structs.replace(document, questions=kept)
