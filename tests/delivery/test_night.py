"""No text arrives at night, wherever its reader may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.delivery.rules.night import FIRST, LAST, opens_at

ZONES = ("America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles",
         "America/Adak", "Pacific/Honolulu", "Pacific/Guam", "Asia/Kathmandu")  # fmt: skip
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2022, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=200)
@given(st.lists(st.sampled_from(ZONES), min_size=1, max_size=3), MOMENTS)
def test_it_opens_at_the_first_moment_that_is_day_everywhere(
    zones: list[str], now: datetime
) -> None:
    found = opens_at(zones, now)

    minutes = (now + timedelta(minutes=each) for each in range(0, 3 * 24 * 60, 7))
    first = next((each for each in minutes if _is_day(zones, each)), None)
    if found is None:
        assert first is None
        return
    assert _is_day(zones, found)
    assert found >= now
    assert first is None or found <= first


def _is_day(zones: list[str], moment: datetime) -> bool:
    return all(FIRST <= moment.astimezone(ZoneInfo(each)).time() < LAST for each in zones)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2022-03-01T12:59:59", "2022-03-01T13:00:00"),
        ("2022-03-01T13:00:00", "2022-03-01T13:00:00"),
        ("2022-03-02T01:59:59", "2022-03-02T01:59:59"),
        ("2022-03-02T02:00:00", "2022-03-02T13:00:00"),
        # The nights clocks change: 8 o'clock is an hour nearer in spring, farther in autumn.
        ("2022-03-13T03:00:00", "2022-03-13T12:00:00"),
        ("2022-11-06T03:00:00", "2022-11-06T13:00:00"),
    ],
)
def test_to_the_second_and_through_changes_of_clocks(now: str, opens: str) -> None:
    at = datetime.fromisoformat(now + "+00:00")

    assert opens_at(["America/New_York"], at) == datetime.fromisoformat(opens + "+00:00")


def test_places_without_an_hour_in_common_and_unknown_ones_never_open() -> None:
    now = datetime(2022, 3, 1, 12, tzinfo=UTC)

    assert opens_at(["Pacific/Honolulu", "Europe/London", "Asia/Tokyo"], now) is None
    assert opens_at([], now) is None
