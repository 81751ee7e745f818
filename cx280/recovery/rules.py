"""How long what reaches a person is kept, and what of it is left out of a note."""

from __future__ import annotations

from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.responses.rules.redaction import redact
from cx280.surveys.rules.codes import Answer, codes_of, option_of
from cx280.surveys.rules.document import Question
from cx280.surveys.rules.labels import code_label


@implements("INC-30")
def last_day_kept(asked_on: date, days: int) -> date:
    """The last day on which a person may be contacted; after it nothing can reach them."""
    return asked_on + timedelta(days=days)


@implements("INC-30")
def must_be_erased(erase_after: date, on: date, *, is_handled: bool) -> bool:
    """Whether what reaches the person goes: at once when handled, else after its last day."""
    return is_handled or on > erase_after


def days_left(erase_after: date, on: date) -> int:
    """Days after today on which the person can still be contacted; 0 on the last."""
    return max(0, (erase_after - on).days)


def safe_note(written: str) -> str:
    """What was done, without addresses, numbers and names: the note outlives them."""
    return redact(written.strip()).text


def answer_words(question: Question, answer: Answer) -> str:
    """The answer as people read it in English; "" for a question that was skipped."""
    if answer is None or answer == []:
        return ""
    given = answer if isinstance(answer, list) else [answer]
    return ", ".join(_words(question, str(each)) for each in given)


def _words(question: Question, code: str) -> str:
    if question.options:
        option = option_of(question, code)
        return option.words() if option else code
    return code_label(question.answered_by, code, "en") if codes_of(question) else code
