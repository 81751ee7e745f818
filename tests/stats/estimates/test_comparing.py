"""Comparisons equal what they generalise, and say no more than the sample allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from scipy.stats import chi2_contingency

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import (
    Family,
    change,
    change_within,
    compare_table,
    compare_two,
    mean,
    regression,
    survey_design,
)
from cx280.stats.estimates.results import Estimate
from cx280.stats.intervals import Verdict
from tests.stats.estimates.small_samples import Drawn, drawn_samples


@given(drawn_samples(sized=True))
def test_a_difference_of_two_means_is_a_slope(sample: Drawn) -> None:
    assume(sample.design.degrees_of_freedom > 1 and len(set(sample.groups)) == 2)
    try:
        found = compare_two(sample.design, sample.values, sample.groups)
    except Unusable:  # nothing varies
        assume(False)

    model = regression(sample.design, sample.values, [("b", sample.groups == "b")])

    assert found.difference == pytest.approx(model["b"].value)
    assert found.se == pytest.approx(model["b"].se, rel=1e-5, abs=1e-9)
    assert found.df == model.df


def test_the_table_test_of_a_simple_sample_is_pearson_s() -> None:
    random = np.random.default_rng(4)
    rows, columns = (
        random.choice(["a", "b", "c"], 300),
        random.choice(["x", "y"], 300, p=[0.3, 0.7]),
    )
    counts = [[((rows == r) & (columns == c)).sum() for c in "xy"] for r in "abc"]

    found = compare_table(survey_design(300), rows, columns)

    pearson = chi2_contingency(counts, correction=False).statistic
    assert found.f == pytest.approx(pearson / 2 * 299 / 300)
    assert found.df == pytest.approx((2, 2 * 299))


def test_a_table_test_leaves_out_who_gave_no_answer() -> None:
    rows, columns = [*"aabbab", "", "a"], [*"xyxyyx", "x", ""]

    found = compare_table(survey_design(8), rows, columns)

    assert found.n == 6


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        (list("aaaa"), list("xyxy"), "two rows and two columns"),
        (["", "", "", ""], list("xyxy"), "No row"),
    ],
)
def test_a_table_that_is_none_is_refused(rows: list[str], columns: list[str], message: str) -> None:
    with pytest.raises(Unusable, match=message):
        compare_table(survey_design(4), rows, columns)


@pytest.mark.parametrize(
    ("values", "groups", "message"),
    [
        ([1, 2, 3], list("abc"), "there are 3"),
        ([1, 1, 1], list("aab"), "no spread"),
    ],
)
def test_a_comparison_that_is_none_is_refused(
    values: list[float], groups: list[str], message: str
) -> None:
    with pytest.raises(Unusable, match=message):
        compare_two(survey_design(3), values, groups)


def test_least_squares_with_equal_weights_has_its_known_coefficients() -> None:
    x = np.array([1.0, 2, 3, 4, 5, 6])
    y = 3 + 2 * x + np.array([0.1, -0.1, 0.2, -0.2, 0.1, -0.1])

    found = regression(survey_design(6), y, [("x", x)])

    slope, intercept = np.polyfit(x, y, 1)
    assert found.values == pytest.approx([intercept, slope])
    assert found.df == 4


def test_a_logistic_intercept_is_the_log_odds_of_the_share() -> None:
    yes = np.array([1, 1, 1, 0, 0] * 8)
    share = mean(survey_design(40), yes)

    found = regression(survey_design(40), yes, [], Family.LOGISTIC)["intercept"]

    assert found.value == pytest.approx(np.log(0.6 / 0.4))
    assert found.se == pytest.approx(share.se / (0.6 * 0.4))


def test_a_poisson_slope_is_the_log_of_the_ratio_of_means() -> None:
    y, late = np.array([1, 2, 3, 4, 6, 8]), np.array([0, 0, 0, 1, 1, 1])

    found = regression(survey_design(6), y, [("late", late)], Family.POISSON)

    assert found["late"].value == pytest.approx(np.log(6 / 2))


def test_a_row_without_a_predictor_does_not_count() -> None:
    found = regression(survey_design(5), [1, 2, 3, 4, 9], [("x", [1, 2, 4, 3, np.nan])])

    assert found.n == 4


@pytest.mark.parametrize(
    ("outcome", "predictors", "family", "message"),
    [
        ([1, 2, 3, 4], [("x", [1, 2, 3, 4]), ("y", [2, 4, 6, 8])], Family.LINEAR, "repeat"),
        ([1, 2, 3, 4], [("x", [5, 5, 5, 5])], Family.LINEAR, "do not vary"),
        ([0, 0, 1, 2], [("x", [1, 2, 3, 4])], Family.LOGISTIC, "between 0 and 1"),
        ([0, 0, 1, -2], [("x", [1, 2, 3, 4])], Family.POISSON, "never negative"),
        ([0, 0, 1, 1], [("x", [1, 2, 3, 4])], Family.LOGISTIC, "apart completely"),
    ],
)
def test_a_model_that_cannot_be_fitted_is_refused(
    outcome: list[float],
    predictors: list[tuple[str, list[float]]],
    family: Family,
    message: str,
) -> None:
    with pytest.raises(Unusable, match=message):
        regression(survey_design(4), outcome, predictors, family)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(5.0, Verdict.HIGHER), (3.0, Verdict.LOWER), (4.1, Verdict.NO_EVIDENCE)],
)
def test_a_change_says_what_its_interval_allows(after: float, verdict: Verdict) -> None:
    found = change(Estimate(4.0, 0.1, 200, 201), Estimate(after, 0.1, 200, 201))

    assert found.verdict == verdict
    assert found.se == pytest.approx(np.sqrt(0.02))
    assert found.df == pytest.approx(400)
    assert found.low < found.difference < found.high


def test_two_samples_in_which_nothing_varies_show_no_change() -> None:
    found = change(Estimate(4.0, 0.0, 3, 4), Estimate(5.0, 0.0, 3, 4))

    assert found.verdict == Verdict.NO_EVIDENCE


def test_the_same_clusters_in_both_periods_make_a_change_surer() -> None:
    random = np.random.default_rng(6)
    level = random.normal(50, 10, 20)
    clusters = np.tile(np.arange(20), 2)
    values = np.concatenate([level, level + 1]) + random.normal(0, 0.5, 40)
    period = np.repeat(["2025", "2026"], 20)
    design = survey_design(40, clusters=[clusters])

    found = change_within(design, values, period, "2025", "2026")

    apart = change(
        mean(design.within(period == "2025"), values), mean(design.within(period == "2026"), values)
    )
    assert found.difference == pytest.approx(apart.difference)
    assert (found.verdict, apart.verdict) == (Verdict.HIGHER, Verdict.NO_EVIDENCE)
    assert found.before == pytest.approx(values[:20].mean())


def test_a_period_nobody_answered_in_is_refused() -> None:
    with pytest.raises(Unusable, match="“2024”"):
        change_within(survey_design(2), [1, 2], ["2025", "2026"], "2024", "2026")
