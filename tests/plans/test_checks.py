"""Each finding of an Action Plan is raised by exactly what it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cx280.issued.rules import digest_of
from cx280.kernel.finding import Severity
from cx280.plans.checks import check
from cx280.plans.rules.content import content_of
from cx280.plans.rules.facts import PlanFacts
from cx280.plans.rules.progress import Reading, progress
from tests.plans.facts import GOOD, a_plan


def test_a_good_plan_has_no_findings() -> None:
    assert check(a_plan()) == []


@pytest.mark.proves("280.14-e2", "280.17-f1", "280.17-f2", "280.17-e2", "280.17-e3", "280.13-b7")
@pytest.mark.parametrize(
    ("spoiled", "rule", "severity", "says"),
    [
        ({"service": "Another"}, "280.14-e2", Severity.ERROR, "Nothing is planned for Boat"),
        ({"status": "stopped"}, "280.14-e2", Severity.ERROR, "Nothing is planned for Boat"),
        ({"change": "Improve website"}, "280.17-f1", Severity.ERROR, "what will change"),
        ({"pain_point": ""}, "280.17-f2", Severity.ERROR, "answers no pain point"),
        ({"evidence": ()}, "280.17-f2", Severity.ERROR, "Nothing shows"),
        ({"owner": " "}, "280.17-f1", Severity.ERROR, "Nobody answers"),
        ({"ends_on": None}, "280.17-f1", Severity.ERROR, "when it begins and ends"),
        ({"ends_on": date(2024, 10, 1)}, "280.17-f1", Severity.WARN, "does not end in FY2024"),
        ({"measure": ""}, "280.17-f1", Severity.ERROR, "names no measure"),
        ({"baseline": None}, "280.17-f1", Severity.ERROR, "has no baseline"),
        ({"target": None}, "280.17-f1", Severity.ERROR, "has no target"),
        ({"target": 0.7}, "280.17-f1", Severity.ERROR, "aims at what is reached"),
        ({"human_centered": ""}, "280.17-e2", Severity.ERROR, "human-centered design"),
        ({"idea": ""}, "280.17-e3", Severity.WARN, "modernization under IDEA"),
    ],
)
def test_one_fault_raises_exactly_one_finding(
    spoiled: dict[str, Any], rule: str, severity: Severity, says: str
) -> None:
    (found,) = check(a_plan(**spoiled))

    assert (found.rule, found.severity) == (rule, severity)
    assert says in found.message
    assert found.fix


def test_an_idea_initiative_under_one_action_is_enough() -> None:
    plan = PlanFacts("P", 2023, ("Boat permits",), (GOOD, replace(GOOD, number=2, idea="")))

    assert check(plan) == []


@pytest.mark.proves("280.17-f3")
def test_the_public_content_holds_no_stopped_action_and_its_digest_tells_any_change() -> None:
    stopped = replace(GOOD, number=2, change="What was given up after all", status="stopped")
    plan = PlanFacts("P", 2023, ("Boat permits",), (GOOD, stopped))

    content = content_of(plan, "Why")

    assert [each["change"] for each in content["actions"]] == [GOOD.change]
    assert content["budget_year"] == "FY2024"
    assert digest_of(content) == digest_of(content_of(plan, "Why"))
    assert digest_of(content) != digest_of(content_of(plan, "why"))


SHARES = some.floats(0, 1)


@pytest.mark.proves("280.17-f1")
@given(SHARES, SHARES, SHARES, SHARES, SHARES)
def test_a_target_is_reached_only_when_the_whole_interval_is_beyond_it(
    baseline: float, target: float, a: float, b: float, c: float
) -> None:
    low, value, high = sorted((a, b, c))

    found = progress(baseline, target, Reading(value, low, high, 100, "FY2023 Q1"))

    if baseline == target:
        assert found.part is None
    else:
        inside = low >= target if target > baseline else high <= target
        assert found.reached == inside
        assert found.part is not None


def test_progress_is_said_with_how_sure_we_are() -> None:
    def said(value: float | None, low: float, high: float) -> str:
        return progress(0.7, 0.75, Reading(value, low, high, 400, "", why="Too few.")).words

    assert said(0.78, 0.76, 0.80) == "Target reached: +8.0 of +5.0 points."
    assert said(0.76, 0.73, 0.79) == "At the target, and not yet sure of it: +6.0 of +5.0 points."
    assert said(0.72, 0.69, 0.75) == "No sure change yet: +2.0 of +5.0 points."
    assert said(0.66, 0.63, 0.69) == "Got worse: −4.0 of +5.0 points."
    assert said(None, 0, 0) == "Too few."
