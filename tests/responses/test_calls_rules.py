"""A call with nothing but keys: one question at a time, again, skip, and never a wrong answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.calls import (
    BEGIN,
    LANGUAGE,
    State,
    end_of,
    first_state,
    may_be_keyed,
    never_heard,
    next_step,
    turn,
)
from cx280.responses.rules.keys import Keyed, keyed_questions
from cx280.surveys.rules.codes import Answer, codes_of
from cx280.surveys.rules.document import read_document
from tests.builders import a_document

MIXED = read_document(
    {
        "title": "t",
        "questions": [
            {"id": "trust", "text": "T", "response": "agree5"},
            {
                "id": "why", "text": "W", "construct": "drivers", "mode": "tapping",
                "parent": "trust", "options": [{"text": "a", "driver": "ease"}, {"text": "b"}],
            },
            {"id": "done", "text": "D", "response": "yesno"},
            {
                "id": "not", "text": "N", "response": "choice",
                "options": [{"text": "x"}, {"text": "y"}],
                "show_if": {"question": "done", "answers": [0]},
            },
            {"id": "ten", "text": "10", "response": "agree10"},
            {"id": "visits", "text": "V", "response": "number"},
            {"id": "day", "text": "Day", "response": "date"},
            {"id": "words", "text": "Words", "response": "text"},
            {
                "id": "many", "text": "M", "response": "choice",
                "options": [{"text": f"o{n}"} for n in range(11)],
            },
        ],
    }
)  # fmt: skip
LANGUAGES = ["en", "es"]
keys = st.sampled_from(["", "*", "#", "0", "1", "2", "5", "9", "12", "1 2", "3#", "x", "é", "²"])


def answered(*pressed: str) -> tuple[dict[str, Answer], list[str], State]:
    """The answers, the questions passed, and the end state of a call with these keys."""
    state = first_state(LANGUAGES)
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    for key in pressed:
        done = turn(MIXED, LANGUAGES, state, answers, key)
        state = done.state
        if done.asked:
            answers[done.asked] = done.answer
            asked.append(done.asked)
    return answers, asked, state


@given(st.lists(keys, max_size=60))
def test_whatever_is_pressed_only_answers_of_the_question_are_kept(pressed: list[str]) -> None:
    answers, asked, state = answered(*pressed)

    assert len(asked) == len(set(asked))
    assert BEGIN - 1 <= state.step <= end_of(MIXED)
    for name, answer in answers.items():
        question = MIXED.question(name)
        assert question is not None
        if answer is None or name == "visits":
            continue
        given_codes = answer if isinstance(answer, list) else [answer]
        assert set(given_codes) <= set(codes_of(question))


@given(st.lists(keys, max_size=30))
def test_any_call_ends_when_nobody_presses_anything_more(pressed: list[str]) -> None:
    _, _, state = answered(*pressed)

    quiet = answered(*pressed, *[""] * 12)[2]

    assert quiet.step == end_of(MIXED), state


def test_all_answers_in_order_with_what_depends_on_them() -> None:
    answers, asked, state = answered("2", "1", "4", "12#", "2", "1", "0", "17#")

    assert state == State("es", end_of(MIXED))
    assert answers == {
        "trust": 4, "why": ["ease", "2"], "done": 0, "not": "1", "ten": 10, "visits": "17",
    }  # fmt: skip
    assert never_heard(MIXED, asked) == {"day", "words", "many"}


def test_a_question_that_is_for_others_is_not_asked() -> None:
    _, asked, _ = answered("1", "1", "#", "1", "5", "#")

    assert asked == ["trust", "done", "ten", "visits"]


def test_star_says_it_again_as_often_as_one_likes() -> None:
    assert answered("1", "1", *["*"] * 20)[2] == State("en", 0)


def test_a_wrong_key_is_asked_again_twice_and_then_the_question_is_skipped() -> None:
    for times in (1, 2):
        assert answered("1", "1", *["9"] * times)[2] == State("en", 0, tries=times)
    answers, asked, state = answered("1", "1", "9", "9", "9")
    assert (answers, asked, state.step, state.tries) == ({"trust": None}, ["trust"], 2, 0)


def test_saying_no_before_the_first_question_ends_the_call() -> None:
    done = turn(MIXED, LANGUAGES, State("en", BEGIN), {}, "#")

    assert done.declined
    assert done.state.step == end_of(MIXED)


def test_who_chooses_no_language_hears_the_first() -> None:
    assert first_state(["es"]) == State("es", BEGIN)
    assert answered("7", "", "8")[2] == State("en", BEGIN)
    assert answered("7")[2] == State("en", LANGUAGE, tries=1)


@pytest.mark.parametrize("each", keyed_questions(MIXED, "en"), ids=lambda each: each.question.id)
def test_words_days_and_long_lists_are_not_asked_of_keys(each: Keyed) -> None:

    assert may_be_keyed(each) == (each.question.id not in {"day", "words", "many"})


def test_the_usual_survey_is_asked_whole_but_for_its_comment() -> None:
    document = read_document(a_document())
    step, asked = BEGIN, []
    while (step := next_step(document, {}, step)) < end_of(document):
        asked.append(document.questions[step].id)

    assert asked == [each.id for each in document.questions if not each.is_free_text]
