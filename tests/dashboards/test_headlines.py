"""Titles say what the intervals bear, and no more."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.dashboards.rules.headlines import drivers_title, how_sure, moved, title_of, units_title
from cx280.dashboards.rules.needs import Urgency, ending_clearance, falling_score, quarter_package
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.scores import Share, share_of
from cx280.stats.intervals import Verdict

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.proves("280.8-b1")
def test_a_rise_with_evidence_is_the_title() -> None:
    now = moved(share_of(840, 1000), share_of(780, 1000), Q1)

    assert title_of("Boat permits", "Trust", now) == f"Trust in Boat permits rose to 84{NBSP}%"
    assert how_sure(now, Q2) == (
        f"FY2022{NBSP}Q2: between 82{NBSP}% and 86{NBSP}%, from 1,000 answers; "
        f"up 6{NBSP}points since FY2022{NBSP}Q1 (between +3 and +9)."
    )


@pytest.mark.proves("280.8-b1")
def test_a_movement_that_chance_explains_is_called_no_evidence_of_change() -> None:
    now = moved(share_of(84, 100), share_of(80, 100), Q1)

    assert title_of("Boat permits", "Trust", now) == f"Trust in Boat permits is 84{NBSP}%"
    assert "no evidence of change since" in how_sure(now, Q2)


def test_a_change_over_a_year_is_told_when_the_quarter_brought_none() -> None:
    now = moved(share_of(840, 1000), share_of(835, 1000), Q1)
    year = moved(share_of(840, 1000), share_of(740, 1000), Q1.plus(-3))

    title = title_of("Boat permits", "Trust", now, year)

    assert title == f"Trust in Boat permits is 84{NBSP}%, up 10{NBSP}points in a year"


shares = st.integers(0, 500).flatmap(lambda n: st.integers(0, n).map(lambda k: share_of(k, n)))


@given(shares, shares)
def test_no_title_claims_a_change_without_evidence(before: Share, after: Share) -> None:
    now = moved(after, before, Q1)

    title = title_of("A", "Trust", now)

    assert ("rose" in title) == (now.verdict is Verdict.HIGHER)
    assert ("fell" in title) == (now.verdict is Verdict.LOWER)


def test_too_few_answers_have_no_figure_in_the_title() -> None:
    assert title_of("Grants", "Satisfaction", None) == (
        "Satisfaction with Grants: too few answers to show"
    )


def test_offices_are_named_only_when_they_stand_apart() -> None:
    assert units_title(["Portland"]) == "Portland is below the others"
    assert units_title(["Portland", "Boise"]) == "Portland and Boise are below the others"
    assert units_title([], ["Online"]) == "Online is above the others"
    assert units_title([]) == "No office stands apart from the others"
    assert units_title(["A", "B", "C", "D"]) == "4 offices are below the others"


def test_a_driver_is_lowest_only_when_its_interval_lies_below_all_others() -> None:
    low, high = share_of(700, 1000), share_of(900, 1000)

    assert drivers_title(["Ease", "Equity"], [low, high]) == "Ease gets the least agreement"
    assert drivers_title(["Ease", "Equity"], [share_of(70, 100), share_of(72, 100)]) == (
        "No driver clearly gets the least agreement"
    )
    assert drivers_title([], []) == "How people rated each driver"


def test_a_score_that_fell_with_evidence_needs_somebody() -> None:
    fell = moved(share_of(700, 1000), share_of(800, 1000), Q1)
    need = falling_score("Boat permits", "boat", "Trust", fell, Q2)

    assert need is not None
    assert need.what == f"Trust in Boat permits fell to 70{NBSP}%"
    assert (
        falling_score("Boat permits", "boat", "Trust", replace(fell, difference=None), Q2) is None
    )


def test_a_quarter_far_off_needs_nobody_and_a_late_one_comes_first() -> None:
    today = date(2022, 4, 1)

    assert quarter_package("A", 1, Q2, "draft", date(2022, 6, 29), today) is None
    late = quarter_package("A", 1, Q2, "draft", date(2022, 3, 29), today)
    returned = quarter_package("A", 1, Q2, "returned", date(2022, 6, 29), today)
    assert late is not None
    assert returned is not None
    assert (late.urgency, returned.urgency) == (Urgency.LATE, Urgency.LATE)
    assert "3 days ago" in late.evidence


@pytest.mark.parametrize(
    ("last", "words", "urgency"),
    [
        (date(2022, 4, 1), "today", Urgency.LATE),
        (date(2022, 4, 2), "tomorrow", Urgency.LATE),
        (date(2022, 6, 10), "in 70 days", Urgency.SOON),
        (date(2022, 3, 30), "lost its clearance", Urgency.LATE),
    ],
)
def test_an_ending_clearance_says_when(last: date, words: str, urgency: Urgency) -> None:
    need = ending_clearance("Permits", "permits", "1234-0001", last, date(2022, 4, 1))

    assert words in need.what
    assert need.urgency is urgency
