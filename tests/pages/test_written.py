"""Numbers, shares and days as people read them."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.pages import written


def test_a_share_is_written_with_its_unit_on_the_same_line() -> None:
    assert written.percent(0.838) == "84\N{NO-BREAK SPACE}%"


def test_what_is_not_known_says_so_and_is_never_nan() -> None:
    nan = float("nan")

    said = [written.percent(None), written.percent(nan), written.number(nan), written.points(nan)]

    assert set(said) == {"not known"}


def test_a_change_is_told_in_words() -> None:
    assert written.points(0.031) == "up 3\N{NO-BREAK SPACE}points"
    assert written.points(-0.01) == "down 1\N{NO-BREAK SPACE}point"
    assert written.points(0.001) == "no change"


def test_a_day_is_written_with_its_weekday() -> None:
    assert written.longdate(date(2022, 1, 28)) == "Friday, January 28, 2022"


def test_a_part_without_a_known_whole_stands_alone() -> None:
    assert written.n_of(412, 9800, "people asked") == "412 of 9,800 people asked"
    assert written.n_of(412, None, "people asked") == "412 people asked"


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_a_number_reads_back_as_itself(value: int) -> None:
    said = written.number(value)

    assert int(said.replace(",", "").replace("\N{MINUS SIGN}", "-")) == value
