"""Quiet hours by the clock of whoever is told, on days with a clock change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.hours import (
    PutOff,
    QuietHours,
    due,
    is_digest_due,
    is_quiet,
    latest_digest,
    next_loud,
    put_off_until,
)
from cx280.alarms.rules.vocabulary import Pace

ZONES = ["America/New_York", "America/Los_Angeles", "Pacific/Guam", "Europe/Berlin",
         "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]  # fmt: skip
CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
HOURS = st.builds(QuietHours, st.sampled_from(ZONES), CLOCKS, CLOCKS, st.booleans())
MOMENTS = st.datetimes(
    datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip
NIGHT = QuietHours("America/New_York", time(21), time(7))


def new_york(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("America/New_York"))  # type: ignore[arg-type,misc]


@given(hours=HOURS, at=MOMENTS)
def test_nobody_is_told_in_quiet_hours_and_nobody_waits_longer_than_needed(
    hours: QuietHours, at: datetime
) -> None:
    found = next_loud(hours, at)

    assert found >= at
    assert not is_quiet(hours, found)
    step, between = timedelta(minutes=10), at
    while between < found:
        assert is_quiet(hours, between), f"{between} was not quiet already"
        between += step


@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_without_quiet_hours_everything_is_told_at_once(at: datetime, zone: str) -> None:
    assert next_loud(QuietHours(zone), at) == at


@given(hours=HOURS, at=MOMENTS)
def test_what_cannot_wait_is_told_at_once_whatever_the_hour(
    hours: QuietHours, at: datetime
) -> None:
    assert due(hours, at, cannot_wait=True) == at


def test_a_night_ends_at_seven_by_the_clock_of_the_place() -> None:
    assert next_loud(NIGHT, new_york(2022, 3, 16, 23)) == new_york(2022, 3, 17, 7)


@pytest.mark.parametrize(
    ("evening", "hours"), [((2022, 3, 12), 9), ((2022, 11, 5), 11), ((2022, 7, 4), 10)]
)
def test_the_night_of_a_clock_change_is_an_hour_shorter_or_longer(
    evening: tuple[int, int, int], hours: int
) -> None:
    start = new_york(*evening, 21)

    assert next_loud(NIGHT, start) - start.astimezone(UTC) == timedelta(hours=hours)


def test_an_end_that_the_clock_jumps_over_comes_when_it_goes_on() -> None:
    """On March 13, 2022 there was no half past two in New York."""
    hours = QuietHours("America/New_York", time(22), time(2, 30))

    assert next_loud(hours, new_york(2022, 3, 13, 0)) == new_york(2022, 3, 13, 3)


def test_a_weekend_is_over_on_monday_when_the_night_is() -> None:
    hours = QuietHours("America/New_York", time(21), time(7), weekends=True)

    assert next_loud(hours, new_york(2022, 3, 19, 12)) == new_york(2022, 3, 21, 7)


@pytest.mark.parametrize(
    ("pace", "day"), [(Pace.DAILY, (3, 16)), (Pace.WEEKLY, (3, 14)), (Pace.MONTHLY, (3, 1))]
)
def test_digests_come_at_eight_in_the_morning_of_their_day(
    pace: Pace, day: tuple[int, int]
) -> None:
    found = latest_digest(pace, new_york(2022, 3, 16, 9), "America/New_York")

    assert found == date(2022, *day)


def test_a_digest_is_not_due_before_eight_and_once_after() -> None:
    yesterday, zone = date(2022, 3, 15), "America/New_York"

    assert not is_digest_due(Pace.DAILY, yesterday, new_york(2022, 3, 16, 7, 59), zone)
    assert is_digest_due(Pace.DAILY, yesterday, new_york(2022, 3, 16, 8), zone)
    assert not is_digest_due(Pace.DAILY, date(2022, 3, 16), new_york(2022, 3, 16, 23), zone)


def test_the_first_digest_comes_on_the_next_day_of_its_kind() -> None:
    zone = "America/New_York"

    assert not is_digest_due(Pace.WEEKLY, None, new_york(2022, 3, 16, 9), zone)
    assert is_digest_due(Pace.WEEKLY, None, new_york(2022, 3, 21, 9), zone)


@given(pace=st.sampled_from(Pace), now=MOMENTS, zone=st.sampled_from(ZONES))
def test_a_digest_is_sent_once_for_its_day(pace: Pace, now: datetime, zone: str) -> None:
    sent = latest_digest(pace, now, zone)

    assert not is_digest_due(pace, sent, now, zone)
    assert is_digest_due(pace, sent, now + timedelta(days=32), zone) == (pace is not Pace.AT_ONCE)


@given(choice=st.sampled_from(PutOff), now=MOMENTS, zone=st.sampled_from(ZONES))
def test_what_is_put_off_comes_back_later_and_within_eight_days(
    choice: PutOff, now: datetime, zone: str
) -> None:
    found = put_off_until(choice, now, zone)

    assert now < found <= now + timedelta(days=8)


def test_until_monday_is_the_next_monday_morning() -> None:
    found = put_off_until(PutOff.MONDAY, new_york(2022, 3, 21, 7), "America/New_York")

    assert found == new_york(2022, 3, 28, 8)
