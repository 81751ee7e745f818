"""Changes of level: what was planted is found; steady series mostly show none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.changes import APART, LEAST, steps

YEAR = 365.25 / 7


def weeks(
    seed: int, n: int, *, memory: float = 0.3, mean: float = 500.0, season: float = 0.0
) -> np.ndarray:
    """Counts by week whose level drifts by 8 % from week to week, and comes back."""
    rng = np.random.default_rng(seed)
    drift = np.zeros(n)
    state = rng.normal(0, 0.08 / math.sqrt(1 - memory**2))
    for at in range(n):
        state = memory * state + rng.normal(0, 0.08)
        drift[at] = state
    year = season * np.sin(2 * np.pi * np.arange(n) / YEAR)
    return np.asarray(rng.poisson(mean * np.exp(drift + year)), float)


@pytest.mark.parametrize(("n", "at"), [(26, 16), (104, 60)])
def test_a_planted_fall_of_two_fifths_is_found_within_two_weeks(n: int, at: int) -> None:
    found, inside = 0, 0
    for seed in range(30):
        counts = weeks(seed, n)
        counts[at:] = np.round(counts[at:] * 0.6)
        near = [each for each in steps(np.log(counts + 0.5)) if abs(each.at - at) <= 2]
        found += len(near) == 1
        inside += bool(near) and near[0].low <= math.log(0.6) <= near[0].high

    assert found >= 29
    assert inside >= 25


@pytest.mark.parametrize(("n", "memory", "most"), [(26, 0.3, 3), (52, 0.0, 3), (104, 0.6, 10)])
def test_steady_series_mostly_show_none(n: int, memory: float, most: int) -> None:
    """Of 60; noise with a memory of 0.6 is far slower than what visits by week are seen to have."""
    shown = sum(bool(steps(np.log(weeks(s, n, memory=memory) + 0.5))) for s in range(60))

    assert shown <= most


def test_a_season_is_no_change_once_two_years_are_there() -> None:
    shown = sum(
        bool(steps(np.log(weeks(seed, 104, season=0.25) + 0.5), season=YEAR)) for seed in range(30)
    )

    assert shown <= 2


def test_steady_growth_is_no_change() -> None:
    grown = [weeks(seed, 104) * np.exp(np.arange(104) / 104) for seed in range(30)]

    assert sum(bool(steps(np.log(each + 0.5))) for each in grown) <= 2


def test_two_changes_are_told_apart_with_their_sizes() -> None:
    counts = weeks(7, 120)
    counts[40:80] *= 2
    counts[80:] *= 0.5

    one, two = steps(np.log(counts + 0.5))

    assert (one.first <= 40 <= one.last, two.first <= 80 <= two.last) == (True, True)
    assert one.low < math.log(2) < one.high
    assert two.low < math.log(0.25) < two.high
    assert one.chance <= 0.01


def test_one_wild_week_is_no_change() -> None:
    counts = weeks(3, 60)
    counts[30] *= 20

    assert steps(np.log(counts + 0.5)) == []


def test_missing_values_do_not_shift_the_place() -> None:
    values = np.log(weeks(5, 60) + 0.5)
    values[30:] -= 1
    values[[10, 11, 35]] = np.nan

    (found,) = steps(values)

    assert found.first <= 30 <= found.last
    assert found.at == 30


def test_the_same_series_always_gives_the_same_answer() -> None:
    values = np.log(weeks(5, 60) + 0.5)
    values[30:] -= 0.5

    assert steps(values) == steps(values)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(-1e3, 1e3) | st.just(math.nan), max_size=40))
def test_whatever_is_given_steps_are_apart_and_inside(values: list[float]) -> None:
    found = steps(values)

    places = [each.at for each in found]
    assert places == sorted(set(places))
    assert all(each.first <= each.at <= each.last and each.low <= each.high for each in found)
    assert all(APART <= each < len(values) for each in places)


@pytest.mark.parametrize("values", [[], [1.0] * (LEAST - 1), [2.0] * 50])
def test_too_few_or_equal_values_show_none(values: list[float]) -> None:
    assert steps(values) == []


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(Unusable, match="infinite"):
        steps([1.0] * 20 + [math.inf])
