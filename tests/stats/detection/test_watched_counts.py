"""Counts watched period by period: falls and silences told, chance and closure not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import (
    chance_to_find,
    explain_count,
    watch_counts,
    watch_many_counts,
)
from cx280.stats.detection.count_looks import as_sure
from cx280.stats.detection.overshoot import of_counts, of_normal

MONDAY = datetime(2024, 1, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def steps(many: int, step: timedelta) -> list[datetime]:
    return [MONDAY + at * step for at in range(many)]


def means(times: Sequence[datetime], a_day: float) -> np.ndarray:
    """A week with quiet weekends, and nights where rows are hours."""
    by_hour = times[1] - times[0] < DAY
    return np.array([
        a_day * (0.5 if at.weekday() > 4 else 1.2)
        * ((1.8 if 7 < at.hour < 20 else 0.2) / 24 if by_hour else 1.0)
        for at in times
    ])  # fmt: skip


def drawn(expected: np.ndarray, seed: int = 280) -> np.ndarray:
    return np.random.default_rng(seed).poisson(expected).astype(float)


@pytest.mark.proves("280.7-h1")
def test_a_fall_by_forty_percent_at_100_a_day_is_told_on_the_same_day() -> None:
    times = steps(183, DAY)
    counts = drawn(np.tile(means(times, 100), (200, 1)))
    counts[:, -1] = drawn(np.full(200, 0.6 * 120), 3)

    told = [each.told[-1] for each in watch_many_counts(times, counts)]

    assert np.mean(told) >= 0.95


@pytest.mark.proves("280.7-h1")
@pytest.mark.parametrize("weeks", [4, 8])
def test_hours_of_days_that_differ_keep_rare_choices(weeks: int) -> None:
    """What a day has in common is learned from few days, and the rarest tellings rest on it."""
    times, series, asked = steps(24 * (7 * weeks + 84), HOUR), 60, 0.03
    days = np.random.default_rng(7).gamma(400, 1 / 400, (series, len(times) // 24))
    counts = drawn(means(times, 5_000) * days.repeat(24, axis=1))

    found = watch_many_counts(times, counts, a_month=asked)

    told = sum(int(each.told[24 * 7 * weeks :].sum()) for each in found)
    assert told <= 2 * asked * series * 84 / 30


@given(ratio=st.floats(1.001, 1e80), degrees=st.floats(1, 1e4), more=st.floats(1.5, 10))
def test_a_variance_known_from_less_makes_runs_less_rare_and_keeps_their_order(
    ratio: float, degrees: float, more: float
) -> None:
    def sure(sums: float, known_from: float) -> float:
        return float(as_sure(np.array([sums]), np.array([known_from]))[0])

    assert 1 <= sure(ratio, degrees) <= sure(ratio, degrees * more) <= ratio * 1.001
    assert sure(ratio, degrees) < sure(ratio * more, degrees)
    assert sure(0.4, degrees) == 0.4


@pytest.mark.proves("280.7-h1")
def test_by_the_hour_it_is_told_nearly_as_often_as_anybody_could() -> None:
    times = steps(24 * 56, HOUR)
    counts = drawn(np.full((200, len(times)), 100.0))
    counts[:, -1] = drawn(np.full(200, 60.0), 3)

    told = [each.told[-1] for each in watch_many_counts(times, counts)]

    assert chance_to_find(100, 0.4, 3600) == pytest.approx(0.91, abs=0.005)
    assert np.mean(told) >= 0.80


@pytest.mark.proves("280.7-h1")
@pytest.mark.parametrize("step", [DAY, HOUR])
@pytest.mark.parametrize("a_day", [5, 500, 50_000])
def test_a_steady_year_gives_about_as_many_alarms_as_were_asked_for(
    a_day: int, step: timedelta
) -> None:
    times = steps(round(timedelta(days=456) / step), step)
    closed = [is_quiet(at.date()) for at in times]
    volume = means(times, a_day) * np.where(closed, 0.4, 1.0)

    found = watch_many_counts(times, drawn(np.tile(volume, (12, 1))), closed=closed)

    learned = round(timedelta(days=91) / step)
    assert 0.5 <= sum(each.told[learned:].sum() for each in found) / (12 * 365 / 30) <= 1.5


def test_noise_beyond_chance_is_learned_and_not_told() -> None:
    times = steps(456, DAY)
    uneven = np.random.default_rng(1).gamma(50, 1 / 50, (40, 456)) * means(times, 5000)

    found = watch_many_counts(times, drawn(uneven))

    assert 0.5 <= sum(each.told[91:].sum() for each in found) / (40 * 365 / 30) <= 1.5


def test_very_many_events_are_not_taken_for_chance_alone_while_the_week_is_learned() -> None:
    times = steps(90, DAY)
    uneven = np.exp(0.03 * np.random.default_rng(2).standard_normal((40, 90)))

    found = watch_many_counts(times, drawn(uneven * means(times, 4e7)))

    assert sum(each.told[21:].sum() for each in found) / (40 * 69 / 30) <= 1.5


@pytest.mark.parametrize(("a_day", "rare"), [(5, False), (20, True), (500, True)])
def test_six_silent_hours_are_told_exactly_where_they_are_rare(a_day: int, rare: bool) -> None:
    times = steps(24 * 42, HOUR)
    counts = drawn(np.tile(means(times, a_day), (60, 1)))
    silent = slice(24 * 38 + 10, 24 * 38 + 16)
    counts[:, silent] = 0

    told = [each.told[silent].any() for each in watch_many_counts(times, counts)]

    assert np.mean(told) >= 0.95 if rare else np.mean(told) <= 0.3


def test_a_small_fall_that_stays_is_told_with_its_beginning() -> None:
    times = steps(188, DAY)
    expected = means(times, 500)
    expected[160:] *= 0.93

    found = watch_counts(times, drawn(expected).tolist())

    told = next(at for at in found.alarms() if at >= 160)
    assert 146 <= found.since[told] < told < 175
    assert found.seen[told] < found.low[told]


def test_a_rise_is_no_alarm_unless_it_is_asked_for() -> None:
    times = steps(100, DAY)
    counts = [*drawn(np.full(99, 100.0)), 200.0]

    assert 99 not in watch_counts(times, counts).alarms()
    assert 99 in watch_counts(times, counts, worse="either").alarms()
    assert 99 in watch_counts(times, counts, worse="higher").alarms()


def test_a_fall_too_small_to_matter_is_not_told() -> None:
    times = steps(100, DAY)
    counts = [*drawn(np.full(97, 40_000.0)), *[38_000.0] * 3]

    assert 97 in watch_counts(times, counts).alarms()
    assert not (watch_counts(times, counts, least=0.1).alarms() >= 97).any()


def test_closed_days_are_told_only_when_almost_nothing_comes() -> None:
    times = steps(101, DAY)
    quiet, nothing = [*drawn(np.full(100, 400.0)), 120.0], [*drawn(np.full(100, 400.0)), 0.0]
    closed = [at == 100 for at in range(101)]

    assert 100 not in watch_counts(times, quiet, closed=closed).alarms()
    assert 100 in watch_counts(times, nothing, closed=closed).alarms()
    assert 100 in watch_counts(times, quiet).alarms()


def test_a_known_launch_is_learned_anew_and_not_told() -> None:
    times = steps(130, DAY)
    counts = drawn(np.where(np.arange(130) < 100, 400.0, 150.0))

    unknown = watch_counts(times, counts.tolist())
    known = watch_counts(times, counts.tolist(), marks=[times[100]])

    assert 100 in unknown.alarms()
    assert not set(range(100, 110)) & set(known.alarms())
    assert known.since[110] >= 100
    assert known.expected[110] / known.n[110] == pytest.approx(150, rel=0.1)


def test_what_lasts_a_week_is_the_new_level() -> None:
    times = steps(150, DAY)
    counts = drawn(np.where(np.arange(150) < 100, 4000.0, 1000.0))

    found = watch_counts(times, counts.tolist())

    assert 100 in found.alarms()
    assert not (found.alarms() >= 110).any()
    assert found.expected[115] / found.n[115] == pytest.approx(1000, rel=0.1)


def test_the_first_weekend_and_the_first_night_are_no_alarms() -> None:
    for a_day in (500, 50_000):
        times = steps(24 * 10, HOUR)
        counts = drawn(np.tile(means(times, a_day), (20, 1)))
        told = [each.told.sum() for each in watch_many_counts(times, counts)]
        assert sum(told) <= 3


def test_an_outage_in_the_second_week_is_told_and_the_sentence_says_that_little_is_known() -> None:
    times = steps(24 * 11, HOUR)
    counts = drawn(means(times, 5000))
    counts[-4:] = 0

    found = watch_counts(times, counts.tolist())

    told = int(found.alarms()[-1])
    assert told >= len(times) - 4
    assert "Fewer than four weeks are known" in explain_count(found, told, times)


def test_a_sentence_has_what_came_what_was_expected_and_how_rare_it_is() -> None:
    times = steps(101, DAY)
    counts = [*drawn(np.full(100, 400.0)), 0.0]

    found = watch_counts(times, counts)

    told = explain_count(found, 100, times, "submissions")
    assert told.startswith("No submissions at all on April 17, 2024, where 3")
    assert told.endswith("Chance alone does that less than once in ten years of looking.")


@pytest.mark.parametrize("zone", [ZoneInfo("America/New_York"), None])
def test_mornings_stay_mornings_when_clocks_are_set_back(zone: ZoneInfo | None) -> None:
    start = datetime(2024, 9, 16, 4, tzinfo=UTC)
    at_clock = [(start + at * HOUR).astimezone(ZoneInfo("America/New_York"))
                for at in range(24 * 63)]  # fmt: skip
    times = [each.replace(tzinfo=zone) if zone is None else each for each in at_clock]
    counts = drawn(np.tile(means(at_clock, 20_000), (20, 1)))

    found = watch_many_counts(times, counts)

    after = [row for row, each in enumerate(at_clock) if (each.month, each.day) >= (11, 3)]
    assert {len(each.told) for each in found} == {24 * 63}
    assert sum(each.told[after].sum() for each in found) <= 20 * 15 / 30 * 1.5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 60) | st.just(float("nan")), min_size=30, max_size=90),
    st.integers(3, 29),
    st.sampled_from([3600, 43_200, 86_400, 7 * 86_400]),
    st.sampled_from(["lower", "higher", "either"]),
)
def test_what_is_said_of_a_period_rests_on_periods_up_to_it(
    counts: list[float], keep: int, step: int, worse: str
) -> None:
    times = steps(len(counts), timedelta(seconds=step))
    closed = [at % 11 == 3 for at in range(len(counts))]

    whole = watch_counts(times, counts, worse=worse, closed=closed)  # type: ignore[arg-type]
    part = watch_counts(times[:keep], counts[:keep], worse=worse, closed=closed[:keep])  # type: ignore[arg-type]

    np.testing.assert_allclose(whole.once_in[:keep], part.once_in, rtol=1e-9)
    np.testing.assert_allclose(whole.expected[:keep], part.expected, rtol=1e-9)
    np.testing.assert_array_equal(whole.told[:keep], part.told)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 10**9) | st.just(float("nan")), min_size=2, max_size=60),
    st.lists(st.integers(0, 10**6), min_size=60, max_size=60),
)
def test_any_counts_at_any_times_have_a_rarity_and_a_range(
    counts: list[float], gaps: list[int]
) -> None:
    times = [MONDAY + timedelta(seconds=int(each)) for each in np.cumsum(gaps[: len(counts)])]

    found = watch_counts(times, counts, worse="either")

    assert np.isfinite(found.once_in).all()
    known = np.isfinite(found.low)
    assert (found.low[known] <= found.high[known]).all()
    assert (found.since <= np.arange(len(counts))).all()
    assert not found.told[np.isnan(counts)].any()


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 5), st.integers(0, 99))
def test_many_series_at_once_are_told_as_each_by_itself(series: int, seed: int) -> None:
    times = steps(90, DAY)
    counts = drawn(np.full((series, 90), 30.0), seed)

    together = watch_many_counts(times, counts)

    for each, row in zip(together, counts, strict=True):
        np.testing.assert_allclose(each.once_in, watch_counts(times, row.tolist()).once_in)


def test_sums_jump_over_limits_as_theory_says() -> None:
    many = np.full(3, 1e4)
    sizes = np.array([0.5, 1.0, 2.0])

    np.testing.assert_allclose(of_counts(many, sizes, lower=True), of_normal(sizes), rtol=0.05)
    assert of_counts(np.array([0.01]), np.array([4.0]), lower=True)[0] > 0.95


def test_numbers_that_are_no_counts_are_refused() -> None:
    with pytest.raises(Unusable, match="0 or more"):
        watch_counts(steps(2, DAY), [-1.0, 2.0])
    with pytest.raises(Unusable, match="a count for each"):
        watch_many_counts(steps(3, DAY), [[1, 2]])
    with pytest.raises(Unusable, match="between 0 and 1"):
        watch_counts(steps(2, DAY), [1.0, 2.0], least=1.0)
