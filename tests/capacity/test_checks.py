"""Each check finds its fault and nothing else; a whole assessment has none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.capacity.checks import check
from cx280.capacity.rules.facts import Answered, AssessmentFacts
from cx280.kernel.finding import errors
from tests.capacity.facts import REFLECTION, an_improvement, level, template, whole, without


def found(facts: AssessmentFacts) -> list[tuple[str, str]]:
    return [(each.rule, each.severity.value) for each in check(facts)]


def changed(*answers: Answered) -> AssessmentFacts:
    facts = whole()
    return replace(facts, answers={**facts.answers, **{each.code: each for each in answers}})


@pytest.mark.proves("280.17-a1", "280.9-f1")
def test_a_whole_assessment_has_no_finding() -> None:
    assert found(whole()) == []
    assert found(whole(REFLECTION, improvements=[], mindset={}, idea_report=[])) == []


@pytest.mark.proves("280.17-a1")
def test_a_function_needs_a_level_that_counts_and_words() -> None:
    facts = whole()
    practices = [each.code for each in template().functions[0].practices]

    no_words = replace(facts, answers=without(facts, "measurement"))
    no_level = replace(facts, answers=without(facts, *practices))
    silent = changed(*(Answered(each, "not_evidenced") for each in practices))

    for faulty in (no_words, no_level, silent):
        assert [(each.rule, each.where) for each in errors(check(faulty))] == [
            ("280.17-a1", "measurement")
        ]


@pytest.mark.proves("280.9-g1")
def test_a_reflection_is_lighter() -> None:
    facts = whole(REFLECTION, improvements=[], mindset={}, idea_report=[])

    empty = replace(facts, answers={})

    assert set(found(empty)) == {("280.9-g1", "warn")}
    assert errors(check(empty)) == []


@pytest.mark.proves("280.17-b1", "280.17-b3", "280.17-d1", "280.17-d2", "280.17-d3", "280.17-e1")
@pytest.mark.parametrize(
    ("code", "rule"),
    [("organized", "280.17-b1"), ("accountability", "280.17-b3"), ("collected", "280.17-d1"),
     ("methods", "280.17-d2"), ("reported", "280.17-d3"), ("improving", "280.17-e1")],
)  # fmt: skip
def test_a_blank_component_stops_the_signature(code: str, rule: str) -> None:
    facts = whole()

    blank = replace(facts, answers=without(facts, code))

    assert found(blank) == [(rule, "error")]


@pytest.mark.proves("280.17-d1")
def test_what_cx280_knows_fills_a_component_only_once_it_is_confirmed() -> None:
    facts = whole()
    silent = replace(facts, answers=without(facts, "collected"))

    confirmed = changed(Answered("collected", "words", confirmed=True))

    assert found(silent) == [("280.17-d1", "error")]
    assert found(confirmed) == []
    assert found(replace(confirmed, known={})) == [("280.17-d1", "error")]


@pytest.mark.proves("280.9-c1", "280.17-b2")
def test_a_vacant_role_warns() -> None:
    assert found(whole(vacant=["Agency CX lead"])) == [("280.9-c1", "warn")]


@pytest.mark.proves("280.17-c2")
def test_there_is_a_step_to_maturity_or_a_word_why_there_is_none() -> None:
    other = an_improvement(matures=False)

    assert found(whole(improvements=[other])) == [("280.17-c2", "error")]
    assert found(whole(improvements=[other], no_initiative="We begin next year.")) == []


@pytest.mark.proves("280.17-e2")
def test_each_initiative_says_whether_human_centered_design_is_used() -> None:
    unsaid = an_improvement(human_centered="")
    unshown = an_improvement(evidence=[])

    assert found(whole(improvements=[an_improvement(), unsaid])) == [("280.17-e2", "error")]
    assert found(whole(improvements=[unshown])) == [("280.17-e2", "warn")]
    assert found(whole(improvements=[an_improvement(human_centered="no", evidence=[])])) == []


@pytest.mark.proves("280.17-e3")
def test_an_initiative_is_tied_to_idea() -> None:
    assert found(whole(improvements=[an_improvement(idea="")], idea_report=[])) == [
        ("280.17-e3", "warn")
    ]


@pytest.mark.proves("280.17-e5", "INC-32")
def test_what_stands_in_one_of_plan_and_report_is_told_both_ways() -> None:
    facts = whole(idea_report=["ONLINE  permits", "Campsite forms"])
    both = whole(idea_report=["Campsite forms"])

    assert [each.message for each in check(facts)] == [
        "“Campsite forms” stands in the IDEA report and not in the Action Plan."
    ]
    assert {each.rule for each in check(both)} == {"280.17-e5"}
    assert len(check(both)) == 2
    assert found(replace(both, template=replace(both.template, idea_report=False))) == []


@pytest.mark.proves("280.9-c4")
def test_actions_that_serve_nothing_are_listed() -> None:
    orphan = an_improvement(words="Answer every call", serves="")

    (warning,) = check(whole(improvements=[an_improvement(), orphan]))

    assert (warning.rule, warning.severity.value) == ("280.9-c4", "warn")
    assert "“Answer every call”" in warning.message


@pytest.mark.proves("280.9-b3")
def test_a_quarter_without_a_review_warns() -> None:
    assert found(whole(unreviewed=["FY2023 Q1"])) == [("280.9-b3", "warn")]


@pytest.mark.proves("280.9-d2")
def test_each_of_the_three_practices_is_answered() -> None:
    assert found(whole(mindset={"training": "yes"})) == [("280.9-d2", "warn")] * 2


@pytest.mark.proves("280.9-f3", "280.9-f1")
def test_a_level_without_evidence_warns_and_not_evidenced_does_not() -> None:
    unshown = changed(level("technology", 2, shown=False))

    assert found(unshown) == [("280.9-f3", "warn")]
    assert found(changed(level("approach", 3, shown=False))) == [("280.9-f1", "warn")]
    assert found(changed(Answered("technology", "not_evidenced"))) == []
    assert found(changed(level("technology", 0, shown=False))) == []


@pytest.mark.proves("280.9-g1")
def test_unanswered_practices_are_named() -> None:
    facts = whole()

    (info,) = check(replace(facts, answers=without(facts, "sharing")))

    assert info.severity.value == "info"
    assert "Lessons are shared" in info.message


@pytest.mark.proves("280.17-a1")
@given(st.sets(st.sampled_from([each.code for each in template().functions])))
def test_every_function_left_out_is_an_error_of_its_own(left_out: set[str]) -> None:
    facts = whole()

    stopping = errors(check(replace(facts, answers=without(facts, *left_out))))

    assert {each.where for each in stopping} == left_out
