"""What staff enter: marks instead of guesses, keys, and how two keyings are compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.entering import (
    Mark,
    Outcome,
    Sheet,
    compare,
    read_sheet,
    received_too_late,
)
from cx280.responses.rules.keys import keyed_questions
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.vocabulary import ResponseType
from tests.builders import a_document

DOCUMENT = read_document(a_document())
SCALES = ["trust", "satisfaction", "effectiveness", "ease", "efficiency", "equity", "employee"]
answers = st.sampled_from(["", "1", "2", "3", "4", "5", "!unreadable", "!several"])
forms = st.fixed_dictionaries({name: answers.map(lambda each: [each]) for name in SCALES})


def of_type(response: str, options: int = 0) -> SurveyDocument:
    """A document with one question of that kind."""
    choices = [{"text": f"Thing {n}"} for n in range(1, options + 1)]
    asked = {"id": "q", "text": "?", "response": response, "options": choices}
    return read_document({"title": "t", "questions": [asked]})


@given(forms)
def test_each_question_has_an_answer_or_a_mark_and_never_both(form: dict[str, list[str]]) -> None:
    sheet = read_sheet(DOCUMENT, form)

    for name in SCALES:
        said = form[name][0]
        answer = sheet.given.answers[name]
        assert (answer is None) == (name in sheet.marks)
        assert answer == (int(said) if said.isdigit() else None)
        if said.startswith("!"):
            assert sheet.marks[name] == said[1:]
        if not said:
            assert sheet.marks[name] == Mark.BLANK


def test_a_mark_beside_an_answer_wins() -> None:
    sheet = read_sheet(
        DOCUMENT, {"trust": ["5", "!several"], "ease": ["4"], "ease.mark": ["refused"]}
    )

    assert sheet.given.answers["trust"] is None
    assert sheet.marks["trust"] == Mark.SEVERAL
    assert sheet.marks["ease"] == Mark.REFUSED


def test_words_that_begin_with_the_sign_of_a_mark_stay_words() -> None:
    assert read_sheet(DOCUMENT, {"comment": ["!unreadable"]}).given.comments["comment"]


@pytest.mark.parametrize(
    ("form", "outcome"),
    [
        ({}, Outcome.BLANK),
        ({"trust": ["!unreadable"]}, Outcome.UNUSABLE),
        ({"trust": ["1"]}, Outcome.ANSWERED),
        ({"comment": ["Kind"]}, Outcome.ANSWERED),
    ],
)
def test_what_comes_of_a_sheet(form: dict[str, list[str]], outcome: Outcome) -> None:
    assert read_sheet(DOCUMENT, form).outcome is outcome


@given(forms, forms)
def test_comparing_is_symmetric_and_agrees_with_itself(
    one: dict[str, list[str]], other: dict[str, list[str]]
) -> None:
    first, second = read_sheet(DOCUMENT, one), read_sheet(DOCUMENT, other)

    assert compare(DOCUMENT, first, first).differing == []
    assert compare(DOCUMENT, first, second) == compare(DOCUMENT, second, first)
    assert compare(DOCUMENT, first, second).differing == [
        name for name in SCALES if one[name] != other[name]
    ]


def test_the_order_in_which_several_were_chosen_is_no_difference() -> None:
    document = of_type("choices", 3)
    one = read_sheet(document, {"q": ["1", "3"]})
    other = read_sheet(document, {"q": ["3", "1"]})

    assert compare(document, one, other).differing == []


@pytest.mark.parametrize("response", [each for each in ResponseType if each.points])
@pytest.mark.parametrize("order", ["high_first", "low_first"])
def test_the_key_of_a_scale_is_its_number_whatever_stands_first(
    response: ResponseType, order: str
) -> None:
    raw = {
        "title": "t",
        "scale_order": order,
        "questions": [{"id": "q", "text": "?", "response": response}],
    }
    (asked,) = keyed_questions(read_document(raw), "en")

    pressed = {each.code: each.key for each in asked.keys}
    if response is ResponseType.THUMBS:
        assert pressed == {"1": "1", "0": "2"}
    else:
        assert pressed == {str(n): str(n % 10) for n in range(1, (response.points or 0) + 1)}


@given(st.sampled_from(["choice", "choices"]), st.integers(1, 50))
def test_no_two_answers_of_a_question_have_one_key(response: str, options: int) -> None:
    (asked,) = keyed_questions(of_type(response, options), "en")

    keys = [each.key for each in asked.keys]
    assert len(set(keys)) == options
    assert all(asked.code_of(each.key) == each.code for each in asked.keys)
    assert all(len(key) == 1 for key in keys) or options > 10
    assert asked.is_single == (response == "choice" and options <= 10)


@pytest.mark.proves("280.11-a1")
@given(st.integers(-5, 40))
def test_forms_received_while_the_survey_was_asked_are_keyed_and_no_others(day: int) -> None:
    opened, ended = date(2022, 3, 1), date(2022, 3, 31)

    late = received_too_late(opened + timedelta(days=day), opened, ended)

    assert bool(late) == (day < 0 or day > 30)
    assert not received_too_late(opened + timedelta(days=abs(day)), opened, None)


def test_a_sheet_without_a_word_says_so() -> None:
    assert isinstance(read_sheet(DOCUMENT, {}), Sheet)
    assert read_sheet(DOCUMENT, {}).given.is_empty
