"""Contact rules: nobody is asked too often, and no survey starves."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.contacts import (
    YEAR,
    ContactRules,
    opened_at,
    turn_of,
    why_not,
    winner,
)
from cx280.delivery.rules.people import is_due_for_change, may_be_destroyed, name_of
from cx280.delivery.rules.vocabulary import PersonKind, Reason

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ALONE = {"permits": 1}
RULES = ContactRules(quiet_days=30, most_per_year=4, patience_days=14)
moments = st.integers(0, 4 * 365 * 86_400).map(lambda each: NOON - 2 * YEAR + timedelta(0, each))


def judged(asked: list[datetime], at: datetime = NOON, **more: object) -> Reason | None:
    given = {"person": "p", "survey": "permits", "shares": ALONE, **more}
    return why_not(RULES, asked=asked, at=at, **given)  # type: ignore[arg-type]


@pytest.mark.proves("280.10-o3")
def test_a_second_invitation_inside_the_quiet_period_is_suppressed_to_the_second() -> None:
    assert judged([]) is None
    assert judged([NOON - 30 * DAY]) is None
    assert judged([NOON - 30 * DAY + timedelta(seconds=1)]) is Reason.QUIET


@pytest.mark.proves("280.10-o3")
def test_a_quiet_period_is_as_long_when_the_clocks_change() -> None:
    eastern = ZoneInfo("America/New_York")
    before = datetime(2022, 3, 1, 12, tzinfo=eastern)  # clocks go forward on March 13

    assert judged([before], before.astimezone(UTC) + 30 * DAY) is None
    assert judged([before], before.astimezone(UTC) + 30 * DAY - timedelta(minutes=1)) is not None


@pytest.mark.proves("280.10-o3")
def test_at_most_so_many_in_any_365_days() -> None:
    asked = [NOON - each * DAY for each in (364, 200, 100, 50)]

    assert judged(asked) is Reason.OFTEN
    assert judged(asked, NOON + DAY) is None


@given(st.lists(moments, max_size=8), moments)
@pytest.mark.proves("280.10-o3")
def test_whoever_may_be_asked_is_neither_in_a_quiet_period_nor_over_the_year(
    asked: list[datetime], at: datetime
) -> None:
    before = [each for each in asked if each <= at]

    if judged(before, at) is None:
        assert all(at - each >= 30 * DAY for each in before)
        assert sum(at - each < YEAR for each in before) < 4


@given(st.lists(moments, min_size=1, max_size=8))
def test_a_turn_opens_when_the_rules_permit_and_not_a_second_before(asked: list[datetime]) -> None:
    opened = opened_at(RULES, asked)

    assert judged(asked, opened) is None
    assert judged(asked, opened - timedelta(seconds=1)) in {Reason.QUIET, Reason.OFTEN}


@given(
    st.text(max_size=10),
    st.dictionaries(st.text(min_size=1, max_size=5), st.integers(1, 100), min_size=2, max_size=5),
)
def test_a_new_survey_takes_only_the_turns_it_wins(turn: str, shares: dict[str, int]) -> None:
    fewer = dict(list(shares.items())[:-1])

    assert winner(turn, shares) in {winner(turn, fewer), list(shares)[-1]}


def test_turns_fall_in_proportion_to_the_shares() -> None:
    won = Counter(winner(f"turn {i}", {"a": 5, "b": 3, "c": 2}) for i in range(20_000))

    assert [round(won[each] / 20_000, 2) for each in "abc"] == [0.5, 0.3, 0.2]


def test_a_turn_nobody_takes_is_open_to_all_when_the_patience_is_over() -> None:
    shares = {"daily": 1, "never": 1}
    kept = [
        p for p in map(str, range(40))
        if turn_of(RULES, person=p, shares=shares, asked=[NOON], at=NOON + 31 * DAY) == "never"
    ]  # fmt: skip

    assert kept
    for person in kept:
        later = NOON + 44 * DAY
        assert turn_of(RULES, person=person, shares=shares, asked=[NOON], at=later) is None


def test_a_survey_alone_waits_for_nobody() -> None:
    assert turn_of(RULES, person="p", shares=ALONE, asked=[], at=NOON) is None


@pytest.mark.proves("280.10-o3")
@pytest.mark.parametrize("shares", [{"daily": 1, "weekly": 1}, {"daily": 3, "weekly": 1},
                                    {"daily": 1, "weekly": 4}])  # fmt: skip
def test_a_weekly_and_a_daily_survey_keep_their_proportions_over_a_year(
    shares: dict[str, int],
) -> None:
    """Every person meets one survey each day and the other each Monday, both wanting to ask."""
    rules = ContactRules(quiet_days=30, most_per_year=0, patience_days=14)
    counts = year_of(rules, shares, people=400)

    planned = shares["daily"] / sum(shares.values())
    assert abs(counts["daily"] / counts.total() - planned) <= 0.02
    # Not bought with silence: people still are asked about as often as the rules permit.
    assert counts.total() > 400 * 365 / 30 * 0.8


def test_without_turns_the_weekly_survey_would_starve() -> None:
    """What the turns are for: the same year, first come, first served."""
    rules = ContactRules(quiet_days=30, most_per_year=0, patience_days=0)
    counts = year_of(rules, {"daily": 1, "weekly": 1}, people=400)

    assert counts["weekly"] / counts.total() < 0.2


def test_people_who_come_only_now_and_then_are_shared_fairly_too() -> None:
    """Each has some 50 days with the one and 20 Mondays with the other, at random."""
    rules = ContactRules(quiet_days=30, most_per_year=6, patience_days=14)
    shares = {"daily": 1, "weekly": 1}

    fair = year_of(rules, shares, people=800, daily=0.4, weekly=0.8)

    assert abs(fair["daily"] / fair.total() - 0.5) <= 0.05


def year_of(
    rules: ContactRules, shares: dict[str, int], *, people: int, daily: float = 1, weekly: float = 1
) -> Counter[str]:
    """Who was asked for which survey, in a year of days; chances are those of meeting a person."""
    dice, counts = random.Random(280), Counter[str]()
    asked: dict[int, list[datetime]] = {each: [] for each in range(people)}
    for day in range(365):
        now = NOON + day * DAY
        met = [("daily", daily)] + ([("weekly", weekly)] if now.weekday() == 0 else [])
        dice.shuffle(met)
        for person, before in asked.items():
            for survey, chance in met:
                if dice.random() < chance and why_not(
                    rules, person=f"{person}", survey=survey, shares=shares, asked=before, at=now
                ) is None:  # fmt: skip
                    before.append(now)
                    counts[survey] += 1
    return counts


def test_a_person_is_known_again_under_one_secret_and_not_under_another() -> None:
    known = name_of(b"a" * 32, PersonKind.PERSON, "Ana@Example.gov ")

    assert known == name_of(b"a" * 32, PersonKind.PERSON, "ana@example.gov")
    assert known != name_of(b"b" * 32, PersonKind.PERSON, "ana@example.gov")
    assert known != name_of(b"a" * 32, PersonKind.DEVICE, "ana@example.gov")
    assert "ana" not in known


@given(st.integers(1, 800))
def test_a_secret_lives_as_long_as_the_longest_rule_needs_and_no_longer(days: int) -> None:
    there = NOON + timedelta(days=days)

    assert is_due_for_change(NOON, days, there)
    assert not is_due_for_change(NOON, days, there - timedelta(seconds=1))
    assert may_be_destroyed(NOON, days, there)
    assert not may_be_destroyed(NOON, days, there - timedelta(seconds=1))
