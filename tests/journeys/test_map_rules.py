"""Journeys change one step at a time, travel in files whole, and say what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.journeys.documents.drawing import pictures, whole
from cx280.journeys.documents.lanes import drawn
from cx280.journeys.documents.page import page_of
from cx280.journeys.rules.agencies import Owned, is_cross_agency, parts_of
from cx280.journeys.rules.changes import changed, differing
from cx280.journeys.rules.editing import added, removed, rewritten, shifted
from cx280.journeys.rules.evidence import (
    DropOff,
    Figure,
    StepEvidence,
    constructs_in,
    figure,
    headline,
    only,
)
from cx280.journeys.rules.files import Refused, read, to_json
from cx280.journeys.rules.record import MapRecord, StepRecord, faults_of
from cx280.kernel.problem import Conflict
from tests.journeys.maps import MAPS, PERMIT, a_long_map, sketched


def as_picture(record: MapRecord) -> str:
    steps = drawn(record, [""] * len(record.steps), [False] * len(record.steps))
    return whole(steps, record)


def as_page(record: MapRecord) -> str:
    steps = drawn(record, [""] * len(record.steps), [False] * len(record.steps))
    return page_of(record, steps)


@pytest.mark.proves("280.4-b1", "280.4-b2")
@pytest.mark.parametrize("written", [to_json, as_picture, as_page])
@settings(max_examples=25)
@given(record=MAPS)
def test_a_journey_travels_as_data_picture_and_page_and_nothing_is_lost(
    written: Callable[[MapRecord], str], record: MapRecord
) -> None:
    assert faults_of(record) == []
    assert read(written(record)) == record


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"feeling": "bad"}, "Step 2, how it feels", "Write a whole number here, not a text."),
        ({"colour": "red"}, "Step 2", "There is no field “colour”."),
        ({"channel": "pigeon"}, "Step 2, channel", "“pigeon” is none of"),
        ({"name": " "}, "Step 2, name", "Write something here."),
        ({"feeling": 1}, "Step 2, who says so", "Say who says how it feels"),
        ({"feeling": 7, "source": "x"}, "Step 2, how it feels", "from -2 (very bad) to 2"),
        ({"thinks": "\ud800"}, "Step 2, what the customer thinks", "cannot be stored"),
        ({"policy": "x" * 5000}, "Step 2, policy", "at most 4,000 characters"),
        ({"systems": ["a", "a"]}, "Step 2, systems", "named twice"),
        ({"flow_step": "pay"}, "Step 2, flow", "Name the flow"),
    ],
)
def test_a_bad_file_is_refused_by_field_in_words(
    change: dict[str, object], field: str, words: str
) -> None:
    steps = [{"name": "Buys", "stage": "start"}, {"name": "Applies", **change}]
    text = json.dumps({"format": "cx280 journey 1", "name": "Permit", "steps": steps})

    with pytest.raises(Refused) as refused:
        read(text)

    assert any(f.field.startswith(field) and words in f.words for f in refused.value.faults)


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"name": "x"}', "<html></html>", "[" * 9999])
def test_what_is_no_journey_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


@given(st.data())
def test_a_move_keeps_every_step_and_the_order_of_the_others(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    before = sketched(*(f"Step {n}" for n in range(size)))
    key = data.draw(st.sampled_from([each for each in before.keys if each]))
    places = data.draw(st.integers(-9, 9))

    after = shifted(before, key, places)

    assert sorted(map(str, after.keys)) == sorted(map(str, before.keys))
    rest = [each for each in before.keys if each != key]
    assert [each for each in after.keys if each != key] == rest
    assert all(after.step(each) == before.step(each) for each in before.keys if each)
    moved = [] if after == before else [f"Moved “{before.step(key).name}”"]
    said = changed(before, after)
    assert len(said) == len(moved)  # neighbours that change places are one move, whoever moved


def test_a_step_goes_before_the_outcome_and_after_the_one_named() -> None:
    ends = replace(
        sketched("Buys", "Has"),
        record=MapRecord(name="x", steps=(StepRecord(name="Buys", stage="start"),
                                          StepRecord(name="Has", stage="end"))),
    )  # fmt: skip

    between = added(ends, StepRecord(name="Pays"))
    after = added(ends, StepRecord(name="Pays"), after=2)

    assert [each.name for each in between.record.steps] == ["Buys", "Pays", "Has"]
    assert [each.name for each in after.record.steps] == ["Buys", "Has", "Pays"]
    assert changed(ends, between) == ["Added “Pays” after “Buys”."]


def test_what_changed_is_said_step_by_step() -> None:
    before = sketched("Buys", "Asks", "Pays")
    asks = before.step(2)

    renamed = rewritten(before, 2, StepRecord(name="Calls", channel="phone"))

    assert changed(before, renamed) == ["Renamed “Asks” to “Calls”.", "Changed “Calls”: channel."]
    assert changed(before, removed(before, 1)) == ["Removed “Buys”."]
    assert changed(before, before) == []
    assert differing(asks, renamed.step(2)) == ["name", "channel"]
    with pytest.raises(Conflict):
        removed(removed(before, 1), 1)


@pytest.mark.proves("280.9-e3")
def test_a_journey_crosses_agencies_when_its_steps_have_owners_in_several() -> None:
    ours = Owned(1, "Department of Rivers", "Permits", "Boat permits")
    theirs = Owned(2, "Treasury", "Treasury", "Pay.gov")
    again = Owned(3, "Department of Rivers", "Desk", "Boat permits")

    parts = parts_of([ours, theirs, again])

    assert not is_cross_agency([ours, again])
    assert is_cross_agency([ours, theirs])
    assert [(each.agency, each.steps) for each in parts] == [
        ("Department of Rivers", (1, 3)), ("Treasury", (2,)),
    ]  # fmt: skip
    assert parts[0].services == ("Boat permits",)
    assert [each.said for each in parts] == ["1, 3", "2"]
    assert parts_of([replace(ours, number=n) for n in (1, 2, 3, 5)])[0].said == "1–3, 5"


def a_figure(**fields: Any) -> Figure:
    return Figure(
        **{
            "construct": "trust", "exact": "trust_level", "label": "trust", "text": "I trust.",
            "share": 0.8, "sure": "between 70 % and 90 %", "n": None, "quarter": "FY2022 Q3",
            "survey": "Permits", "address": "/measures/permits/", **fields,
        }
    )  # fmt: skip


def a_row(number: int = 1, **fields: Any) -> StepEvidence:
    return StepEvidence(
        **{
            "number": number, "key": number, "name": f"Step {number}", "channel": "",
            "is_moment": False, "surveys": 0, **fields,
        }
    )  # fmt: skip


@given(st.integers(0, 30))
def test_a_figure_of_too_few_shows_no_number_at_all(n: int) -> None:
    shown = figure(a_figure(), n, smallest=10)

    if 0 < n < 10:
        assert (shown.share, shown.n, shown.sure) == (None, None, "")
        assert not a_row(figures=(shown,)).has_evidence
    else:
        assert (shown.share, shown.n) == (0.8, n)


@pytest.mark.proves("280.7-j1")
def test_trust_is_filtered_by_exact_construct_and_never_averaged() -> None:
    level, change = a_figure(), a_figure(exact="trust_change", label="change", share=0.6)
    confidence = a_figure(exact="confidence", label="confidence", share=0.9)
    ease = a_figure(construct="ease", exact="ease", share=0.5)
    rows = [a_row(figures=(level, change, confidence, ease))]

    assert rows[0].trust == [level, change, confidence]
    assert [each for each, _ in constructs_in(rows)] == [
        "confidence",
        "trust_change",
        "trust_level",
    ]
    assert only(rows, "confidence")[0].figures == (confidence, ease)
    assert only(rows, "")[0].figures == rows[0].figures


@pytest.mark.proves("280.4-a3")
def test_the_headline_names_the_worst_drop_off_else_how_much_is_known() -> None:
    drop = DropOff(0.31, 1204, "", "", "Apply", "/")
    stops = a_row(2, drop_off=drop)

    assert headline([a_row(), stops]).startswith("31\xa0% of 1,204 visits stop before “Step 2”")
    assert headline([a_row(), a_row(2, figures=(a_figure(),))]) == (
        "Something is known of 1 of 2 steps"
    )
    assert headline([a_row()]) == "Nothing is known of any step yet"
    assert a_row(is_moment=True).is_unasked


def test_feelings_are_drawn_where_somebody_said_so_and_never_bridged() -> None:
    said = [StepRecord(name=f"Step {n}", feeling=feeling, source="x" if feeling else "")
            for n, feeling in enumerate([1, None, -2, -1])]  # fmt: skip
    record = MapRecord(name="Permit", steps=tuple(said))
    steps = drawn(record, [""] * 4, [False] * 4)

    wide, _, narrow = pictures(steps, "map", key="j", name="Permit")[0].drawings

    assert wide.count('stroke="#005ea2" stroke-width="2.5" data-part="line"') == 1
    assert wide.count("not asked") == 1
    assert "Feels: very bad" in narrow
    without = MapRecord(name="Permit", steps=(StepRecord(name="One"),))
    bare = pictures(drawn(without, [""], [False]), "map", key="j", name="Permit")[0].drawings[0]
    assert "Feels" not in bare


def test_a_long_journey_is_drawn_in_parts_of_eight() -> None:
    record = a_long_map()

    parts = pictures(drawn(record, [""] * 40, [False] * 40), "map", key="j", name=record.name)

    assert [each.label for each in parts][::4] == ["Steps 1 to 8", "Steps 33 to 40"]
    assert faults_of(record) == []
    assert faults_of(a_long_map(101))[0].words == "A journey has at most 100 steps."
    assert read(to_json(PERMIT)) == PERMIT
