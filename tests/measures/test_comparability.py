"""Only like is put beside like; everything else is refused with the reason in words."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.edition import edition
from cx280.measures.rules.comparability import (
    Key,
    NotComparable,
    comparison,
    first_difference,
    has_score,
    key_of,
    pool,
    read_key,
    reported_key,
)
from cx280.surveys.rules.document import SurveyDocument, read_document
from tests.builders import a_document

FY2022 = edition("FY2022")
T1 = Key("transaction", "trust_change", "T1", "slot-filled", "agree5", "web", "program/service")


def a_key(question: str = "trust", **changes: Any) -> Key:
    """The key of one question of a document; `changes` go to the question, or to the document."""
    own = {"text", "response", "object"}
    raw = a_document(**{key: value for key, value in changes.items() if key not in own})
    for each in raw["questions"]:
        if each["id"] == question:
            each.update({key: value for key, value in changes.items() if key in own})
    document = read_document(raw)
    found = document.question(question)
    assert found is not None
    return key_of(found, document, FY2022)


def tapped() -> SurveyDocument:
    document = a_document()
    document["questions"].append(
        {
            "id": "why",
            "construct": "drivers",
            "mode": "tapping",
            "parent": "trust",
            "text": "What contributed to your rating?",
            "options": [{"driver": "ease", "text": "It was easy to complete what I needed to do."}],
        }
    )
    return read_document(document)


def test_a_key_names_what_was_asked_and_how() -> None:
    key = a_key(object="service")

    assert key == T1


@pytest.mark.proves("280.10-a2")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"level": "relationship"}, "one transaction"),
        ({"text": "I trust Rivers to fulfill our country’s commitment to boaters."}, "how much"),
        ({"text": "This interaction has increased my trust in Boat permits."}, "minor edits"),
        ({"response": "agree10"}, "10 points of agreement"),
        ({"mode": "paper"}, "paper"),
        ({"object": "agency"}, "the agency"),
    ],
)
def test_services_asked_differently_never_share_a_rank(
    changes: dict[str, Any], reason: str
) -> None:
    usual, other = a_key(), a_key(**changes)

    found = comparison([(usual, "Boat permits"), (usual, "Trails"), (other, "Parks")])

    assert found.together == ("Boat permits", "Trails")
    assert [each.thing for each in found.apart] == ["Parks"]
    assert reason in found.apart[0].reason


@pytest.mark.proves("INC-05")
def test_change_of_trust_is_never_pooled_with_level_of_trust() -> None:
    change = a_key()
    level = a_key(text="I trust Rivers to fulfill our country’s commitment to boaters.")

    with pytest.raises(NotComparable) as refused:
        pool([(change, {"5": 10}), (level, {"5": 10})])

    assert refused.value.rule == "INC-05"
    assert "raised trust" in refused.value.message


@pytest.mark.proves("INC-07")
def test_ten_points_stand_outside_the_five_point_benchmark() -> None:
    with pytest.raises(NotComparable, match="10 points"):
        pool([(a_key("satisfaction"), {"5": 1}), (a_key("satisfaction", response="agree10"), {})])


@pytest.mark.proves("INC-09")
def test_fair_treatment_and_understanding_are_never_pooled() -> None:
    equity = a_key("equity")
    document = a_document()
    document["questions"][5] = {
        "id": "clear",
        "construct": "transparency",
        "text": "I understand what was being asked of me throughout the process.",
        "response": "agree5",
    }
    read = read_document(document)
    question = read.question("clear")
    assert question is not None

    with pytest.raises(NotComparable, match="fair treatment"):
        pool([(equity, {"5": 1}), (key_of(question, read, FY2022), {"5": 1})])


@pytest.mark.proves("280.8-b8")
def test_a_comparative_table_shows_apart_what_differs_with_the_reason() -> None:
    stars = replace(T1, construct="satisfaction", statement="S1", scale="stars5", object="")
    agree = replace(stars, statement="S2", scale="agree5")

    found = comparison([(agree, "A"), (stars, "B"), (agree, "C")])

    assert (found.key, found.together) == (agree, ("A", "C"))
    assert found.apart[0].thing == "B"
    assert found.apart[0].reason == "One follows statement S2, the other statement S1."


@pytest.mark.proves("INC-15")
def test_taps_never_share_a_key_with_a_likert_question() -> None:
    document = tapped()
    why, ease = document.question("why"), document.question("ease")
    assert why is not None
    assert ease is not None

    taps = key_of(why, document, FY2022)

    assert taps.scale == "tapping"
    assert not has_score(why)
    with pytest.raises(NotComparable):
        pool([(taps, {"ease": 3}), (key_of(ease, document, FY2022), {"5": 3})])


def test_words_of_ones_own_compare_only_with_the_same_words() -> None:
    one = a_key(text="I am confident in Boat permits.")
    same = a_key(text="I am  confident in boat permits")
    other = a_key(text="I am confident in Trails.")

    assert first_difference(one, same) is None
    assert first_difference(one, other) == "Both use words of their own, and not the same ones."


def test_pooling_one_key_adds_up() -> None:
    assert pool([(T1, {"5": 2, "1": 1}), (T1, {"5": 3})]) == {"5": 5, "1": 1}


def test_a_reported_question_has_a_key_of_the_same_form() -> None:
    key = reported_key(
        construct="trust",
        statement="T1",
        wording="slot-filled",
        scale="agree5",
        channel="computer",
        text="This interaction increased my trust in Passports.",
    )

    assert key == replace(T1, object="")


parts = st.text(st.characters(blacklist_characters="|", blacklist_categories=["Cs"]), max_size=12)
keys = st.builds(Key, **{each.name: parts for each in fields(Key)})


@given(keys)
def test_a_written_key_reads_back(key: Key) -> None:
    assert read_key(key.written) == key


@given(keys, keys)
def test_keys_differ_exactly_when_there_is_a_reason(one: Key, other: Key) -> None:
    assert (first_difference(one, other) is None) == (one == other)
    assert (first_difference(other, one) is None) == (one == other)


@given(st.lists(st.tuples(st.sampled_from([T1, replace(T1, mode="paper")]), st.integers())))
def test_a_comparison_loses_nothing(rows: list[tuple[Key, int]]) -> None:
    found = comparison(rows)

    together, apart = list(found.together), [each.thing for each in found.apart]
    assert sorted(together + apart) == sorted(thing for _, thing in rows)
    assert all(each.reason for each in found.apart)
