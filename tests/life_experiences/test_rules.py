"""What a life experience lacks; milestones on their day; figures never mixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.finding import Severity
from cx280.kernel.quarter import Quarter
from cx280.life_experiences.checks import check
from cx280.life_experiences.rules.facts import ExperienceFacts
from cx280.life_experiences.rules.joined import Side, joined
from cx280.life_experiences.rules.milestones import next_of, standing_of
from cx280.life_experiences.rules.vocabulary import Level, Progress
from cx280.measures.rules.comparability import read_key
from cx280.measures.rules.scores import share_of

DAY = date(2023, 3, 1)
OPEN = standing_of("One form", DAY, "planned", None, DAY)
WHOLE = ExperienceFacts(
    "Flood", "Rivers", is_designated=True, programs=["Grants", "Advice"], agencies=["Rivers"],
    levels=[Level.FEDERAL], charter="https://www.performance.gov/cx/projects/flood",
    milestones=[OPEN],
)  # fmt: skip
T1 = "transaction|trust_change|T1|exact|agree5|web|agency"
KEYS = [T1, T1.replace("web", "phone"), T1.replace("trust_change|T1", "trust_level|T2")]


def rules(facts: ExperienceFacts) -> list[str]:
    return [each.rule for each in check(facts)]


@pytest.mark.proves("280.13-c2", "280.13-c3", "280.13-c4")
def test_a_whole_one_lacks_nothing() -> None:
    assert check(WHOLE) == []


@pytest.mark.proves("280.13-c2")
def test_one_program_of_one_agency_at_one_level_is_told() -> None:
    alone = replace(WHOLE, programs=["Grants"])

    assert rules(alone) == ["280.13-c2"]
    assert check(alone)[0].severity is Severity.WARN
    assert rules(replace(alone, agencies=["Rivers", "Homes"])) == []
    assert rules(replace(alone, levels=[Level.FEDERAL, Level.STATE])) == []


@pytest.mark.proves("280.13-c3")
def test_one_that_nobody_leads_or_without_a_next_milestone_is_told() -> None:
    done = standing_of("One form", DAY, "done", DAY, DAY)

    assert rules(replace(WHOLE, lead="")) == ["280.13-c3"]
    assert [each.where for each in check(replace(WHOLE, milestones=[done]))] == ["milestones"]


@pytest.mark.proves("280.13-c4")
def test_a_designated_one_without_a_charter_is_told_and_a_draft_is_not() -> None:
    assert rules(replace(WHOLE, charter="")) == ["280.13-c4"]
    assert rules(replace(WHOLE, charter="", lead="", milestones=[], is_designated=False)) == []


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(-200, 200), st.sampled_from(list(Progress))), max_size=6))
@pytest.mark.proves("280.13-c3")
def test_the_next_milestone_is_the_first_that_is_open(
    days: list[tuple[int, Progress]],
) -> None:
    found = [
        standing_of("m", DAY + timedelta(days=each), word,
                    DAY if word is Progress.DONE else None, DAY)
        for each, word in days
    ]  # fmt: skip
    still = [each for each in found if each.progress in {Progress.PLANNED, Progress.UNDERWAY}]

    following = next_of(found)

    assert (following is None) == (not still)
    if following is not None:
        assert following.due == min(each.due for each in still)
        assert following.late == (following.due < DAY)


def a_side(number: int, key: str, successes: int, n: int) -> Side:
    return Side(f"Service {number}", f"s{number}", "Rivers", Quarter(2023, 1), read_key(key),
                share_of(successes, n), "Trust?", "Release 1")  # fmt: skip


SIDES = st.lists(
    st.tuples(st.sampled_from(KEYS), st.integers(0, 300), st.integers(0, 300)), max_size=7
).map(
    lambda rows: [
        a_side(at, key, min(one, other), max(one, other))
        for at, (key, one, other) in enumerate(rows)
    ]
)


@settings(max_examples=60)
@given(SIDES)
@pytest.mark.proves("280.4-d2", "INC-05")
def test_every_figure_stands_once_as_it_is_among_its_likes_or_alone_with_a_reason(
    sides: list[Side],
) -> None:
    found = joined("trust", sides)

    shown = [each for group in found.groups for each in group.sides]
    shown += [each for each, _ in found.alone]
    assert sorted(shown, key=lambda each: each.code) == sides
    for group in found.groups:
        assert len(group.sides) > 1
        assert {each.key for each in group.sides} == {group.key}
    assert all(why for _, why in found.alone)
    keys = [group.key for group in found.groups] + [each.key for each, _ in found.alone]
    assert len(keys) == len(set(keys))
