"""One call answered with the telephone's keys: where it stands, and what a key does to it.

One question at a time. `*` says it again, `#` skips it; a key that is no answer, or none at all,
is asked for again twice, and then the question is skipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cx280.circular.implements import implements
from cx280.responses.rules.answers import Given, read_form, was_meant
from cx280.responses.rules.keys import Keyed, keyed_questions
from cx280.surveys.rules.codes import Answer
from cx280.surveys.rules.document import SurveyDocument

LANGUAGE, BEGIN = -2, -1  # steps before the first question, which is step 0
AGAIN, SKIP, HUNG_UP = "*", "#", "hangup"
MOST_TRIES = 2  # asked again at most so often
# After so many questions in a row without any key, nobody holds the telephone any more.
MOST_SILENT = 2
# Nobody keeps more answers in mind; nobody keys words or days.
MOST_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class State:
    """Where a call stands. step: LANGUAGE, BEGIN, a question's place, or `end_of` the document.

    tries: how often this step was asked again. silent: questions passed in a row without a key.
    """

    language: str
    step: int
    tries: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What a key did: the state after it, the answer it gave, the question that is behind us.

    wrong: `key` when it was no answer, `silence` when there was none, else "". declined: whether
    the caller said no before the first question.
    """

    state: State
    asked: str = ""
    answer: Answer = None
    wrong: str = ""
    declined: bool = False


def may_be_keyed(each: Keyed) -> bool:
    """Whether a question can be asked of a caller who has nothing but keys."""
    kind = each.view.kind
    if kind in {"text", "date"}:
        return False
    most = MOST_ANSWERS - 1 if kind == "checks" else MOST_ANSWERS
    return kind == "number" or len(each.keys) <= most


def end_of(document: SurveyDocument) -> int:
    """The step after the last question."""
    return len(document.questions)


def first_state(languages: Sequence[str]) -> State:
    """Where a call begins: with the choice of language where there is one."""
    return State(languages[0], LANGUAGE if len(languages) > 1 else BEGIN)


@implements("280.6-b2")
def turn(
    document: SurveyDocument,
    languages: Sequence[str],
    state: State,
    answers: Mapping[str, Answer],
    pressed: str,
) -> Turn:
    """What the pressed keys do. answers: those given so far, by question."""
    key = "".join(pressed.split())
    if key == AGAIN or state.step >= end_of(document):
        return Turn(state)
    if state.step == LANGUAGE:
        return _choose(document, languages, state, key)
    if state.step == BEGIN:
        return _begin(document, state, answers, key)
    return _answer(document, state, answers, key)


def _choose(document: SurveyDocument, languages: Sequence[str], state: State, key: str) -> Turn:
    if key.isdecimal() and 1 <= int(key) <= len(languages):
        return Turn(State(languages[int(key) - 1], BEGIN))
    if key == SKIP or state.tries >= MOST_TRIES:
        return Turn(State(languages[0], BEGIN))
    return _once_more(state, key)


def _begin(document: SurveyDocument, state: State, answers: Mapping[str, Answer], key: str) -> Turn:
    if key == "1":
        return Turn(State(state.language, next_step(document, answers, BEGIN)))
    if key == SKIP or state.tries >= MOST_TRIES:
        return Turn(replace(state, step=end_of(document), tries=0), declined=True)
    return _once_more(state, key)


def _answer(
    document: SurveyDocument, state: State, answers: Mapping[str, Answer], key: str
) -> Turn:
    keyed = keyed_questions(document, state.language)[state.step]
    answer = None if key == SKIP else answer_of(document, keyed, key)
    if answer is None and key != SKIP and state.tries < MOST_TRIES:
        return _once_more(state, key)
    name = keyed.question.id
    silent = 0 if key else state.silent + 1
    given = {**answers, name: answer}
    step = end_of(document) if silent >= MOST_SILENT else next_step(document, given, state.step)
    return Turn(State(state.language, step, silent=silent), asked=name, answer=answer)


def _once_more(state: State, key: str) -> Turn:
    return Turn(replace(state, tries=state.tries + 1), wrong="key" if key else "silence")


def answer_of(document: SurveyDocument, keyed: Keyed, key: str) -> Answer:
    """The answer that these keys mean, as it is stored; None for keys that are no answer."""
    digits = key.removesuffix(SKIP)
    if not digits.isdecimal() or not digits.isascii():
        return None
    if keyed.view.kind == "number":
        codes: list[str | None] = [digits if len(digits) <= 12 else None]
    elif keyed.view.kind == "checks":
        codes = [keyed.code_of(each) for each in digits]
    else:
        codes = [keyed.code_of(digits)]
    known = [each for each in codes if each is not None]
    if len(known) < len(codes):
        return None
    name = keyed.question.id
    return read_form(document, {name: known}).answers[name]


def next_step(document: SurveyDocument, answers: Mapping[str, Answer], step: int) -> int:
    """The next question that is for this caller and can be keyed, else the end."""
    given = Given(dict(answers), {})
    asked = keyed_questions(document, "en")
    for place in range(step + 1, end_of(document)):
        if may_be_keyed(asked[place]) and was_meant(document.questions[place], given):
            return place
    return end_of(document)


def never_heard(document: SurveyDocument, asked: Sequence[str]) -> frozenset[str]:
    """The questions that the caller never heard: absent from the answers, not skipped."""
    return frozenset(each.id for each in document.questions if each.id not in asked)
