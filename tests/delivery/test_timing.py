"""Messages leave inside 48 hours, to the second, and the lags are told as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.timing import lags_of, leaves_by, may_leave, minutes_between, remind_at
from cx280.surveys.rules.vocabulary import Level

END = datetime(2022, 3, 12, 23, 30, tzinfo=ZoneInfo("America/New_York"))  # clocks go forward next
T = Level.TRANSACTION


def leaves(after: timedelta, level: Level = T) -> bool:
    """`after` as it passes in truth, not as a wall clock shows it."""
    now = END.astimezone(UTC) + after
    by = leaves_by(level, END.astimezone(UTC), END.astimezone(UTC), 48)
    return may_leave(level, END.astimezone(UTC), by, now, 48)


@pytest.mark.proves("280.10-b2")
def test_47_59_and_48_00_pass_and_48_01_never_leaves() -> None:
    assert leaves(timedelta(hours=47, minutes=59))
    assert leaves(timedelta(hours=48))
    assert not leaves(timedelta(hours=48, seconds=1))
    assert not leaves(timedelta(hours=48, minutes=1))


@pytest.mark.proves("280.10-b2")
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Honolulu", "Asia/Kathmandu"])
@pytest.mark.parametrize("day", [datetime(2022, 3, 12, 1), datetime(2022, 11, 5, 1)])  # noqa: DTZ001
def test_a_change_of_clocks_moves_nothing(zone: str, day: datetime) -> None:
    """The end is given in local time, as a file writes it; the hours are real ones."""
    end = day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    by = leaves_by(T, end, end, 48)

    assert may_leave(T, end, by, (end + timedelta(hours=48)).astimezone(ZoneInfo(zone)), 48)
    late = end + timedelta(hours=48, seconds=1)
    assert not may_leave(T, end, by, late.astimezone(ZoneInfo(zone)), 48)


@pytest.mark.proves("280.10-b2")
def test_two_moments_of_one_zone_are_not_measured_by_its_wall_clock() -> None:
    """Over the night of March 13 a wall clock shows 48 hours when 47 have passed."""
    by = leaves_by(T, END, END, 48)
    local = (END.astimezone(UTC) + timedelta(hours=48)).astimezone(END.tzinfo)

    assert may_leave(T, END, by, local, 48)
    assert not may_leave(T, END, by, local + timedelta(seconds=1), 48)


@pytest.mark.proves("280.10-b2")
def test_of_an_end_that_nobody_knows_no_message_leaves() -> None:
    now = END.astimezone(UTC)

    assert not may_leave(T, None, leaves_by(T, None, now, 48), now, 48)


def test_a_journey_has_no_48_hours_and_still_is_not_written_to_for_ever() -> None:
    assert leaves(timedelta(days=6), Level.JOURNEY)
    assert not leaves(timedelta(days=8), Level.JOURNEY)


@given(st.integers(0, 48 * 60), st.integers(0, 47))
@pytest.mark.proves("280.10-b2")
def test_a_reminder_leaves_inside_the_same_hours_or_not_at_all(minutes: int, hours: int) -> None:
    end = END.astimezone(UTC)
    by = leaves_by(T, end, end, 48)
    sent = end + timedelta(minutes=minutes)

    due = remind_at(sent, hours, by)

    assert due is None or sent < due <= by
    assert (due is None) == (hours == 0 or sent + timedelta(hours=hours) > by)


@pytest.mark.proves("280.10-k1")
def test_median_p90_and_the_share_in_time_equal_those_counted_by_hand() -> None:
    lags = lags_of([(10, 5), (60, 4), (48 * 60 + 1, 1)], 48)

    assert lags is not None
    assert (lags.n, lags.median, lags.p90, lags.within) == (10, 10, 60, 9)
    assert lags.share_within == 0.9
    assert lags_of([], 48) is None


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=200))
def test_half_are_within_the_median_and_nine_of_ten_within_p90(minutes: list[int]) -> None:
    lags = lags_of([(each, 1) for each in minutes], 48)

    assert lags is not None
    assert sum(each <= lags.median for each in minutes) >= len(minutes) / 2
    assert sum(each <= lags.p90 for each in minutes) >= len(minutes) * 0.9
    assert sum(each < lags.median for each in minutes) < len(minutes) / 2


def test_a_lag_is_rounded_up_so_that_over_48_hours_looks_like_it() -> None:
    end = END.astimezone(UTC)

    assert minutes_between(end, end + timedelta(hours=48)) == 2880
    assert minutes_between(end, end + timedelta(hours=48, seconds=1)) == 2881
    assert minutes_between(end, end - timedelta(minutes=3)) == 0
