"""Numbers, shares and days as people read them."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.pages import written
from cx280.pages.written import NBSP, between
from cx280.stats.intervals import wilson


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


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((0.814, 0.866), "between 81 % and 87 %"),
        ((0.757, 1.0), "between 76 % and 100 %"),
        ((0.99962, 1.0), "between 99.96 % and 100 %"),
        ((0.9962, 1.0), "between 99.6 % and 100 %"),
        ((0.0, 0.0004), "between 0 % and 0.04 %"),
        ((0.8413, 0.8437), "between 84.1 % and 84.4 %"),
        ((1.0, 1.0), "as good as 100 %"),
        (None, "how sure is not known"),
    ],
)
def test_the_ends_of_a_range_are_told_apart(bounds: tuple[float, float] | None, words: str) -> None:
    assert between(bounds).replace(NBSP, " ") == words


@given(st.integers(1, 3_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_no_wilson_interval_is_written_as_one_figure_where_it_is_a_range(
    counts: tuple[int, int],
) -> None:
    low, high = wilson(*counts)

    ends = re.findall(r"[\d.]+", between((low, high)))

    assert high - low < 0.0002 or len(set(ends)) == 2
