"""Answers that staff enter for somebody else: how they are read, marked, numbered and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.responses.rules.answers import Given, as_stored, read_form
from cx280.surveys.rules.codes import Answer
from cx280.surveys.rules.document import SurveyDocument

# In a form's field after a question's id; no id of a question holds a dot.
MARK = ".mark"
# Before a mark that stands among the answers of a question; no code begins so.
SIGN = "!"


class EntryMode(Word):
    """How the answers that staff entered were given."""

    PAPER = "paper", "Paper form"
    PHONE = "phone", "Asked by phone"


class Outcome(Word):
    """What came of a sheet or of the end of a call."""

    ANSWERED = "answered", "Answered"
    BLANK = "blank", "Came back empty"
    UNUSABLE = "unusable", "Nothing on it can be read"
    DECLINED = "declined", "Declined"
    NOT_ASKED = "not_asked", "Not asked"


class Mark(Word):
    """Why a question has no answer. It is kept as its own code; nobody guesses an answer."""

    BLANK = "blank", "Left blank"
    UNREADABLE = "unreadable", "Cannot be read"
    SEVERAL = "several", "Several marked where one was asked"
    REFUSED = "refused", "Did not want to answer"


ON_PAPER = (Mark.UNREADABLE, Mark.SEVERAL)
BY_PHONE = (Mark.REFUSED,)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was entered: answers and words, and a mark for each question without an answer."""

    given: Given
    marks: dict[str, str]

    @property
    def outcome(self) -> Outcome:
        """Answered; without any answer blank, or unusable where there were marks all the same."""
        if not self.given.is_empty:
            return Outcome.ANSWERED
        made = any(each != Mark.BLANK for each in self.marks.values())
        return Outcome.UNUSABLE if made else Outcome.BLANK


@implements("280.6-b2")
def read_sheet(document: SurveyDocument, form: Mapping[str, list[str]]) -> Sheet:
    """What a keyed form says. A mark wins over an answer beside it: then nothing is certain.

    Fields are named as on the survey page; a mark stands among the values as `!unreadable`, or in
    the field `<question>.mark`. A closed question without both, that was meant for whoever
    answered so, is marked as left blank.
    """
    marks: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for question in document.questions:
        said = form.get(question.id, [])
        beside = [each for each in form.get(question.id + MARK, []) if each]
        signs = [] if question.is_free_text else [each for each in said if each.startswith(SIGN)]
        found = [*beside, *(each.removeprefix(SIGN) for each in signs)]
        if found:
            marks[question.id] = Mark.of(found[0]).value
        else:
            values[question.id] = said
    given = read_form(document, values)
    for name, answer in as_stored(document, given).items():
        if answer is None and name not in marks:
            marks[name] = Mark.BLANK.value
    return Sheet(given, marks)


@dataclass(frozen=True, slots=True)
class Compared:
    """How far two keyings of one sheet agree: questions compared, and those that differ."""

    compared: int
    differing: list[str]


def compare(document: SurveyDocument, first: Sheet, second: Sheet) -> Compared:
    """Closed questions of which either keying says something; words are not compared."""
    names = [each.id for each in document.questions if not each.is_free_text]
    one, other = _said(document, first), _said(document, second)
    asked = [each for each in names if each in one or each in other]
    return Compared(len(asked), [each for each in asked if one.get(each) != other.get(each)])


def _said(document: SurveyDocument, sheet: Sheet) -> dict[str, object]:
    """{question: its mark, else its answer}; the order in which several were chosen is nothing."""
    answers = as_stored(document, sheet.given)
    plain: dict[str, object] = {
        name: sorted(each) if isinstance(each, list) else each for name, each in answers.items()
    }
    return {**plain, **sheet.marks}


def sheet_of(answers: Mapping[str, Answer], marks: Mapping[str, str]) -> Sheet:
    """A sheet as it was stored, without its words."""
    return Sheet(Given(dict(answers), {}), dict(marks))


@implements("280.11-a1")
def received_too_late(received_on: date, opened_on: date, ended_on: date | None) -> str:
    """Why forms received that day cannot be keyed, or "". ended_on: the last day of asking.

    The day of receiving counts, not the day of keying: whoever wrote in time is heard.
    """
    if received_on < opened_on:
        return "This version was not yet open on that day."
    if ended_on is not None and received_on > ended_on:
        return "The survey, or its approval, had ended by that day."
    return ""
