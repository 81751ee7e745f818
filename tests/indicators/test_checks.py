"""Each finding of a plan, triggered by exactly what it names; and what an indicator may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cx280.indicators.checks import check
from cx280.indicators.rules.definition import binding_fault, what_changed
from cx280.indicators.rules.facts import IndicatorFacts, PlanFacts
from cx280.indicators.rules.measures import Measure
from cx280.indicators.rules.vocabulary import Kind
from cx280.kernel.finding import Severity

TRUST = IndicatorFacts("Trust", Kind.EXPERIENCE, "Boat permits", is_feedback=True,
                       is_service_level=False, in_plan=True, target=0.8)  # fmt: skip
WAIT = IndicatorFacts("Wait", Kind.OPERATIONAL, "Boat permits", is_feedback=False,
                      is_service_level=True, in_plan=True, target=20)  # fmt: skip
WHOLE = PlanFacts("Department of Rivers", 2024, [TRUST, WAIT], ["Boat permits"])


def rules(plan: PlanFacts) -> list[str]:
    return [each.rule for each in check(plan)]


@pytest.mark.proves("280.12-a1", "280.12-a2", "280.12-a3", "280.9-b1")
def test_a_whole_plan_has_nothing_to_mend() -> None:
    assert check(WHOLE) == []


@pytest.mark.proves("280.12-a1")
def test_a_plan_without_experience_is_told() -> None:
    effort_alone = replace(TRUST, kind=Kind.EFFORT)
    cost = replace(TRUST, kind=Kind.FINANCIAL)

    assert rules(replace(WHOLE, indicators=[effort_alone, WAIT])) == []
    assert rules(replace(WHOLE, indicators=[cost, WAIT], designated=[])) == ["280.12-a1"]
    assert check(replace(WHOLE, indicators=[], designated=[]))[0].severity is Severity.WARN


@pytest.mark.proves("280.12-a2")
def test_a_plan_without_feedback_is_told() -> None:
    silent = replace(TRUST, is_feedback=False)

    assert rules(replace(WHOLE, indicators=[silent, WAIT])) == ["280.12-a2"]


@pytest.mark.proves("280.12-a3")
def test_a_plan_without_a_service_level_is_told() -> None:
    counted = replace(WAIT, is_service_level=False)

    assert rules(replace(WHOLE, indicators=[TRUST, counted])) == ["280.12-a3"]


@pytest.mark.proves("280.12-a1")
def test_an_indicator_without_a_target_is_told() -> None:
    found = check(replace(WHOLE, indicators=[replace(TRUST, target=None), WAIT]))

    assert [(each.rule, each.where) for each in found] == [("280.12-a1", "indicators[0].target")]
    assert "“Trust” of Boat permits has no target for FY2024" in found[0].message


@pytest.mark.proves("280.9-b1")
def test_a_designated_service_wants_an_outcome_and_an_operation() -> None:
    two = replace(WHOLE, designated=["Boat permits", "Trail passes"])
    found = [each.message for each in check(two)]

    assert found == [
        "Trail passes has no indicator of what customers experience and no operational indicator.",
    ]
    assert rules(replace(WHOLE, indicators=[TRUST, replace(WAIT, service="")])) == ["280.9-b1"]


def test_what_does_not_stand_in_the_plan_does_not_count_for_it() -> None:
    assert "280.12-a1" in rules(replace(WHOLE, indicators=[replace(TRUST, in_plan=False), WAIT]))


@pytest.mark.proves("280.3-b2")
def test_there_are_five_kinds_and_experience_stands_first() -> None:
    assert [each.value for each in Kind] == [
        "experience", "equity", "effort", "operational", "financial",
    ]  # fmt: skip
    assert all(each.question and each.example for each in Kind)


@pytest.mark.proves("280.12-a2")
def test_what_customers_went_through_is_never_typed() -> None:
    trust = Measure("survey", "trust")

    for kind in (Kind.EXPERIENCE, Kind.EQUITY, Kind.EFFORT):
        assert "drawn from a measure" in binding_fault(kind, None, has_service=True)
        assert binding_fault(kind, trust, has_service=True) == ""
    assert binding_fault(Kind.OPERATIONAL, None, has_service=False) == ""
    assert binding_fault(Kind.FINANCIAL, trust, has_service=True)
    assert binding_fault(Kind.EXPERIENCE, trust, has_service=False)


def test_only_what_is_measured_makes_a_new_meaning() -> None:
    before = {"name": "Wait", "formula": "Median", "unit": "minutes"}

    assert what_changed(before, {**before, "name": "Waiting"}) == {}
    assert what_changed(before, {**before, "formula": "Mean"}) == {"formula": ("Median", "Mean")}
