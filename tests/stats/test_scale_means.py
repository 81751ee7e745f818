"""The mean of a scale: its interval keeps to the scale and holds near its ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import mean_interval, wilson
from cx280.stats.scale_means import scale_mean

scales = st.lists(st.integers(0, 3000), min_size=2, max_size=10).map(
    lambda times: dict(enumerate(times, start=1))
)


@given(scales)
def test_an_interval_lies_on_the_scale_and_holds_the_mean(counts: dict[int, int]) -> None:
    found = scale_mean(counts)

    if not sum(counts.values()):
        assert found is None
        return
    assert found is not None
    assert min(counts) <= found.low <= found.mean <= found.high <= max(counts)


@given(scales)
def test_turning_the_scale_round_mirrors_the_interval(counts: dict[int, int]) -> None:
    found = scale_mean(counts)
    turned = scale_mean({max(counts) + 1 - code: times for code, times in counts.items()})

    if found is None or turned is None:
        assert found == turned
        return
    ends = max(counts) + 1
    assert found.low == pytest.approx(ends - turned.high, abs=1e-7)
    assert found.high == pytest.approx(ends - turned.low, abs=1e-7)


def test_for_yes_and_no_it_is_wilson_s_but_for_one_answer_and_student() -> None:
    found = scale_mean({0: 120, 1: 280})

    assert found is not None
    assert (found.low, found.high) == pytest.approx(wilson(280, 400), abs=0.002)


def test_with_many_answers_it_is_student_s() -> None:
    counts = {1: 600, 2: 600, 3: 1200, 4: 3000, 5: 4600}

    found, plain = scale_mean(counts), mean_interval(counts)

    assert found is not None
    assert plain is not None
    assert found.mean == plain.mean
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=0.001)


def test_when_everybody_is_delighted_some_doubt_is_left() -> None:
    found = scale_mean({1: 0, 2: 0, 3: 0, 4: 0, 5: 30})

    assert found is not None
    assert found.mean == found.high == 5
    assert 4.4 < found.low < 4.8


def test_one_answer_says_nothing_of_the_mean() -> None:
    found = scale_mean({1: 0, 2: 0, 3: 1})

    assert found is not None
    assert (found.low, found.high) == (1, 3)


def test_it_holds_where_student_s_does_not() -> None:
    """Of 30 people, 95 in 100 of whom give the best answer."""
    random = np.random.default_rng(280)
    chances = [0.01, 0.0, 0.01, 0.03, 0.95]
    true = float(np.dot(chances, range(1, 6)))
    held = {"student": 0, "scale": 0}

    for drawn in random.multinomial(30, chances, 600):
        counts = {code: int(times) for code, times in enumerate(drawn, start=1)}
        for name, found in (("student", mean_interval(counts)), ("scale", scale_mean(counts))):
            held[name] += found is not None and found.low <= true <= found.high

    assert held["student"] < 0.85 * 600
    assert 0.93 * 600 <= held["scale"] <= 0.98 * 600


@pytest.mark.parametrize("counts", [{}, {1: 4}, {1: 4, 2: -1}])
def test_what_is_no_scale_is_refused(counts: dict[int, int]) -> None:
    with pytest.raises(Unusable, match="A scale has two answers"):
        scale_mean(counts)
    with pytest.raises(Unusable, match="confidence"):
        scale_mean({1: 1, 2: 2}, confidence=95)
