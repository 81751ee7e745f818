"""What a plan expects of people: hours, invitations a person, months, and when it is too much."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.surveys.rules.burden_plan import Effort, Expected, fatigue, loads_of
from cx280.surveys.rules.seasons import MONTHS, months_asking, months_said

OCTOBER = date(2025, 10, 1)
ALL_YEAR = frozenset(range(1, 13))
SHARES = st.floats(0, 1)


def an_effort(title: str = "Ours", group: str = "Boats", **fields: object) -> Effort:
    usual = {"months": ALL_YEAR, "per_person": 1.0, "held": False}
    return Effort(title, group, **{**usual, **fields})  # type: ignore[arg-type]


def test_hours_are_people_times_rates_times_minutes() -> None:
    expected = Expected(people=12_000, invited=0.25, answering=0.1, minutes=4)

    assert expected.asked == 3_000
    assert expected.answers == 300
    assert expected.hours == 20
    assert not expected.is_most


def test_without_a_response_rate_hours_are_the_most_there_can_be() -> None:
    expected = Expected(people=600, invited=0.5, minutes=2)

    assert (expected.hours, expected.is_most) == (10, True)


def test_what_was_counted_says_more_than_the_plan() -> None:
    expected = Expected(people=600, invited=0.5, answering=0.5, minutes=3, counted=200)

    assert (expected.answers, expected.hours) == (200, 10)


@given(st.integers(1, 10**7), SHARES, SHARES, st.floats(0, 60))
def test_nobody_gives_more_hours_than_all_of_them_answering(
    people: int, invited: float, answering: float, minutes: float
) -> None:
    known = Expected(people, invited, answering, minutes)
    most = Expected(people, invited, None, minutes)

    assert known.hours is not None
    assert most.hours is not None
    assert 0 <= known.hours <= most.hours <= people * minutes / 60 + 1e-6


@given(st.sampled_from([Expected(), Expected(people=5), Expected(invited=0.5, minutes=2)]))
def test_what_nobody_knows_is_not_zero(expected: Expected) -> None:
    assert (expected.asked, expected.hours, expected.per_person) == (None, None, None)


@pytest.mark.proves("280.10-o3")
def test_more_invitations_than_the_contact_rules_allow_are_a_warning() -> None:
    efforts = [an_effort(per_person=3.0), an_effort("Theirs", per_person=2.5)]

    found = fatigue(loads_of(efforts, limit=4), MONTHS)

    assert [each.severity for each in found] == ["warn"]
    assert "5.5 times a year" in found[0].message
    assert "at most 4" in found[0].message
    assert "Ours, Theirs" in (found[0].fix or "")


@pytest.mark.proves("280.10-o3")
def test_surveys_that_the_rules_hold_together_never_ask_more_than_allowed() -> None:
    efforts = [an_effort(per_person=9.0, held=True), an_effort("Two", per_person=9.0, held=True)]

    assert loads_of(efforts, limit=4)[0].per_person == 4
    assert fatigue(loads_of(efforts, limit=4), MONTHS) == []


def test_a_collection_of_the_whole_agency_meets_every_group() -> None:
    efforts = [an_effort(), an_effort("Trails", "Trails"), an_effort("Panel", "", per_person=0.1)]

    loads = {each.group: each for each in loads_of(efforts, limit=0)}

    assert loads["Boats"].titles == ("Ours", "Panel")
    assert loads["Trails"].per_person == pytest.approx(1.1)
    assert not loads["Boats"].is_too_much  # no limit


def test_collections_that_no_rule_holds_meet_in_some_months() -> None:
    efforts = [an_effort(months=frozenset({1, 2}), per_person=0.1),
               an_effort("B", months=frozenset({2, 3}), per_person=0.1)]  # fmt: skip

    load = loads_of(efforts, limit=4)[0]
    found = fatigue([load], MONTHS)

    assert load.together == (2,)
    assert "in February" in found[0].message
    assert "Customers of Boats" in found[0].message


def test_what_nobody_knows_is_named() -> None:
    load = loads_of([an_effort(per_person=None), an_effort("B")], limit=4)[0]

    assert load.unknown == ("Ours",)
    assert load.per_person == 1.0


@given(st.lists(st.floats(0, 3), max_size=6), st.integers(0, 6))
def test_a_load_is_never_less_without_a_limit(shares: list[float], limit: int) -> None:
    efforts = [an_effort(str(n), per_person=each, held=n % 2 == 0)
               for n, each in enumerate(shares)]  # fmt: skip
    if not efforts:
        return

    least, most = loads_of(efforts, limit)[0].per_person, loads_of(efforts, 0)[0].per_person

    assert least is not None
    assert most is not None
    assert least <= most + 1e-9


@pytest.mark.parametrize(
    ("words", "months"),
    [("Each January and July", (1, 7)), ("You may ask in May", (5,)), ("After each visit", ()),
     ("Every quarter", (1, 4, 7, 10)), ("", ())],
)  # fmt: skip
def test_months_are_read_from_words(words: str, months: tuple[int, ...]) -> None:
    assert months_said(words) == months


def test_a_collection_asks_between_its_first_and_last_day() -> None:
    found = months_asking((), "", date(2025, 12, 5), date(2026, 2, 1), OCTOBER)

    assert found == {12, 1, 2}
    assert months_asking((1,), "Each July", None, None, OCTOBER) == {1}
    assert months_asking((), "Each July", None, date(2026, 6, 30), OCTOBER) == frozenset()
    assert months_asking((), "", None, None, OCTOBER) == ALL_YEAR
