"""Weights meet the known population, errors know it, and what cannot be met is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import (
    calibrate,
    category_columns,
    counts,
    mean,
    post_stratify,
    rake,
    survey_design,
    total,
)
from tests.stats.estimates.small_samples import Drawn, drawn_samples

PEOPLE = {"a": 400.0, "b": 600.0}


@given(drawn_samples())
def test_post_stratified_counts_are_the_known_ones_without_error(sample: Drawn) -> None:
    design = post_stratify(sample.design, sample.groups, PEOPLE)

    found = counts(design, sample.groups)

    assert found.values == pytest.approx([400, 600])
    assert found.se == pytest.approx([0, 0], abs=1e-8)


@given(drawn_samples(sized=True))
def test_calibrating_to_categories_is_post_stratifying(sample: Drawn) -> None:
    columns, people = category_columns(sample.groups, PEOPLE)

    one = total(post_stratify(sample.design, sample.groups, PEOPLE), sample.values)
    two = total(calibrate(sample.design, columns, people), sample.values)
    three = total(calibrate(sample.design, columns, people, raking=True), sample.values)

    assert two.value == pytest.approx(one.value)
    assert three.value == pytest.approx(one.value)
    assert (two.se, three.se) == pytest.approx((one.se, one.se), rel=1e-6, abs=1e-7)


@given(drawn_samples(sized=True))
def test_a_calibrated_column_has_its_known_total_without_error(sample: Drawn) -> None:
    known = 1.05 * sample.weights @ sample.values
    columns = np.column_stack([np.ones(len(sample.values)), sample.values])

    design = calibrate(sample.design, columns, [sample.weights.sum(), known])

    found = total(design, sample.values)
    assert found.value == pytest.approx(known)
    assert found.se == pytest.approx(0, abs=1e-6 * abs(float(known)))


@given(drawn_samples())
def test_raking_without_slack_meets_every_margin_and_is_the_raking_distance(sample: Drawn) -> None:
    others = np.where(np.arange(len(sample.groups)) // 2 % 2 == 0, "x", "y")
    table = {(g, o) for g, o in zip(sample.groups, others, strict=True)}
    assume(len(table) == 4)
    margins = [("group", sample.groups, PEOPLE), ("other", others, {"x": 500.0, "y": 500.0})]

    raked = rake(sample.design, margins, tolerance=1e-12, sweeps=2000)

    assert counts(raked, sample.groups).values == pytest.approx([400, 600])
    assert counts(raked, others).values == pytest.approx([500, 500])
    columns = np.column_stack([np.ones(len(others)), sample.groups == "a", others == "x"])
    exact = calibrate(sample.design, columns, [1000, 400, 500], raking=True)
    assert raked.weights == pytest.approx(exact.weights, rel=1e-6)


def test_the_error_of_raked_figures_with_equal_weights_is_the_regression_s() -> None:
    random = np.random.default_rng(3)
    n = 60
    groups = random.choice(["a", "b"], n)
    others = random.choice(["x", "y", "z"], n)
    values = random.normal(10, 3, n) + (groups == "a") * 4
    design = survey_design(n, weights=np.full(n, 1000 / n), clusters=[np.arange(n) // 4])
    known = {"x": 300.0, "y": 300.0, "z": 400.0}

    raked = rake(design, [("g", groups, PEOPLE), ("o", others, known)], tolerance=1e-10, sweeps=99)

    columns = np.column_stack([np.ones(n), groups == "a", others == "x", others == "y"])
    exact = calibrate(design, columns, [1000, 400, 300, 300], raking=True)
    assert mean(raked, values).value == pytest.approx(mean(exact, values).value, rel=1e-9)
    assert mean(raked, values).se == pytest.approx(mean(exact, values).se, rel=1e-6)


def test_a_category_may_be_known_to_be_empty() -> None:
    design = post_stratify(survey_design(3), ["a", "a", "b"], {"a": 10, "b": 0, "c": 0})

    assert design.weights.tolist() == [5, 5, 0]
    assert mean(design, [1, 3, 99]).value == 2


def test_the_sample_s_rows_outside_a_group_keep_their_place_after_calibration() -> None:
    """A group's error knows the margins of the whole population: R's convention."""
    design = post_stratify(survey_design(6), list("aabbab"), {"a": 30, "b": 30})
    group = design.within(np.array([True] * 4 + [False] * 2))

    assert group.degrees_of_freedom == 3
    assert mean(group, [1, 2, 3, 4, 5, 6]).se > 0


@pytest.mark.parametrize(
    ("population", "message"),
    [
        ({"a": 10.0}, "“b” is not given"),
        ({"a": 10.0, "b": 10.0, "c": 5.0}, "Nobody in the sample is category “c”"),
        ({"a": -1.0, "b": 2.0}, "is -1"),
        ({"a": float("nan"), "b": 2.0}, "is nan"),
        ({"a": 0.0, "b": 0.0}, "is empty"),
    ],
)
def test_margins_that_do_not_fit_the_sample_are_refused(
    population: dict[str, float], message: str
) -> None:
    with pytest.raises(Unusable, match=message):
        post_stratify(survey_design(3), ["a", "a", "b"], population)


def test_a_category_left_without_weight_is_refused() -> None:
    with pytest.raises(Unusable, match="no weight left in category “b”"):
        post_stratify(survey_design(3, weights=[1, 1, 0]), ["a", "a", "b"], {"a": 1, "b": 1})


def test_raking_that_does_not_settle_is_refused() -> None:
    """Too few rounds for two margins that hang together."""
    groups = list("aaaaabbbbb")
    others = list("xxxxyyyyyx")
    margins = [("group", groups, PEOPLE), ("other", others, {"x": 900.0, "y": 100.0})]

    with pytest.raises(Unusable, match="did not settle after 2 rounds"):
        rake(survey_design(10), margins, sweeps=2)


def test_margins_that_contradict_each_other_are_refused_though_they_settle() -> None:
    """Everybody in a is in x, everybody in b in y: each round ends where it began."""
    margins = [
        ("group", ["a", "a", "b"], {"a": 500.0, "b": 500.0}),
        ("other", ["x", "x", "y"], {"x": 900.0, "y": 100.0}),
    ]

    with pytest.raises(Unusable, match="did not meet group “a”: 900 instead of 500"):
        rake(survey_design(3), margins)


def test_margins_of_different_populations_are_refused() -> None:
    with pytest.raises(Unusable, match="group has 1000, other 2000"):
        rake(
            survey_design(4),
            [
                ("group", list("aabb"), {"a": 500.0, "b": 500.0}),
                ("other", list("xyxy"), {"x": 1000.0, "y": 1000.0}),
            ],
        )
    with pytest.raises(Unusable, match="needs a margin"):
        rake(survey_design(4), [])


def test_totals_that_contradict_each_other_are_refused() -> None:
    columns = np.column_stack([np.ones(3), np.ones(3)])

    with pytest.raises(Unusable, match="No weights reach"):
        calibrate(survey_design(3), columns, [10, 20])
    with pytest.raises(Unusable, match="No weights reach"):
        calibrate(survey_design(3), [[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]], [10, -5], raking=True)
    with pytest.raises(Unusable, match="a number in each"):
        calibrate(survey_design(3), [[1.0], [np.nan], [1.0]], [10])
