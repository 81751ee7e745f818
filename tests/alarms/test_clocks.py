"""Hours are those of people's clocks: a clock change is no alarm, sentences tell local times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cx280.alarms.rules.looking import looks_at, told_at
from cx280.alarms.rules.series import DAY, HOUR, Series
from cx280.alarms.rules.vocabulary import Kind

NEW_YORK = ZoneInfo("America/New_York")
# A day on people's clocks: nobody at night, most at noon.
SHAPE = [4 if hour < 7 else 40 + 60 * (12 - abs(hour - 13)) for hour in range(24)]


def hours(first: datetime, weeks: int, seed: int) -> Series:
    """Hours of a website whose visitors live by the clocks of New York."""
    draw = np.random.default_rng(seed)
    starts = [
        (first.astimezone(UTC) + n * HOUR).astimezone(NEW_YORK) for n in range(weeks * 7 * 24)
    ]
    seen = [int(draw.poisson(SHAPE[each.hour])) for each in starts]
    return Series(starts, HOUR, seen, [False] * len(starts))


@pytest.mark.parametrize(
    "first", [datetime(2026, 9, 14, tzinfo=NEW_YORK), datetime(2026, 1, 26, tzinfo=NEW_YORK)]
)
def test_no_clock_change_is_an_alarm(first: datetime) -> None:
    told = [
        len(told_at(Kind.EVENTS_BY_HOUR, "page_view", hours(first, 9, seed), a_month=1.0))
        for seed in range(4)
    ]

    assert sum(told) <= 12, "four times two months at about one a month, and not a hundred"


def test_an_alarm_by_the_hour_tells_the_time_that_people_read_on_their_clocks() -> None:
    series = hours(datetime(2026, 4, 6, tzinfo=NEW_YORK), 6, 1)
    at = next(n for n, each in enumerate(series.starts) if n > 900 and each.hour == 14)
    fallen = [each if n < at else each // 4 for n, each in enumerate(series.seen)][: at + 1]

    look = looks_at(
        Kind.EVENTS_BY_HOUR, "page_view",
        Series(series.starts[: at + 1], HOUR, fallen, series.closed[: at + 1]),
        a_month=1.0, smallest=10, since=at,
    )[-1]  # fmt: skip

    assert look.told
    assert "at 14:00" in look.words


def test_the_hour_in_which_clocks_are_put_forward_lasts_an_hour() -> None:
    before = datetime(2026, 3, 8, 1, tzinfo=NEW_YORK)

    end = Series([before], HOUR, [1], [False]).end(0)

    assert end - before.astimezone(UTC) == timedelta(hours=1)
    assert end.hour == 3
    assert Series([datetime(2026, 3, 8, tzinfo=NEW_YORK)], DAY, [1], [False]).end(0).day == 9
