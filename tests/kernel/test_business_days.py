"""Federal business days agree with the law read day by day, and with an independent calendar."""

from calendar import monthrange
from datetime import date, timedelta

import holidays as independent
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.business_days import (
    business_day_on_or_before,
    holidays,
    is_business_day,
    last_business_day,
    previous_business_day,
)
from cx280.kernel.closings import CLOSINGS
from cx280.kernel.problem import Unusable

YEARS = range(2011, 2041)
DAYS = st.dates(min_value=date(2011, 1, 1), max_value=date(2040, 12, 31))


def _by_brute_force(day: date) -> bool:
    """Reads 5 U.S.C. 6103 for one day: no weekend, no holiday, no neighbour's shifted holiday."""
    if day.weekday() >= 5 or day in CLOSINGS:
        return False
    near = {0: [day, day - timedelta(days=1)], 4: [day, day + timedelta(days=1)]}
    return not any(_is_legal_holiday(each) for each in near.get(day.weekday(), [day]))


def _is_legal_holiday(day: date) -> bool:
    week = (day.day - 1) // 7 + 1
    is_last_week = day.day + 7 > monthrange(day.year, day.month)[1]
    fixed = {(1, 1), (7, 4), (11, 11), (12, 25)} | ({(6, 19)} if day.year >= 2021 else set())
    if (day.month, day.day) in fixed:
        return True
    if day.weekday() == 0:
        return (day.month, week) in {(1, 3), (2, 3), (9, 1), (10, 2)} or (
            day.month == 5 and is_last_week
        )
    return day.weekday() == 3 and (day.month, week) == (11, 4)


@pytest.mark.parametrize("year", YEARS)
def test_each_day_of_a_year_agrees_with_the_law_read_day_by_day(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]

    ours = [day for day in days if is_business_day(day)]

    assert ours == [day for day in days if _by_brute_force(day)]


@pytest.mark.parametrize("subdivision", [None, "DC"])
def test_closed_days_agree_with_an_independent_calendar(subdivision: str | None) -> None:
    theirs = independent.country_holidays(
        "US", subdiv=subdivision, years=YEARS, categories=("public", "government")
    )
    only_half = {day for day, name in theirs.items() if "half-day" in name}
    # The District's own Emancipation Day is no Federal holiday.
    of_the_city = {day for day, name in theirs.items() if "Emancipation" in name}

    ours = {day for year in YEARS for day in holidays(year, in_dc=subdivision == "DC")}

    expected = {day for day in theirs if day.weekday() < 5} - only_half - of_the_city
    assert {day for day in ours if day.weekday() < 5} == expected


@given(DAYS)
def test_the_day_before_is_the_nearest_business_day(day: date) -> None:
    before = previous_business_day(day)

    skipped = [before + timedelta(days=n) for n in range(1, (day - before).days)]
    assert before < day
    assert _by_brute_force(before)
    assert not any(_by_brute_force(each) for each in skipped)


@given(DAYS)
def test_a_business_day_stays_and_another_goes_back(day: date) -> None:
    found = business_day_on_or_before(day)

    assert found == (day if _by_brute_force(day) else previous_business_day(day))


@given(st.integers(2011, 2040), st.integers(1, 12))
def test_after_the_last_business_day_of_a_month_nobody_works(year: int, month: int) -> None:
    found = last_business_day(year, month)

    rest = range(found.day + 1, monthrange(year, month)[1] + 1)
    assert (found.year, found.month) == (year, month)
    assert _by_brute_force(found)
    assert not any(_by_brute_force(date(year, month, day)) for day in rest)


def test_juneteenth_is_kept_from_2021_on() -> None:
    assert is_business_day(date(2020, 6, 19))
    assert not is_business_day(date(2021, 6, 18))  # the 19th was a Saturday


def test_new_years_day_on_a_saturday_closes_the_last_day_of_the_year_before() -> None:
    assert holidays(2021)[date(2021, 12, 31)] == "New Year’s Day"


def test_an_executive_order_closes_the_offices() -> None:
    assert not is_business_day(date(2018, 12, 5))
    assert "EO 13852" in holidays(2018)[date(2018, 12, 5)]


def test_inauguration_day_is_kept_around_washington_only() -> None:
    assert is_business_day(date(2021, 1, 20))
    assert not is_business_day(date(2021, 1, 20), in_dc=True)


def test_nobody_changes_the_calendar_of_another() -> None:
    holidays(2022).clear()

    assert not is_business_day(date(2022, 7, 4))


@pytest.mark.parametrize("year", [1985, 9999])
def test_a_year_without_known_holidays_is_refused_in_a_sentence(year: int) -> None:
    with pytest.raises(Unusable, match="Business days are known from 1986"):
        holidays(year)
