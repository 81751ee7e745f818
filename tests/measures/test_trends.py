"""A line goes on while it means the same, and breaks with the reason where it does not."""

from dataclasses import replace

import pytest

from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import Key
from cx280.measures.rules.scores import share_of
from cx280.measures.rules.standing import Standing, standings
from cx280.measures.rules.trends import Asked, trend_of

T1 = Key("transaction", "trust_change", "T1", "slot-filled", "agree5", "web")
T2 = replace(T1, construct="trust_level", statement="T2")
Q1, Q2, Q3 = Quarter(2022, 1), Quarter(2022, 2), Quarter(2022, 3)
GOOD, POOR = {"5": 80, "2": 20}, {"5": 70, "2": 30}


@pytest.mark.proves("INC-05")
def test_a_switch_from_change_to_level_breaks_the_line() -> None:
    trend = trend_of("trust", [Asked(Q1, T1, "a", POOR), Asked(Q2, T2, "b", GOOD)])

    assert [point.share.share for point in trend.points] == [0.7, 0.8]
    assert [(each.quarter, each.joined) for each in trend.breaks] == [(Q2, False)]
    assert "how much trust" in trend.breaks[0].reason
    assert trend.latest is not None
    assert trend.before(trend.latest) is None


def test_new_words_of_the_same_base_are_marked_and_joined() -> None:
    trend = trend_of("trust", [Asked(Q1, T1, "a", POOR), Asked(Q2, T1, "b", GOOD)])

    assert [(each.quarter, each.joined) for each in trend.breaks] == [(Q2, True)]
    assert trend.latest is not None
    assert trend.before(trend.latest) == trend.points[0]


def test_two_versions_that_ask_the_same_are_added_up() -> None:
    trend = trend_of("trust", [Asked(Q1, T1, "a", {"5": 6}), Asked(Q1, T1, "a", {"1": 2})])

    assert [point.share.n for point in trend.points] == [8]
    assert trend.points[0].mean is not None
    assert float(trend.points[0].mean.mean) == 4


def test_what_is_measured_otherwise_at_the_same_time_stands_apart() -> None:
    paper = replace(T1, mode="paper")
    trend = trend_of(
        "trust",
        [
            Asked(Q1, T1, "a", GOOD),
            Asked(Q1, paper, "a", {"5": 3}),
            Asked(Q2, T1, "a", GOOD),
            Asked(Q2, paper, "a", {"5": 3}),
        ],
    )

    assert [point.key for point in trend.points] == [T1, T1]
    assert [point.key for point in trend.apart] == [paper, paper]
    assert trend.breaks == ()


def test_the_line_follows_its_own_question_past_a_busier_one() -> None:
    paper = replace(T1, mode="paper")
    trend = trend_of(
        "trust",
        [
            Asked(Q1, paper, "a", {"5": 900}),
            Asked(Q1, T1, "a", {"5": 30}),
            Asked(Q2, T1, "a", GOOD),
        ],
    )

    assert [point.key for point in trend.points] == [T1, T1]


@pytest.mark.proves("280.8-b3")
def test_trust_and_satisfaction_are_two_series_never_averaged() -> None:
    satisfied = replace(T1, construct="satisfaction", statement="S2")
    trust = trend_of("trust", [Asked(Q1, T1, "a", GOOD)])
    satisfaction = trend_of("satisfaction", [Asked(Q1, satisfied, "b", POOR)])

    assert trust.points[0].share.share == 0.8
    assert satisfaction.points[0].share.share == 0.7


def test_quarters_without_answers_have_no_point() -> None:
    trend = trend_of("trust", [Asked(Q1, T1, "a", GOOD), Asked(Q2, T1, "a", {"5": 0})])

    assert [point.quarter for point in trend.points] == [Q1]
    assert trend.at(Q3) is None


def test_a_unit_stands_apart_only_when_chance_does_not_explain_it() -> None:
    shares = [share_of(70, 100), *(share_of(850, 1000) for _ in range(4)), share_of(8, 10)]

    assert standings(shares) == [
        Standing.BELOW,
        *[Standing.UNDECIDED] * 4,
        Standing.UNDECIDED,
    ]


def test_among_many_equal_units_none_is_singled_out() -> None:
    shares = [share_of(80 + (each % 5) - 2, 100) for each in range(40)]

    assert set(standings(shares)) == {Standing.UNDECIDED}


def test_an_office_stands_apart_in_a_running_quarter_only_by_the_stricter_test() -> None:
    shares = [share_of(26, 40), share_of(170, 200), share_of(165, 200)]

    assert standings(shares)[0] is Standing.BELOW
    assert standings(shares, watched=True)[0] is Standing.UNDECIDED
    assert standings([share_of(10, 40), *shares[1:]], watched=True)[0] is Standing.BELOW
