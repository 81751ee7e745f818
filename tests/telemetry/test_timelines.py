"""Counts in time are drawn in regular periods; what is missing stays missing."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.rules.timelines import timeline

START = datetime(2024, 1, 1)  # noqa: DTZ001


def test_a_missing_day_is_a_gap_and_no_zero() -> None:
    found = timeline([("", "2024-01-04", 5.0), ("", "2024-01-01", 3.0), ("", "2024-01-02", 0.0)])

    assert [each.mean for each in found.groups[""]] == [3.0, 0.0, None, 5.0]
    assert (found.step, found.counted) == ("day", "day")


def test_missing_minutes_do_not_look_like_fewer_requests() -> None:
    """Ten a minute is ten a minute, also in the hour of which half is missing."""
    minutes = [START + timedelta(minutes=each) for each in range(600) if not 60 <= each < 90]

    found = timeline([("", f"{each:%Y-%m-%dT%H:%M}", 10.0) for each in minutes])

    assert (found.step, found.counted) == ("hour", "minute")
    assert {each.mean for each in found.groups[""]} == {10.0}
    assert [each.n for each in found.groups[""]] == [60, 30, *[60] * 8]


def test_months_are_periods_though_they_differ_in_length() -> None:
    found = timeline([("", f"2020-{month:02d}-01", 1.0) for month in (1, 2, 3, 6)])

    assert found.step == "month"
    assert [each.start.month for each in found.groups[""]] == [1, 2, 3, 4, 5, 6]
    assert [each.mean for each in found.groups[""]] == [1.0, 1.0, 1.0, None, None, 1.0]


def test_weeks_begin_where_the_source_begins_them() -> None:
    days = [date(2016, 5, 15) + timedelta(weeks=each) for each in range(300)]

    found = timeline([("", each.isoformat(), 1.0) for each in days])

    assert found.step == "week"
    assert [each.start.date() for each in found.groups[""]] == days


def test_moments_at_no_regular_distance_are_drawn_one_by_one() -> None:
    found = timeline([("", "2024-01-01T10:01", 1.0), ("", "2024-01-09T16:22", 2.0),
                      ("", "2024-02-01T00:07", 3.0)])  # fmt: skip

    assert found.step == ""
    assert len(found.groups[""]) == 3


def test_groups_share_their_periods_and_spans_have_none() -> None:
    found = timeline([("a", "2024-01-01", 1.0), ("b", "2024-01-03", 2.0),
                      ("b", "2023-12-01/2023-12-31", 9.0)])  # fmt: skip

    assert [each.mean for each in found.groups["a"]] == [1.0, None, None]
    assert [each.mean for each in found.groups["b"]] == [None, None, 2.0]


@given(st.dictionaries(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1))  # noqa: DTZ001
    .map(lambda at: at.strftime("%Y-%m-%dT%H:%M")),
    st.floats(0, 1e9), min_size=1, max_size=40,
))  # fmt: skip
def test_every_number_is_in_exactly_one_period(numbers: dict[str, float]) -> None:
    found = timeline([("", at, number) for at, number in numbers.items()])

    drawn = found.groups[""]
    assert sum(each.n for each in drawn) == len(numbers)
    total = math.fsum((each.mean or 0.0) * each.n for each in drawn)
    assert math.isclose(total, math.fsum(numbers.values()), rel_tol=1e-9, abs_tol=1e-6)
    assert all(a.start < b.start for a, b in pairwise(drawn))
