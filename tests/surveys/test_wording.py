"""Exact, slot-filled, minor, modified: the same text always gets the same class."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.edition import Statement, edition
from cx280.surveys.rules.light_words import is_light
from cx280.surveys.rules.wording import WordingClass, base_statement, classify, has_unfilled_slot

FY2022 = edition("FY2022")
NAMES = ["Boat Permits", "the IRS", "U.S. Citizenship and Immigration Services", "Travel.State.Gov"]


@pytest.mark.proves("280.10-c3", "280.10-d2")
@pytest.mark.parametrize("statement", FY2022.statements, ids=lambda each: each.id)
def test_each_of_the_sixteen_statements_as_printed_is_exact(statement: Statement) -> None:
    loud = f"  {statement.text.upper().replace('’', chr(39))}  !"

    for text in (statement.text, f"{statement.text}.", loud, *statement.translations.values()):
        found = classify(text, statement.construct, FY2022)
        assert (found.kind, found.statement) == (WordingClass.EXACT, statement.id)


def test_sixteen_statements_stand_in_the_library() -> None:
    assert len(FY2022.statements) == 16


@pytest.mark.proves("280.10-j1", "280.10-j2")
def test_effectiveness_has_four_statements_and_ease_two() -> None:
    assert [each.id for each in FY2022.statements_for("effectiveness")] == [
        "EF1",
        "EF2",
        "EF3",
        "EF4",
    ]
    assert [each.id for each in FY2022.statements_for("ease")] == ["EA1", "EA2"]


@pytest.mark.proves("280.10-j4", "INC-09")
def test_treated_fairly_and_understood_are_one_driver_and_two_constructs() -> None:
    fair = base_statement("I was treated fairly.", FY2022)
    clear = base_statement("I understand what was being asked of me throughout the process", FY2022)

    assert (fair.measures, clear.measures) == ("equity", "transparency")
    assert FY2022.driver_of("equity") == FY2022.driver_of("transparency")


@pytest.mark.proves("280.10-c3")
@pytest.mark.parametrize("name", NAMES)
def test_a_statement_with_its_slots_filled_is_slot_filled(name: str) -> None:
    t1 = classify(f"This interaction increased my trust in {name}.", "trust", FY2022)
    t2 = classify(f"I trust {name} to fulfill our country's commitment to all.", "trust", FY2022)

    assert (t1.kind, t1.statement, t1.slots) == (WordingClass.SLOT_FILLED, "T1", (name,))
    assert (t2.kind, t2.statement, t2.slots) == (WordingClass.SLOT_FILLED, "T2", (name, "all"))


@pytest.mark.proves("280.10-c6", "INC-05")
def test_change_of_trust_and_level_of_trust_are_different_measures() -> None:
    t1 = classify("This interaction increased my trust in VA.", "trust", FY2022)
    t2 = classify("I trust VA to fulfill our country’s commitment to us.", "trust", FY2022)

    assert (t1.measures, t2.measures) == ("trust_change", "trust_level")


@pytest.mark.proves("INC-06")
@pytest.mark.parametrize(
    "text", ["I am confident in VA.", "This interaction increased my confidence in VA."]
)
def test_confidence_is_modified_and_a_measure_of_its_own(text: str) -> None:
    found = classify(text, "trust", FY2022)

    assert (found.kind, found.measures) == (WordingClass.MODIFIED, "confidence")


@pytest.mark.parametrize(
    ("text", "construct", "edits"),
    [
        ("This interaction has increased my trust in VA.", "trust", 1),
        ("This interaction increases my trust in VA.", "trust", 1),
        ("This visit increased my trust in VA.", "trust", 1),
        ("I was satisfied with the services I received from VA.", "satisfaction", 2),
        ("The employees I interacted with were helpful.", "employee", 1),
        ("My needs were addressed.", "effectiveness", 2),
        ("I understood what was being asked of me throughout the process.", "transparency", 1),
        ("Estoy satisfecha o satisfecho con el servicio que recibí de VA.", "satisfaction", 2),
    ],
)
def test_one_or_two_light_words_are_a_minor_edit(text: str, construct: str, edits: int) -> None:
    found = classify(text, construct, FY2022)

    assert (found.kind, found.edits) == (WordingClass.MINOR, edits)


@pytest.mark.parametrize(
    ("text", "construct"),
    [
        ("The visit today has increased our trust in VA.", "trust"),  # three light words
        ("This interaction did not increase my trust in VA.", "trust"),
        ("This interaction decreased my trust in VA.", "trust"),
        ("This interaction increased my confidence in VA.", "trust"),
        ("How likely are you to recommend VA?", "trust"),
        ("I trust VA to not fulfill our country’s commitment to Veterans.", "trust"),
        ("I trust VA to effectively administer my education benefits.", "trust"),
        ("I am not satisfied with the service I received from VA.", "satisfaction"),
        ("I am dissatisfied with the service I received from VA.", "satisfaction"),
        ("I was not treated fairly.", "equity"),
        ("I was treated unfairly.", "equity"),
        ("The employees I interacted with were not helpful.", "employee"),
        ("It was hard to complete what I needed to do.", "ease"),
        ("My need was addressed. It was easy to complete what I needed to do.", "ease"),
    ],
)
def test_a_changed_meaning_is_never_a_minor_edit(text: str, construct: str) -> None:
    assert classify(text, construct, FY2022).kind is WordingClass.MODIFIED


def test_a_driver_statement_that_ends_in_the_services_name_is_slot_filled() -> None:
    text = "It was easy to complete what I needed to do with the Boat Permits."

    with_name = classify(text, "ease", FY2022, ("Boat Permits",))
    without = classify(text, "ease", FY2022)

    assert (with_name.kind, with_name.statement) == (WordingClass.SLOT_FILLED, "EA1")
    assert without.kind is WordingClass.MODIFIED


@pytest.mark.parametrize("junk", ["", " ", "NONE", "N/A", "?", "[]", "<", "\x00", "x " * 1000])
def test_junk_is_modified_and_never_an_error(junk: str) -> None:
    assert base_statement(junk, FY2022).kind is WordingClass.MODIFIED


@given(st.text(max_size=400))
def test_any_text_gets_one_class_and_the_same_one_again(text: str) -> None:
    first = base_statement(text, FY2022)

    assert base_statement(text, FY2022) == first
    assert (first.statement == "") == (first.kind is WordingClass.MODIFIED)


@given(st.sampled_from(FY2022.statements), st.data())
def test_a_word_that_is_not_light_can_never_be_slipped_in(
    statement: Statement, data: st.DataObject
) -> None:
    words = re.sub(r"\[[^]]*\]", "VA", statement.text).split()
    heavy = data.draw(st.sampled_from(["not", "never", "confidence", "recommend", "likely", "no"]))
    place = data.draw(st.integers(0, len(words)))

    text = " ".join([*words[:place], heavy, *words[place:]])

    assert not is_light(heavy)
    assert classify(text, statement.construct, FY2022).kind is WordingClass.MODIFIED


@given(st.text(alphabet="[]<>ab ", max_size=30))
def test_looking_for_an_open_slot_is_safe_on_any_text(text: str) -> None:
    assert has_unfilled_slot(text) in {True, False}


@pytest.mark.realdata
def test_two_thousand_real_questions_are_read_and_some_are_exact(real_data: Path) -> None:
    with (real_data / "hisp" / "merged_fy2021.csv").open(encoding="utf-8-sig") as file:
        texts = [row[f"attributes_q{n}_text"] for row in csv.DictReader(file) for n in range(1, 12)]

    kinds = [base_statement(each, FY2022).kind for each in texts]

    assert len(texts) == 2068
    assert kinds.count(WordingClass.EXACT) > 300
