"""What is unusual is told from the past alone: planted falls, outages, spikes; and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import alarm_at, detect, explain

MONDAY = datetime(2024, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hours(days: int, level: float = 200.0, seed: int = 280) -> tuple[list[datetime], list[float]]:
    """Counts by the hour with a day and a week, drawn by chance."""
    draw = np.random.default_rng(seed)
    times = [MONDAY + at * HOUR for at in range(24 * days)]
    means = [
        level
        * (1 + 0.7 * np.sin((at.hour - 9) / 24 * 2 * np.pi))
        * (0.5 if at.weekday() > 4 else 1)
        for at in times
    ]
    return times, [float(each) for each in draw.poisson(means)]


def test_a_fall_by_forty_percent_is_told_at_once_and_once() -> None:
    times, numbers = hours(42)
    falls = 24 * 35 + 10
    fallen = numbers[:falls] + [round(each * 0.6) for each in numbers[falls:]]

    alarms = [int(at) for at in detect(times, fallen).alarms()]

    assert any(falls <= at <= falls + 2 for at in alarms)
    assert len([at for at in alarms if falls <= at < falls + 24]) == 1


def test_an_outage_is_told_and_its_end_is_no_second_alarm() -> None:
    times, numbers = hours(42)
    out = 24 * 36 + 9
    broken = [0.0 if out <= at < out + 6 else each for at, each in enumerate(numbers)]

    found = detect(times, broken)

    assert found.news[out : out + 2].max() >= alarm_at(found.step)
    assert not found.news[out + 6 : out + 30].any()


@pytest.mark.parametrize("level", [2, 40, 2000])
def test_a_steady_month_gives_about_as_few_alarms_as_were_asked_for(level: int) -> None:
    alarms = [len(detect(*hours(75, level, seed)).alarms()) for seed in range(4)]

    assert sum(alarms) / (4 * 75 / 30) <= 1.5


def test_a_holiday_may_be_quiet_and_an_ordinary_day_may_not() -> None:
    times = [datetime(2023, 8, 1, tzinfo=UTC) + at * DAY for at in range(150)]
    numbers = [1000.0 + 10 * (at % 7) + (at * 7919) % 13 for at in range(150)]
    thanksgiving, other = (
        times.index(datetime(2023, 11, 23, tzinfo=UTC)),
        times.index(datetime(2023, 11, 9, tzinfo=UTC)),
    )
    low = [400.0 if at in {thanksgiving, other} else each for at, each in enumerate(numbers)]

    alarms = detect(times, low, [is_quiet(each.date()) for each in times]).alarms()

    assert other in alarms
    assert thanksgiving not in alarms


def test_nothing_at_all_on_a_holiday_is_still_told() -> None:
    times = [datetime(2023, 8, 1, tzinfo=UTC) + at * DAY for at in range(120)]
    numbers = [1000.0 + (at * 7919) % 13 for at in range(120)]
    thanksgiving = times.index(datetime(2023, 11, 23, tzinfo=UTC))
    numbers[thanksgiving] = 0.0

    assert (
        thanksgiving in detect(times, numbers, [is_quiet(each.date()) for each in times]).alarms()
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=30, max_size=120),
    st.integers(5, 29),
    st.sampled_from([60, 3600, 86_400, 7 * 86_400]),
)
def test_what_is_said_of_a_row_rests_on_earlier_rows_alone(
    numbers: list[float], keep: int, step: int
) -> None:
    times = [MONDAY + timedelta(seconds=step) * at for at in range(len(numbers))]

    whole, part = detect(times, numbers), detect(times[:keep], numbers[:keep])

    np.testing.assert_allclose(whole.rarity[:keep], part.rarity, atol=1e-9)
    np.testing.assert_allclose(whole.expected[:keep], part.expected, rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=2, max_size=80),
    st.lists(st.integers(0, 10**7), min_size=80, max_size=80),
)
def test_any_numbers_at_any_times_give_scores_from_0_to_1(
    numbers: list[float], gaps: list[int]
) -> None:
    ends = np.cumsum(gaps[: len(numbers)])
    times = [MONDAY + timedelta(seconds=int(each)) for each in ends]

    found = detect(times, numbers)

    assert ((found.score >= 0) & (found.score < 1)).all()
    assert not found.score[~np.isfinite(found.numbers)].any()


def test_a_constant_says_nothing() -> None:
    times = [MONDAY + at * HOUR for at in range(500)]

    assert not detect(times, [45.0] * 500).rarity.any()


def test_the_first_days_have_wider_limits_and_say_so() -> None:
    times, numbers = hours(10)
    numbers[30] = numbers[30] * 3

    found = detect(times, numbers)

    assert found.cold[30]
    assert "earlier numbers are known" in explain(found, 30, times[30])
    assert not found.cold[60]


def test_a_sentence_has_what_was_seen_expected_and_how_rare_it_is() -> None:
    times, numbers = hours(42)
    numbers[24 * 35 + 10] = 900.0

    told = explain(detect(times, numbers), 24 * 35 + 10, times[24 * 35 + 10])

    assert told.startswith("900 on February 12, 2024 at 10:00, where ")
    assert "was to be expected. About 1 in " in told


def test_times_that_go_back_and_lone_rows_are_refused() -> None:
    with pytest.raises(Unusable, match="go back after 2024-01-08"):
        detect([MONDAY, MONDAY - HOUR], [1.0, 2.0])
    with pytest.raises(Unusable, match="two rows"):
        detect([MONDAY], [1.0])
    with pytest.raises(Unusable, match="more than zero"):
        alarm_at(3600, 0)
