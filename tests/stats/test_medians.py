"""Medians with exact intervals, and differences from two intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cx280.stats.intervals import Verdict, compare_shares, wilson
from cx280.stats.medians import Estimate, gap, median_interval


def share(part: int, n: int) -> Estimate:
    return Estimate(part / n, *wilson(part, n), n)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60), st.sampled_from([0.9, 0.95, 0.999]))
def test_the_ends_are_values_with_as_few_beyond_as_the_sign_test_allows(
    values: list[float], confidence: float
) -> None:
    found = median_interval(values, confidence)

    assert found is not None
    assert found.low <= found.value <= found.high
    n, tail = len(values), (1 - confidence) / 2
    beyond = [b for b in range(n // 2 + 1) if stats.binom.cdf(b, n, 0.5) <= tail]
    if beyond:
        assert (found.low, found.high) == (
            sorted(values)[beyond[-1]],
            sorted(values)[-1 - beyond[-1]],
        )
    else:
        assert (found.low, found.high) == (-math.inf, math.inf)


def test_of_ten_values_the_second_and_the_ninth_are_the_ends() -> None:
    assert median_interval([float(each) for each in range(1, 11)]) == Estimate(5.5, 2.0, 9.0, 10)


def test_five_values_are_too_few_to_say_and_none_is_nothing() -> None:
    assert median_interval([1, 2, 3, 4, 5]) == Estimate(3, -math.inf, math.inf, 5)
    assert median_interval([]) is None


def test_it_holds_the_median_as_often_as_it_says_whatever_the_distribution() -> None:
    rng = np.random.default_rng(280)
    draws = rng.lognormal(3, 1.2, (2000, 31))
    held = 0

    for each in draws:
        found = median_interval(each.tolist())
        assert found is not None
        held += found.low <= math.exp(3) <= found.high

    assert 0.94 <= held / len(draws) <= 0.985


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
       st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))  # fmt: skip
def test_of_two_shares_the_gap_is_newcombe_s(one: tuple[int, int], two: tuple[int, int]) -> None:
    newcombe = compare_shares(one, two)

    found = gap(share(*one), share(*two))

    assert found.difference == pytest.approx(newcombe.difference, abs=1e-12)
    assert max(-1.0, found.low) == pytest.approx(newcombe.low, abs=1e-12)
    assert min(1.0, found.high) == pytest.approx(newcombe.high, abs=1e-12)


def test_two_medians_of_one_distribution_seldom_seem_to_differ() -> None:
    rng = np.random.default_rng(281)
    found = 0

    for each in rng.lognormal(3, 1, (1000, 70)):
        one, two = median_interval(each[:25].tolist()), median_interval(each[25:].tolist())
        assert one is not None
        assert two is not None
        found += gap(one, two).verdict is not Verdict.NO_EVIDENCE

    assert found / 1000 <= 0.05


def test_where_nothing_is_known_of_one_no_difference_is_seen() -> None:
    few, many = median_interval([1, 2, 3]), median_interval([float(e) for e in range(1000, 1100)])
    assert few is not None
    assert many is not None

    assert gap(few, many).verdict is Verdict.NO_EVIDENCE
