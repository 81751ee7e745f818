"""Intervals of shares keep to the scale, hold the share, and equal what they generalise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import (
    Method,
    Share,
    change_of_shares,
    mean,
    post_stratify,
    share,
    share_interval,
)
from cx280.stats.estimates import survey_design as designed
from cx280.stats.estimates.results import Estimate
from cx280.stats.intervals import Verdict, wilson

BY_ESTIMATE = [each for each in Method if each is not Method.STRATIFIED]
estimates = st.builds(
    Estimate, value=st.sampled_from([0.0, 1.0]) | st.floats(0.001, 0.999),
    se=st.floats(0, 0.4), df=st.integers(0, 500), n=st.integers(1, 5000),
)  # fmt: skip


@given(estimates, st.sampled_from(BY_ESTIMATE))
def test_an_interval_lies_in_0_to_1_and_holds_the_share(estimate: Estimate, method: Method) -> None:
    found = share_interval(estimate, method=method)

    assert 0 <= found.low <= found.value <= found.high <= 1


@given(estimates, st.sampled_from(BY_ESTIMATE))
def test_counting_the_others_mirrors_the_interval(estimate: Estimate, method: Method) -> None:
    mirror = Estimate(1 - estimate.value, estimate.se, estimate.df, estimate.n)

    found, mirrored = share_interval(estimate, method=method), share_interval(mirror, method=method)

    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-6)
    assert found.high == pytest.approx(1 - mirrored.low, abs=1e-6)


@given(st.integers(1, 199))
def test_wilson_of_a_simple_sample_is_wilson(hits: int) -> None:
    part = hits / 200
    estimate = Estimate(part, math.sqrt(part * (1 - part) / 200), math.inf, 200)

    found = share_interval(estimate, method=Method.WILSON)

    assert (found.low, found.high) == pytest.approx(wilson(hits, 200))


@given(st.integers(0, 200))
def test_beta_of_a_simple_sample_is_clopper_and_pearson(hits: int) -> None:
    part = hits / 200
    estimate = Estimate(part, math.sqrt(part * (1 - part) / 200), 199, 200)

    found = share_interval(estimate, method=Method.BETA)

    low = beta.ppf(0.025, hits, 201 - hits) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, 200 - hits) if hits < 200 else 1.0
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("method", BY_ESTIMATE)
def test_when_everybody_agrees_the_interval_still_has_a_width(method: Method) -> None:
    found = share_interval(mean(designed(30), np.ones(30)), method=method)

    assert found.value == found.high == 1
    assert 0.85 < found.low < 0.9


def test_a_sample_without_degrees_of_freedom_says_nothing_of_a_share() -> None:
    found = share_interval(Estimate(0.4, 0.1, 0, 9))

    assert (found.low, found.high) == (0, 1)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(Unusable, match="is not a share"):
        share_interval(Estimate(1.5, 0.1, 9, 10))
    with pytest.raises(Unusable, match="confidence"):
        share_interval(Estimate(0.2, 0.1, 9, 10), confidence=95)


def test_a_sample_of_strata_that_each_agree_is_not_taken_for_certain() -> None:
    strata = ["a", "a", "a", "b", "b", "b"]

    found = share(designed(6, strata=[strata]), [1, 1, 1, 0, 0, 0])

    assert found.se == 0
    assert found.low < 0.2 < 0.8 < found.high


def test_when_everybody_was_asked_a_share_is_what_it_is() -> None:
    found = share(designed(4, fpc=[[4] * 4]), [1, 1, 1, 0])

    assert (found.low, found.value, found.high) == (0.75, 0.75, 0.75)


def test_a_share_leaves_out_who_gave_no_answer() -> None:
    found = share(designed(4), [1, 0, 1, np.nan])

    assert found.value == pytest.approx(2 / 3)
    assert found.n == 3


def test_a_stratified_interval_of_one_stratum_is_wilson_s() -> None:
    found = share(designed(40), [1] * 9 + [0] * 31, method=Method.STRATIFIED)

    assert (found.low, found.high) == pytest.approx(wilson(9, 40))


def test_a_stratum_in_which_everybody_agreed_still_adds_its_doubt() -> None:
    """Half the people, three of the answers: all of them yes."""
    weights = [50 / 3] * 3 + [50 / 60] * 60
    design = designed(63, weights=weights, strata=[["a"] * 3 + ["b"] * 60])
    yes = [1] * 3 + [1, 0] * 30

    by_strata = share(design, yes, method=Method.STRATIFIED)
    by_error = share(design, yes)

    assert by_strata.value == by_error.value == pytest.approx(0.75)
    low, _ = wilson(3, 3)
    assert by_strata.low < 0.75 - 0.5 * (1 - low) + 0.01
    assert by_error.low > 0.65


def test_a_group_s_stratified_interval_knows_that_its_size_is_estimated() -> None:
    design = designed(12, strata=[list("aaaaaabbbbbb")])
    inside = np.array([True, False] * 6)
    yes = np.array([1.0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0])

    group = share(design.within(inside), yes, method=Method.STRATIFIED)
    alone = share(designed(6, strata=[list("aaabbb")]), yes[inside], method=Method.STRATIFIED)

    assert group.value == pytest.approx(alone.value)
    assert group.low < alone.low
    assert group.high > alone.high


def test_a_stratum_that_was_asked_whole_adds_nothing() -> None:
    whole = designed(8, strata=[list("aaaabbbb")], fpc=[[4] * 4 + [400] * 4])
    yes = [1, 0, 0, 0, 1, 1, 0, 0]

    found = share(whole, yes, method=Method.STRATIFIED)

    low, _ = wilson(2, 4)
    assert found.value - found.low == pytest.approx(400 / 404 * (0.5 - low), rel=0.02)


def test_a_stratified_interval_is_refused_where_it_does_not_hold() -> None:
    for design in (
        designed(4, clusters=[list("xxyy")]),
        post_stratify(designed(4), list("aabb"), {"a": 5, "b": 5}),
    ):
        with pytest.raises(Unusable, match="whose weights were not adjusted"):
            share(design, [1, 0, 1, 0], method=Method.STRATIFIED)
    with pytest.raises(Unusable, match="needs the design"):
        share_interval(Estimate(0.5, 0.1, 9, 10), method=Method.STRATIFIED)


def a_share(value: float, low: float, high: float) -> Share:
    return Share(value, (high - low) / 4, low, high, 99, 100)


def test_a_change_of_shares_stays_on_the_scale_and_says_what_it_allows() -> None:
    low, high = a_share(0.01, 0.0, 0.05), a_share(0.98, 0.93, 1.0)

    up, down, none = (
        change_of_shares(low, high), change_of_shares(high, low), change_of_shares(low, low)
    )  # fmt: skip

    assert (up.verdict, down.verdict, none.verdict) == (
        Verdict.HIGHER, Verdict.LOWER, Verdict.NO_EVIDENCE,
    )  # fmt: skip
    assert up.high <= 1
    assert down.low >= -1
    assert up.low == pytest.approx(-down.high)
