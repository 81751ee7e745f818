"""Templates, levels, years, the grid, what is shared, what comes first."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.capacity.rules.backlog import Modernized, in_order
from cx280.capacity.rules.content import content_of, readable, rows_of
from cx280.capacity.rules.coverage import Presence, grid
from cx280.capacity.rules.facts import Answered
from cx280.capacity.rules.levels import function_level, level_from, levels_of
from cx280.capacity.rules.shapes import SHAPES, share_with_evidence, totals
from cx280.capacity.rules.sharing import why_not_shared
from cx280.capacity.rules.stages import NotNow, after
from cx280.capacity.rules.templates import read_template, template_of
from cx280.capacity.rules.vocabulary import Kind, Move, Register, Stage
from cx280.capacity.rules.years import year_on_year
from cx280.kernel.problem import Unusable
from tests.capacity.facts import ASSESSMENT, DOCUMENTS, level, template, whole, without

FUNCTIONS = ["measurement", "governance", "culture", "understanding", "improvement"]


@pytest.mark.proves("INC-16", "280.17-c1")
def test_the_shipped_templates_say_that_they_are_not_ombs() -> None:
    for document in DOCUMENTS:
        assert document["official"] is False
        assert "Made by this project" in document["notice"]
        assert [each["code"] for each in document["functions"]] == FUNCTIONS


@pytest.mark.proves("INC-17")
def test_each_function_is_told_about_and_both_axes_agree() -> None:
    asked = template()
    said = {each.code: set(each.functions) for each in asked.components}

    assert said == {
        "organization": {"governance", "culture"},
        "maturity": set(FUNCTIONS),
        "data": {"measurement", "understanding"},
        "delivery": {"improvement"},
    }
    for function in FUNCTIONS:
        told = {each.code for each in asked.components_of(function)}
        assert told == {code for code, functions in said.items() if function in functions}


@pytest.mark.proves("280.17-g1", "280.9-fn4")
def test_what_a_template_holds_beyond_is_kept() -> None:
    document = deepcopy(ASSESSMENT)
    document["omb_number"] = "0348-0000"
    document["functions"][0]["practices"][0]["weight"] = 3

    found = template_of(document)

    assert found.more == {"omb_number": "0348-0000"}
    assert found.practices[0].more == {"weight": 3}
    kept = content_of(replace(whole(), template=found), document)["template"]
    assert kept["omb_number"] == "0348-0000"


@pytest.mark.proves("280.9-fn4", "INC-18")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda each: each.pop("source"), "source"),
        (lambda each: each.update(notice=""), "does not say so"),
        (lambda each: each.update(rule="best"), "none of"),
        (lambda each: each["functions"].pop(), "unknown function"),
        (lambda each: each["functions"][0]["practices"][0]["levels"].pop(), "each of its levels"),
        (lambda each: each["functions"][0]["practices"][0].update(code="leaders"), "twice"),
        (lambda each: each.update(functions=[], components=[]), "no function"),
    ],
)  # fmt: skip
def test_a_document_that_is_no_template_is_refused(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    document = deepcopy(ASSESSMENT)
    change(document)

    with pytest.raises(Unusable, match=said):
        template_of(document)
    with pytest.raises(Unusable, match="no TOML"):
        read_template("= nothing")


@pytest.mark.proves("280.17-c1")
@given(st.lists(st.integers(0, 3), min_size=1, max_size=9))
def test_more_than_half_of_the_practices_reach_the_level_and_not_the_next(
    levels: list[int],
) -> None:
    found = level_from(levels, "most")

    assert found is not None
    assert sum(each >= found for each in levels) * 2 > len(levels)
    assert sum(each > found for each in levels) * 2 <= len(levels)
    assert level_from(levels, "lowest") == min(levels)


@pytest.mark.proves("280.17-c1", "280.9-a1")
def test_not_evidenced_is_never_zero() -> None:
    facts, function = whole(), template().functions[0]
    codes = [each.code for each in function.practices]
    silent = {each: Answered(each, "not_evidenced") for each in codes}
    unshown = {each: level(each, 3, shown=False) for each in codes}
    zero = {each: level(each, 0, shown=False) for each in codes}

    assert function_level(replace(facts, answers=silent), function).level is None
    assert function_level(replace(facts, answers=unshown), function).not_evidenced == 4
    assert function_level(replace(facts, answers=zero), function).level == 0
    assert function_level(replace(facts, answers={}), function).unanswered == 4
    assert level_from([], "most") is None


@pytest.mark.proves("280.8-b6")
def test_change_is_shown_within_one_template_version_only() -> None:
    now, next_version = whole(), deepcopy(ASSESSMENT)
    higher = {each: level(each, 3) for each in ("measures", "telling", "using")}
    better = replace(now, answers={**now.answers, **higher})
    next_version["version"] = 2
    then = content_of(now, ASSESSMENT)

    same = year_on_year(then, content_of(better, ASSESSMENT))
    other = year_on_year(then, content_of(better, next_version))

    assert [each.words for each in same.changes] == ["up 1 level", *["no change"] * 4]
    assert other.changes == ()
    assert "version 1" in other.why_not
    assert "version 2" in other.why_not
    assert "no signed one" in year_on_year(None, then).why_not


@pytest.mark.proves("280.13-b8", "280.17-c1", "280.17-b2", "280.17-e1")
def test_the_content_holds_all_it_is_read_by() -> None:
    facts = whole(vacant=["Agency CX lead"])
    facts = replace(facts, answers=without(facts, "telling"))

    found = content_of(facts, ASSESSMENT)

    measurement = found["functions"][0]
    assert found["template"] == ASSESSMENT
    assert found["vacant_roles"] == ["Agency CX lead"]
    assert len(found["improvements"]) == len(facts.improvements)
    assert measurement["level"] == levels_of(facts)[0].level == 2
    assert measurement["practices"][1]["said"] == "not answered"
    assert readable(found)["functions"][0]["practices"][0]["on"].year == 2023
    rows = list(rows_of(found))
    assert {len(each) for each in rows} == {10}
    assert len(rows) == 5 + 21 + 9 + 1


@pytest.mark.proves("280.9-a1")
@given(
    st.lists(
        st.builds(
            Presence,
            level=st.sampled_from(["bureau", "service_center"]),
            unit=st.sampled_from("abc"),
            function=st.sampled_from(FUNCTIONS),
            answer=st.sampled_from(["yes", "partly", "no"]),
        )
    )
)
def test_the_grid_has_five_functions_at_four_levels_and_counts_each_unit_once(
    said: list[Presence],
) -> None:
    found = grid(FUNCTIONS, {"bureau": 3, "service_center": 3}, said)

    cells = [cell for row in found.values() for cell in row.values()]
    assert len(cells) == 20
    assert sum(each.evidenced for each in cells) == len(
        {(each.level, each.unit, each.function) for each in said}
    )
    assert all(each.words == "not evidenced" for each in cells if each.units and not each.evidenced)
    assert found["program_office"]["culture"].words == "no unit at this level"


@pytest.mark.proves("280.9-f4")
@pytest.mark.parametrize(
    ("words", "release", "fits"),
    [
        ("People read a text message sooner than a letter", None, True),
        ("38 % more people finished", None, False),
        ("n = 412 said so", None, False),
        ("38 % more people finished", 7, True),
        ("38 % more people finished", 8, False),
        ("One wrote “I waited three weeks for nothing”", 7, False),
    ],
)
def test_a_lesson_with_a_figure_names_the_published_release_it_comes_from(
    words: str, release: int | None, fits: bool
) -> None:
    assert (why_not_shared("Say it early", words, release, {7}) == "") is fits


@pytest.mark.proves("280.17-e4")
def test_high_impact_services_come_first_at_the_same_score() -> None:
    items = [
        Modernized("A", Decimal(50), False),
        Modernized("B", Decimal(50), True),
        Modernized("C", Decimal(80), False),
        Modernized("D", None, True),
    ]

    assert [each.name for each in in_order(items)] == ["C", "B", "A", "D"]


@pytest.mark.proves("280.9-c2", "280.9-d1", "280.9-c3")
def test_amounts_add_up_and_decisions_are_counted_by_their_evidence() -> None:
    rows = [("staff", Decimal("2.5")), ("staff", Decimal(3)), ("hire", None)]

    assert totals(rows) == {"staff": Decimal("5.5")}
    assert share_with_evidence(["412 people said so", " ", ""]) == (1, 3)


@pytest.mark.proves("280.9-d2")
def test_every_register_has_a_shape_and_refuses_what_is_blank() -> None:
    assert set(SHAPES) == set(Register)
    for shape in SHAPES.values():
        assert shape.required <= set(shape.asked)
        with pytest.raises(Unusable) as refused:
            shape.check({})
        assert refused.value.field in shape.required


@pytest.mark.proves("280.13-b2")
def test_a_reflection_ends_at_its_signature() -> None:
    assert after(Kind.ASSESSMENT, Stage.SIGNED, Move.SUBMIT) is Stage.SUBMITTED
    assert after(Kind.REFLECTION, Stage.DRAFT, Move.SIGN) is Stage.SIGNED
    with pytest.raises(NotNow):
        after(Kind.REFLECTION, Stage.SIGNED, Move.SUBMIT)
    with pytest.raises(NotNow):
        after(Kind.ASSESSMENT, Stage.DRAFT, Move.SUBMIT)
