"""Whether what arrived fits the questions that were asked, and how it is stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cx280.circular.implements import implements
from cx280.surveys.rules.codes import Answer, Code, codes_of, is_shown
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.rendering import LONGEST_COMMENT
from cx280.surveys.rules.vocabulary import DriverMode, ResponseType

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one answer: the question's id, the kind of fault, words for its text.

    `kind` names a sentence of the pages' words (`faults.option`); `places` fill it.
    """

    question: str
    kind: str
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What one person gave: codes by question id, and their own words by question id."""

    answers: dict[str, Answer]
    comments: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered at all."""
        return not self.comments and all(each in (None, []) for each in self.answers.values())


def takes_several(question: Question) -> bool:
    """Whether people may choose more than one option."""
    return question.answered_by is ResponseType.CHOICES


def read_form(document: SurveyDocument, form: Mapping[str, list[str]]) -> Given:
    """What a posted form says, with codes as the questions write them; nothing is judged yet.

    form: every value by field name, where the field's name is the question's id. A value that is
    no code of its question stays as it was written, so that `faults_in` can name it.
    """
    answers: dict[str, Answer] = {}
    comments: dict[str, str] = {}
    for question in document.questions:
        values = [_plain(each) for each in form.get(question.id, [])]
        values = [each for each in values if each]
        if question.is_free_text:
            if values:
                comments[question.id] = "\n".join(values)
        else:
            answers[question.id] = _coded(question, values)
    return Given(answers, comments)


def _plain(text: str) -> str:
    """The text as it is stored: line ends of one character, no control characters, trimmed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each == "\n" or each == "\t" or each >= " ").strip()


def _coded(question: Question, values: list[str]) -> Answer:
    several = list(dict.fromkeys(values))
    if not several:
        return None
    if takes_several(question) or len(several) > 1:
        return several
    by_text: dict[str, Code] = {str(code): code for code in codes_of(question)}
    return by_text.get(several[0], several[0])


def faults_in(document: SurveyDocument, given: Given) -> list[Fault]:
    """What does not fit, in the order of the questions; [] when all of it can be stored."""
    asked = {each.id: each for each in document.questions}
    found: list[Fault] = []
    for question in document.questions:
        found += _faults_of(question, given)
    for name in sorted({*given.answers, *given.comments} - asked.keys()):
        found.append(Fault(name, "unknown"))
    return found


def _faults_of(question: Question, given: Given) -> list[Fault]:
    words, answer = given.comments.get(question.id), given.answers.get(question.id)
    if question.is_free_text:
        if answer not in (None, []):
            return [Fault(question.id, "unknown")]
        if words is not None and len(words) > LONGEST_COMMENT:
            places = {"limit": LONGEST_COMMENT, "length": len(words)}
            return [Fault(question.id, "long", places)]
        return []
    kind = None if answer is None else _fault_in(question, answer)
    return [Fault(question.id, kind)] if kind else []


def _fault_in(question: Question, answer: Answer) -> str | None:
    """The kind of fault in one closed answer, or None."""
    if question.answered_by is ResponseType.NUMBER:
        return None if isinstance(answer, str) and _NUMBER.fullmatch(answer) else "number"
    if question.answered_by is ResponseType.DATE:
        return None if _is_date(answer) else "date"
    codes = codes_of(question)
    if takes_several(question):
        several = answer if isinstance(answer, list) else [answer]
        return None if all(_is_one_of(each, codes) for each in several) else "option"
    if isinstance(answer, list):
        return "once"
    return None if _is_one_of(answer, codes) else "option"


def _is_one_of(answer: object, codes: Sequence[Code]) -> bool:
    """Whether it is one of the codes, and of the same type: true is not 1."""
    return any(answer == each and type(answer) is type(each) for each in codes)


def _is_date(answer: object) -> bool:
    if not isinstance(answer, str) or len(answer) != 10:
        return False
    try:
        return date.fromisoformat(answer) is not None
    except ValueError:
        return False


@implements("INC-04")
def as_stored(
    document: SurveyDocument, given: Given, never_asked: Collection[str] = ()
) -> dict[str, Answer]:
    """The closed answers as a response keeps them: null for a question shown and skipped.

    never_asked: questions that a call did not come to; absent as well.

    A question that was never for this person is absent: its condition was not met, or it taps
    under a rating that was not given. Any question may be skipped, `required` ones too (INC-04).
    """
    stored: dict[str, Answer] = {}
    for question in document.questions:
        if question.is_free_text:
            continue
        answer = given.answers.get(question.id)
        if answer == []:
            answer = None
        if answer is not None or (question.id not in never_asked and was_meant(question, given)):
            stored[question.id] = answer
    return stored


def was_meant(question: Question, given: Given) -> bool:
    """Whether the question was for somebody who answered so."""
    taps = question.mode is DriverMode.TAPPING and question.parent
    if taps and given.answers.get(question.parent or "") is None:
        return False
    return is_shown(question, given.answers)
