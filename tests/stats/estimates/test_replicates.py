"""Replicates show the error that linearisation computes, where both are right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import (
    Lonely,
    bootstrap,
    given_replicates,
    jackknife,
    mean,
    mean_of,
    post_stratify,
    quantile_of,
    rake,
    ratio_of,
    replicate_estimate,
    survey_design,
    total,
    total_of,
)
from cx280.stats.estimates import replicates as subject
from tests.stats.estimates.small_samples import Drawn, drawn_samples


@given(drawn_samples(sized=True))
def test_a_jackknifed_total_has_the_linearised_error(sample: Drawn) -> None:
    exact = total(sample.design, sample.values)

    found = replicate_estimate(jackknife(sample.design), total_of(sample.values), exact.n)

    assert found.value == pytest.approx(exact.value)
    assert found.se == pytest.approx(exact.se, rel=1e-6)
    assert found.df == exact.df


def test_a_jackknifed_mean_of_equal_weights_is_the_textbook_error() -> None:
    values = [1.0, 4.0, 4.0, 7.0, 11.0]

    found = replicate_estimate(jackknife(survey_design(5)), mean_of(values), 5)

    assert found.se == pytest.approx(np.std(values, ddof=1) / np.sqrt(5))


def test_a_bootstrap_comes_close_to_the_linearised_error() -> None:
    random = np.random.default_rng(5)
    strata = np.repeat([0, 1, 2], 40)
    clusters = np.arange(120) // 4
    values = random.normal(50, 10, 120) + random.normal(0, 5, 30)[clusters]
    design = survey_design(
        120, weights=1 + strata, strata=[strata], clusters=[clusters], fpc=[np.full(120, 25)]
    )
    exact = mean(design, values)

    found = replicate_estimate(bootstrap(design, 4000, seed=1), mean_of(values), 120)

    assert found.se == pytest.approx(exact.se, rel=0.05)


def test_the_same_seed_draws_the_same_bootstrap() -> None:
    design = survey_design(6)

    one, two = bootstrap(design, 5, seed=9), bootstrap(design, 5, seed=9)

    assert (one.replicates == two.replicates).all()
    assert (one.replicates != bootstrap(design, 5, seed=10).replicates).any()


@given(drawn_samples())
def test_every_replicate_is_post_stratified_again(sample: Drawn) -> None:
    groups = np.where(np.arange(len(sample.values)) % 2 == 0, "a", "b")
    design = survey_design(len(groups), weights=sample.weights)  # rows, so no group disappears
    if min((groups == "a").sum(), (groups == "b").sum()) < 2:
        return

    found = jackknife(post_stratify(design, groups, {"a": 30, "b": 70}))

    assert found.replicates[groups == "a"].sum(axis=0) == pytest.approx(30)
    assert found.replicates[groups == "b"].sum(axis=0) == pytest.approx(70)


def test_every_replicate_is_raked_again() -> None:
    groups, others = np.array(list("aabbaabb")), np.array(list("xyxyxyxy"))
    design = rake(
        survey_design(8),
        [("g", groups, {"a": 300.0, "b": 700.0}), ("o", others, {"x": 400.0, "y": 600.0})],
        tolerance=1e-9,
        sweeps=200,
    )

    found = jackknife(design)

    assert found.replicates[others == "x"].sum(axis=0) == pytest.approx(400)
    assert found.replicates[groups == "a"].sum(axis=0) == pytest.approx(300, rel=0.01)


def test_a_replicate_that_empties_a_category_is_refused() -> None:
    design = post_stratify(survey_design(4), list("aaab"), {"a": 10, "b": 10})

    with pytest.raises(Unusable, match="no weight left in category “b”"):
        jackknife(design)


def test_a_group_s_replicates_are_those_of_the_whole_sample() -> None:
    values = np.array([1.0, 5.0, 2.0, 8.0, 3.0, 9.0])
    inside = np.array([True, True, True, True, True, False])
    design = survey_design(6, clusters=[[1, 1, 2, 2, 3, 3]])

    found = replicate_estimate(jackknife(design.within(inside)), mean_of(values), 5)

    assert found.value == pytest.approx(values[inside].mean())
    assert found.df == 2


def test_ratios_and_quantiles_have_replicate_errors_too() -> None:
    random = np.random.default_rng(8)
    below, above = random.uniform(1, 5, 80), random.uniform(1, 9, 80)
    drawn = bootstrap(survey_design(80), 300, seed=2)

    by_ratio = replicate_estimate(drawn, ratio_of(above, below), 80)
    median = replicate_estimate(drawn, quantile_of(above, 0.5), 80)

    assert by_ratio.value == pytest.approx(above.sum() / below.sum())
    assert by_ratio.se > 0
    assert median.value == np.sort(above)[39]
    assert median.se > 0


def test_replicates_that_came_with_the_data_are_used_as_they_are() -> None:
    values = [1.0, 2.0, 6.0]
    weights = np.array([[0, 1.5, 1.5], [1.5, 0, 1.5], [1.5, 1.5, 0]])

    found = replicate_estimate(given_replicates([1, 1, 1], weights, 2 / 3), mean_of(values), 3)

    assert found.se == pytest.approx(np.std(values, ddof=1) / np.sqrt(3))
    assert found.df == 2


def test_replicates_that_cannot_be_made_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = survey_design(3, strata=[["a", "a", "b"]], lonely=Lonely.ADJUST)
    for make in (jackknife, lambda design: bootstrap(design, 3, seed=0)):
        with pytest.raises(Unusable, match="lonely"):
            make(alone)
    with pytest.raises(Unusable, match="at least 2"):
        bootstrap(survey_design(3), 1, seed=0)
    with pytest.raises(Unusable, match="a number in each row"):
        given_replicates([1, 1], [[1.0], [np.nan]], 1)
    monkeypatch.setattr(subject, "MOST_CELLS", 8)
    with pytest.raises(Unusable, match="do not fit in memory"):
        jackknife(survey_design(3))
