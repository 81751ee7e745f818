"""Federal quarters: every day lies in exactly one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter, fiscal_year_of

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_own_quarter_and_in_no_neighbour(day: date) -> None:
    quarter = Quarter.of(day)

    assert day in quarter
    assert day not in quarter.next
    assert day not in quarter.previous
    assert quarter.fiscal_year == fiscal_year_of(day)


@given(DAYS)
def test_quarters_meet_without_gap_and_sort_in_time(day: date) -> None:
    quarter = Quarter.of(day)

    assert quarter.last_day + timedelta(days=1) == quarter.next.first_day
    assert quarter.previous < quarter < quarter.next
    assert quarter.next.previous == quarter


@given(DAYS)
def test_a_written_quarter_reads_back(day: date) -> None:
    quarter = Quarter.of(day)

    assert Quarter.parse(str(quarter)) == quarter


def test_fiscal_2022_starts_in_october_2021() -> None:
    assert Quarter.parse("FY2022 Q1").first_day == date(2021, 10, 1)
    assert Quarter.parse("fy2022-q4").last_day == date(2022, 9, 30)


@pytest.mark.parametrize("written", ["", "2022", "FY2022", "FY2022 Q5", "FY22 Q1", "Q1 FY2022"])
def test_what_is_no_quarter_is_refused_with_the_way_to_write_it(written: str) -> None:
    with pytest.raises(Unusable) as refused:
        Quarter.parse(written)

    assert refused.value.fix == "Write it like FY2022 Q1."


def test_a_year_has_four_quarters() -> None:
    with pytest.raises(Unusable, match="1 to 4"):
        Quarter(2022, 0)
