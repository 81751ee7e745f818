"""What fits a question is stored as its codes; what does not is named, and nothing is lost."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.answers import Given, as_stored, faults_in, read_form
from cx280.surveys.rules.codes import codes_of
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.rendering import LONGEST_COMMENT

EVERY_TYPE: dict[str, Any] = {
    "title": "Every type",
    "questions": [
        {"id": "trust", "construct": "trust", "text": "Trust", "response": "agree5",
         "required": True},
        {"id": "why", "construct": "drivers", "mode": "tapping", "parent": "trust", "text": "Why?",
         "options": [{"driver": "ease", "text": "Easy"}, {"driver": "efficiency", "text": "Fast"}]},
        {"id": "stars", "construct": "satisfaction", "text": "Stars", "response": "stars5"},
        {"id": "thumb", "construct": "satisfaction", "text": "Thumb", "response": "thumbs"},
        {"id": "seven", "construct": "ease", "text": "Seven", "response": "agree7"},
        {"id": "ten", "construct": "ease", "text": "Ten", "response": "agree10"},
        {"id": "again", "construct": "additional", "text": "Again?", "response": "yesno"},
        {"id": "times", "construct": "additional", "text": "How often?", "response": "number",
         "show_if": {"question": "again", "answers": [1]}},
        {"id": "last", "construct": "additional", "text": "When?", "response": "date"},
        {"id": "came_for", "construct": "additional", "text": "What for?", "response": "choice",
         "options": [{"text": "Renew"}, {"text": "Ask"}]},
        {"id": "comment", "construct": "comment", "text": "Else?", "response": "text"},
    ],
}  # fmt: skip
DOCUMENT = msgspec.convert(EVERY_TYPE, SurveyDocument)
CLOSED = [each for each in DOCUMENT.questions if codes_of(each)]


def test_a_full_form_becomes_codes() -> None:
    form = {
        "trust": ["4"],
        "why": ["efficiency", "ease"],
        "stars": ["5"],
        "thumb": ["0"],
        "seven": ["7"],
        "ten": ["10"],
        "again": ["1"],
        "times": ["12"],
        "last": ["2022-01-28"],
        "came_for": ["2"],
        "comment": ["  Kind staff.\r\nThanks! "],
    }

    given_now = read_form(DOCUMENT, form)

    assert faults_in(DOCUMENT, given_now) == []
    assert given_now.comments == {"comment": "Kind staff.\nThanks!"}
    assert as_stored(DOCUMENT, given_now) == {
        "trust": 4,
        "why": ["efficiency", "ease"],
        "stars": 5,
        "thumb": 0,
        "seven": 7,
        "ten": 10,
        "again": 1,
        "times": "12",
        "last": "2022-01-28",
        "came_for": "2",
    }


@pytest.mark.proves("INC-04")
@pytest.mark.parametrize("skipped", [each.id for each in DOCUMENT.questions])
def test_every_question_may_be_skipped_even_a_required_one(skipped: str) -> None:
    form = {"trust": ["1"], "stars": ["1"], "again": ["0"], "comment": ["Hm"]}
    form.pop(skipped, None)

    given_now = read_form(DOCUMENT, form)

    assert faults_in(DOCUMENT, given_now) == []
    stored = as_stored(DOCUMENT, given_now)
    assert stored.get(skipped) is None


def test_shown_and_skipped_is_null_and_never_shown_is_absent() -> None:
    unrated = as_stored(DOCUMENT, read_form(DOCUMENT, {"again": ["0"]}))
    rated = as_stored(DOCUMENT, read_form(DOCUMENT, {"trust": ["2"], "again": ["1"]}))

    assert unrated["stars"] is None
    assert "why" not in unrated
    assert "times" not in unrated
    assert "comment" not in unrated
    assert rated["why"] is None
    assert rated["times"] is None


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"trust": ["6"]}, ("trust", "option")),
        ({"trust": ["yes"]}, ("trust", "option")),
        ({"trust": ["1", "2"]}, ("trust", "once")),
        ({"why": ["ease", "charm"]}, ("why", "option")),
        ({"times": ["many"]}, ("times", "number")),
        ({"last": ["01/28/2022"]}, ("last", "date")),
        ({"last": ["2022-02-30"]}, ("last", "date")),
        ({"comment": ["x" * (LONGEST_COMMENT + 1)]}, ("comment", "long")),
    ],
)
def test_what_does_not_fit_is_named(form: dict[str, list[str]], fault: tuple[str, str]) -> None:
    found = faults_in(DOCUMENT, read_form(DOCUMENT, form))

    assert [(each.question, each.kind) for each in found] == [fault]


def test_an_answer_to_nothing_asked_is_named() -> None:
    found = faults_in(DOCUMENT, Given({"salary": 1}, {"diary": "x"}))

    assert [(each.question, each.kind) for each in found] == [
        ("diary", "unknown"),
        ("salary", "unknown"),
    ]


def test_true_is_not_one_and_words_are_no_code() -> None:
    for wrong in (True, "5", 5.0, [5]):
        assert faults_in(DOCUMENT, Given({"trust": wrong}, {}))  # type: ignore[dict-item]


FIELDS = st.dictionaries(
    st.sampled_from([each.id for each in DOCUMENT.questions]),
    st.lists(st.text(max_size=12) | st.sampled_from(["1", "5", "ease"]), max_size=3),
)


@given(FIELDS)
def test_any_form_is_read_without_an_error_and_only_codes_are_ever_stored(
    form: dict[str, list[str]],
) -> None:
    given_now = read_form(DOCUMENT, form)
    if faults_in(DOCUMENT, given_now):
        return

    stored = as_stored(DOCUMENT, given_now)
    for question in CLOSED:
        answer = stored.get(question.id)
        codes = codes_of(question)
        assert answer is None or all(
            each in codes for each in (answer if isinstance(answer, list) else [answer])
        )


@given(st.fixed_dictionaries({q.id: st.sampled_from([*codes_of(q), None]) for q in CLOSED}))
def test_every_combination_of_codes_fits(picked: dict[str, Any]) -> None:
    form = {name: [str(code)] for name, code in picked.items() if code is not None}

    given_now = read_form(DOCUMENT, form)

    assert faults_in(DOCUMENT, given_now) == []
    stored = as_stored(DOCUMENT, given_now)
    for name, code in picked.items():
        expected = [code] if name == "why" and code is not None else code
        assert stored.get(name) == expected
