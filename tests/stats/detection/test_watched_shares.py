"""Shares watched row by row: falls are told, chance is not, and the past alone counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.detection import (
    explain_share,
    looks_between,
    watch_durations,
    watch_scores,
    watch_shares,
    watch_steps,
)

DAY = timedelta(days=1)


def days(many: int) -> list[datetime]:
    return [datetime(2024, 1, 8, tzinfo=UTC) + at * DAY for at in range(many)]


def drawn(n: int, shares: list[float], seed: int = 280) -> list[int]:
    chance = np.random.default_rng(seed)
    return [int(each) for each in chance.binomial(n, shares)]


def test_a_rate_that_falls_by_forty_percent_is_told_on_the_same_day() -> None:
    successes = drawn(170, [0.6] * 100 + [0.36] * 3)

    found = watch_shares(days(103), successes, [170] * 103)

    assert 100 in found.alarms()
    assert found.since[100] == 100


def test_a_lasting_fall_of_five_points_in_trust_is_told_within_two_weeks() -> None:
    top = drawn(57, [0.8] * 182 + [0.75] * 14)

    found = watch_scores(days(196), [[0, 0, 57 - each, 0, each] for each in top])

    assert ((found.alarms() >= 182) & (found.alarms() < 196)).any()


def test_a_rise_is_no_alarm_unless_it_is_asked_for() -> None:
    successes = drawn(100, [0.5] * 100 + [0.8] * 3)

    falls = watch_shares(days(103), successes, [100] * 103)
    either = watch_shares(days(103), successes, [100] * 103, worse="either")

    assert 100 not in falls.alarms()
    assert 100 in either.alarms()


def test_a_fall_too_small_to_matter_is_not_told() -> None:
    successes = drawn(100_000, [0.8] * 100 + [0.79] * 3)

    assert 100 in watch_shares(days(103), successes, [100_000] * 103).alarms()
    assert 100 not in watch_shares(days(103), successes, [100_000] * 103, least=0.03).alarms()


def test_a_step_of_a_funnel_that_breaks_is_the_one_that_is_told() -> None:
    second, chance = drawn(500, [0.8] * 70), np.random.default_rng(3)
    third = [int(chance.binomial(each, 0.2 if at == 69 else 0.7)) for at, each in enumerate(second)]

    steps = watch_steps(days(70), [[500, *each] for each in zip(second, third, strict=True)])

    assert [69 in each.alarms() for each in steps] == [False, True]


def test_more_durations_over_the_usual_percentile_are_told() -> None:
    longer = drawn(200, [0.25] * 60 + [0.5] * 2)

    slower = watch_durations(days(62), [10, 20], [[200 - each, each] for each in longer])

    assert slower.limit == 10
    assert 60 in slower.watched.alarms()


def test_a_steady_rate_of_a_week_gives_no_more_alarms_than_were_asked_for() -> None:
    shares = [0.7 if at % 7 > 4 else 0.8 for at in range(365)]
    alarms = [
        len(watch_shares(days(365), drawn(400, shares, seed), [400] * 365).alarms())
        for seed in range(5)
    ]

    assert sum(alarms) / (5 * 365 / 30) <= 1.5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=12, max_size=60),
    st.integers(2, 11),
    st.sampled_from(["lower", "higher", "either"]),
)
def test_what_is_said_of_a_row_rests_on_rows_up_to_it(
    rows: list[tuple[int, int]], keep: int, worse: str
) -> None:
    good, n = [min(each) for each in rows], [max(each) for each in rows]

    whole = watch_shares(days(len(n)), good, n, worse=worse)  # type: ignore[arg-type]
    part = watch_shares(days(keep), good[:keep], n[:keep], worse=worse)  # type: ignore[arg-type]

    np.testing.assert_allclose(whole.once_in[:keep], part.once_in, rtol=1e-6)
    np.testing.assert_array_equal(whole.told[:keep], part.told)


def test_a_closed_row_is_neither_judged_nor_learned_from() -> None:
    successes, closed = drawn(100, [0.6] * 60), [at == 50 for at in range(60)]
    broken = [0 if at == 50 else each for at, each in enumerate(successes)]

    found = watch_shares(days(60), broken, [100] * 60, closed=closed)

    assert 50 not in found.alarms()
    assert found.expected[51] == pytest.approx(0.6, abs=0.03)


def test_a_sentence_has_what_was_seen_of_how_many_expected_and_how_rare() -> None:
    successes = [60, 61, 59] * 20 + [20]
    found = watch_shares(days(61), successes, [100] * 61)

    told = explain_share(found, 60, days(61), "starts")

    assert told.startswith("20.0% of 100 starts on March 8, 2024, where ")
    assert told.endswith("less than once in ten years of looking.")


def test_counts_that_are_no_shares_are_refused() -> None:
    with pytest.raises(Unusable, match="between 0 and its n"):
        watch_shares(days(2), [3, 1], [2, 2])
    with pytest.raises(Unusable, match="five counts"):
        watch_scores(days(2), [[1, 2], [3, 4]])
    with pytest.raises(Unusable, match="two steps"):
        watch_steps(days(2), [[1], [2]])
    with pytest.raises(Unusable, match="400 durations"):
        watch_durations(days(2), [1, 2], [[1, 1], [1, 1]])
    with pytest.raises(Unusable, match="more than zero"):
        looks_between(3600, 0)
