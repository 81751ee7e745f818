"""Quiet days are those that federal holidays touch."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.business_days import holidays
from cx280.kernel.quiet_days import is_quiet


@pytest.mark.parametrize("day", [
    date(2023, 11, 22), date(2023, 11, 23), date(2023, 11, 24), date(2023, 11, 26),
    date(2023, 12, 23), date(2023, 12, 27), date(2024, 1, 2),
    date(2024, 5, 25), date(2024, 5, 27),  # the weekend before Memorial Day
    date(2024, 7, 5), date(2024, 7, 7),  # a Friday after a Thursday, and its weekend
])  # fmt: skip
def test_days_that_a_holiday_makes_quiet(day: date) -> None:
    assert is_quiet(day)


@pytest.mark.parametrize("day", [
    date(2023, 11, 21), date(2023, 11, 27), date(2023, 12, 22), date(2024, 1, 3),
    date(2024, 5, 28), date(2024, 7, 3), date(2024, 11, 12), date(2024, 6, 1),
])  # fmt: skip
def test_days_around_them_that_are_like_others(day: date) -> None:
    assert not is_quiet(day)


@given(st.integers(1990, 2100))
def test_every_holiday_is_quiet_and_seven_of_ten_days_are_not(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(365)]

    assert all(is_quiet(each) for each in holidays(year))
    assert sum(is_quiet(each) for each in days) < 0.15 * 365
