"""Means and totals of small samples, worked out by hand, and what a design refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import (
    Lonely,
    by_domain,
    counts,
    mean,
    quantile,
    ratio,
    shares,
    survey_design,
    total,
    weights_of_plan,
)
from tests.stats.estimates.small_samples import Drawn, drawn_samples

scores = st.lists(st.floats(-1000, 1000), min_size=2, max_size=40)


@given(scores)
def test_weights_of_one_give_the_plain_mean_and_its_textbook_error(values: list[float]) -> None:
    n = len(values)

    found = mean(survey_design(n), values)

    assert found.value == pytest.approx(np.mean(values), abs=1e-9)
    assert found.se == pytest.approx(np.std(values, ddof=1) / np.sqrt(n), abs=1e-9)
    assert (found.n, found.df) == (n, n - 1)


def test_a_stratified_mean_is_the_one_in_the_textbook() -> None:
    strata = ["city"] * 3 + ["county"] * 2
    weights, sizes = weights_of_plan(strata, {"city": 300, "county": 100})
    design = survey_design(5, weights=weights, strata=[strata], fpc=[sizes])

    found = mean(design, [1, 2, 3, 10, 14])

    variance = 0.75**2 * 0.99 * 1 / 3 + 0.25**2 * 0.98 * 8 / 2
    assert found.value == pytest.approx(0.75 * 2 + 0.25 * 12)
    assert found.se == pytest.approx(np.sqrt(variance))
    assert found.df == 3


def test_a_two_stage_total_adds_the_spread_within_and_between_clusters() -> None:
    """Two offices of 10; in each 2 of 4 cases: each case stands for 5 × 2."""
    design = survey_design(
        4,
        clusters=[["x", "x", "y", "y"], [1, 2, 1, 2]],
        fpc=[[10] * 4, [4] * 4],
    )

    found = total(design, [1, 3, 5, 9])

    between = 10**2 * (1 - 2 / 10) / 2 * ((28 - 8) ** 2 / 2)  # office totals 8 and 28
    within = 10 / 2 * sum(4**2 * (1 - 2 / 4) / 2 * spread for spread in (2.0, 8.0))
    assert found.value == pytest.approx(5 * 2 * 18)
    assert found.se == pytest.approx(np.sqrt(between + within))


def test_a_second_stage_taken_whole_changes_nothing() -> None:
    offices, values = ["x", "x", "y", "y", "z"], [1, 3, 5, 9, 2]
    one = survey_design(5, clusters=[offices], fpc=[[10] * 5])
    two = survey_design(5, clusters=[offices, range(5)], fpc=[[10] * 5, [2, 2, 2, 2, 1]])

    assert total(two, values).value == pytest.approx(total(one, values).value)
    assert total(two, values).se == pytest.approx(total(one, values).se)


def test_parts_drawn_say_the_same_as_population_sizes() -> None:
    strata = ["a"] * 2 + ["b"] * 3
    sizes = survey_design(5, strata=[strata], fpc=[[20, 20, 60, 60, 60]])
    parts = survey_design(5, strata=[strata], fpc=[[0.1, 0.1, 0.05, 0.05, 0.05]])

    assert parts.weights == pytest.approx(sizes.weights)
    assert mean(parts, [1, 2, 3, 4, 6]).se == pytest.approx(mean(sizes, [1, 2, 3, 4, 6]).se)


def test_a_census_has_no_sampling_error() -> None:
    found = total(survey_design(3, fpc=[[3, 3, 3]]), [4, 5, 9])

    assert (found.value, found.se) == (18, 0)


@given(drawn_samples(sized=True))
def test_a_simple_random_sample_has_a_design_effect_of_one(sample: Drawn) -> None:
    n = len(sample.values)
    design = survey_design(n, fpc=[np.full(n, 10 * n)])

    assert mean(design, sample.values).deff == pytest.approx(1)
    assert total(design, sample.values).deff == pytest.approx(1)


@given(drawn_samples(), st.floats(0.01, 100))
def test_the_scale_of_weights_does_not_move_a_mean(sample: Drawn, scale: float) -> None:
    scaled = survey_design(
        len(sample.values),
        weights=sample.weights * scale,
        strata=[sample.strata],
        clusters=[sample.clusters],
    )

    found, plain = mean(scaled, sample.values), mean(sample.design, sample.values)

    assert found.value == pytest.approx(plain.value)
    assert found.se == pytest.approx(plain.se)


@given(drawn_samples(sized=True))
def test_a_group_s_mean_is_the_ratio_of_its_totals(sample: Drawn) -> None:
    inside = (sample.groups == "a").astype(float)

    by_group = by_domain(sample.design, sample.groups, lambda each: mean(each, sample.values))
    as_ratio = ratio(sample.design, inside * sample.values, inside)

    assert by_group["a"].value == pytest.approx(as_ratio.value)
    assert by_group["a"].se == pytest.approx(as_ratio.se)


@given(drawn_samples())
def test_an_answer_that_is_missing_is_a_group_not_a_hole(sample: Drawn) -> None:
    answered = sample.groups == "a"

    with_gaps = mean(sample.design, np.where(answered, sample.values, np.nan))
    group = mean(sample.design.within(answered), sample.values)

    assert with_gaps == group


@given(drawn_samples())
def test_shares_sum_to_one_and_counts_to_the_population(sample: Drawn) -> None:
    found = shares(sample.design, sample.groups)
    people = counts(sample.design, sample.groups)

    assert found.values.sum() == pytest.approx(1)
    assert found.covariance.sum() == pytest.approx(0, abs=1e-12)
    assert people.values.sum() == pytest.approx(sample.weights.sum())


def test_a_share_s_answers_that_are_missing_are_in_no_category() -> None:
    found = shares(survey_design(4), ["yes", "", "no", "yes"])

    assert found.names == ("no", "yes")
    assert found["yes"].value == pytest.approx(2 / 3)
    assert found.n == 3


def test_a_median_is_where_half_the_weight_lies() -> None:
    design = survey_design(5, weights=[1, 1, 1, 1, 4])

    assert quantile(design, [1, 2, 3, 4, 5], 0.5).value == 4
    assert quantile(survey_design(5), [1, 2, 3, 4, 5], 0.5).value == 3


def test_an_interval_past_the_values_seen_has_no_end() -> None:
    found = quantile(survey_design(5), [1, 2, 3, 4, 5], 0.1)

    assert found.value == 1
    assert np.isnan(found.low)
    assert np.isnan(found.se)


def test_without_a_degree_of_freedom_an_interval_says_nothing() -> None:
    design = survey_design(4, clusters=[["x", "x", "y", "y"]])

    found = mean(design.within(np.array([True, True, False, False])), [1, 2, 3, 4])

    assert found.df == 0
    assert found.interval() == (-np.inf, np.inf)


# A stratum with one cluster beside one with two.
LONELY: dict[str, Any] = {"weights": [1.0, 1.0, 1.0], "strata": [["a", "a", "b"]]}


def test_a_lonely_cluster_is_refused_unless_a_policy_says_what_it_means() -> None:
    with pytest.raises(Unusable, match="only one unit was sampled from stratum b"):
        survey_design(3, **LONELY)


@pytest.mark.parametrize(
    ("policy", "variance"),
    [
        (Lonely.CERTAINTY, 2 * 2.0),  # n_h s_h² of the first stratum alone
        (Lonely.AVERAGE, 2 * 2 * 2.0),
        (Lonely.ADJUST, 2 * 2.0 + 7**2),
    ],
)
def test_lonely_clusters_count_as_their_policy_says(policy: Lonely, variance: float) -> None:
    design = survey_design(3, **LONELY, lonely=policy)

    assert total(design, [1, 3, 7]).se ** 2 == pytest.approx(variance)


def test_a_stratum_of_one_taken_whole_is_not_lonely() -> None:
    found = total(survey_design(3, strata=[["a", "a", "b"]], fpc=[[4, 4, 1]]), [1, 3, 7])

    assert found.value == pytest.approx(2 * 4 + 7)


def test_an_average_of_lonely_strata_only_is_refused() -> None:
    design = survey_design(2, strata=[["a", "b"]], lonely=Lonely.AVERAGE)

    with pytest.raises(Unusable, match="no average"):
        mean(design, [1, 2])


@pytest.mark.parametrize(
    ("given_design", "message"),
    [
        ({"weights": [1, -1, 1]}, "Row 2 of weights holds -1"),
        ({"weights": [1, np.nan, 1]}, "Row 2 of weights holds no number"),
        ({"weights": [1, 1]}, "weights has 2 rows, the sample 3"),
        ({"weights": [0, 0, 0]}, "Every weight is 0"),
        ({"probabilities": [0.5, 2, 0.1]}, "at most at 1"),
        ({"weights": [1, 1, 1], "probabilities": [1, 1, 1]}, "not both"),
        ({"fpc": [[2, 2, 2]]}, "more than the population of 2"),
        ({"fpc": [[10, 10, 20]]}, "10 and 20"),
        ({"fpc": [[0, 0, 0]]}, "population of 0"),
        ({"fpc": [[0.5, 10, 10]]}, "below 1 beside numbers above 1"),
        ({"fpc": [[10] * 3, [3] * 3]}, "more stages"),
        ({"strata": [["a", "b"]]}, "one value for each"),
        ({"strata": [["a", "a", "b"]], "clusters": [["1", "2", "1"]]}, "lies in two strata"),
    ],
)
def test_a_design_that_cannot_be_is_refused(given_design: dict[str, Any], message: str) -> None:
    with pytest.raises(Unusable, match=message):
        survey_design(3, **given_design)


def test_cluster_names_may_start_anew_in_each_stratum() -> None:
    design = survey_design(4, strata=[["a", "a", "b", "b"]], clusters=[[1, 2, 1, 2]], nest=True)

    assert design.degrees_of_freedom == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([np.nan] * 3, "every value is missing"),
        ([1, 2], "has 2 rows"),
        ([1, 2, np.inf], "infinite"),
    ],
)
def test_answers_that_cannot_be_used_are_refused(values: list[float], message: str) -> None:
    with pytest.raises(Unusable, match=message):
        mean(survey_design(3), values)


def test_a_problem_in_a_group_names_the_group() -> None:
    with pytest.raises(Unusable, match="In group “b”: Nobody"):
        by_domain(survey_design(3), ["a", "a", "b"], lambda each: _answered(each.weights))


def _answered(weights: np.ndarray[Any, Any]) -> float:
    if weights[0] == 0:
        raise Unusable("Nobody answered.")
    return 1.0


def test_a_plan_must_know_every_stratum_of_the_sample() -> None:
    with pytest.raises(Unusable, match="“west” is not given"):
        weights_of_plan(["east", "west"], {"east": 10})
    with pytest.raises(Unusable, match="Nobody in the sample is strata “south”"):
        weights_of_plan(["east"], {"east": 10, "south": 5})
