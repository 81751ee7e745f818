"""Every figure that R's survey computed of the school samples, to six significant digits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cx280.stats.estimates import (
    by_domain,
    calibrate,
    category_columns,
    compare_table,
    compare_two,
    counts,
    jackknife,
    mean,
    mean_of,
    post_stratify,
    quantile,
    rake,
    ratio,
    regression,
    replicate_estimate,
    share_interval,
    total,
)
from cx280.stats.estimates.design import Design
from tests.stats.estimates.school_samples import (
    SCHOOL_WIDE,
    TYPES,
    Sample,
    clustered,
    read,
    simple,
    stratified,
    two_stage,
)

pytestmark = pytest.mark.realdata


def raked(sample: Sample) -> Design:
    margins = [
        ("stype", sample.text("stype"), TYPES),
        ("sch.wide", sample.text("sch.wide"), SCHOOL_WIDE),
    ]
    return rake(sample.design, margins)


def mean_with_effect(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = mean(sample.design, sample.numbers("api00"))
    assert found.deff is not None
    return [found.value, found.se, found.deff]


def mean_of_scores(draw: Callable[[Path], Sample]) -> Callable[[Path], list[float]]:
    def figure(folder: Path) -> list[float]:
        sample = draw(folder)
        found = mean(sample.design, sample.numbers("api00"))
        return [found.value, found.se]

    return figure


def total_enrollment(draw: Callable[[Path], Sample]) -> Callable[[Path], list[float]]:
    def figure(folder: Path) -> list[float]:
        sample = draw(folder)
        found = total(sample.design, sample.numbers("enroll"))
        return [found.value, found.se]

    return figure


def totals_of_types(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = counts(sample.design, sample.text("stype"))
    return [*found.values, *found.se]


def ratio_of_tested(folder: Path) -> list[float]:
    sample = stratified(folder)
    found = ratio(sample.design, sample.numbers("api.stu"), sample.numbers("enroll"))
    return [found.value, found.se]


def post_stratified_total(folder: Path) -> list[float]:
    sample = clustered(folder)
    design = post_stratify(sample.design, sample.text("stype"), TYPES)
    found = total(design, sample.numbers("enroll"))
    return [found.value, found.se]


def raked_mean(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = mean(raked(sample), sample.numbers("api00"))
    return [found.value, found.se]


def raked_total(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = total(raked(sample), sample.numbers("enroll"))
    return [found.value, found.se]


def raked_weights(folder: Path) -> list[float]:
    weights = raked(clustered(folder)).weights
    quarters = np.quantile(weights, [0, 0.25, 0.5, 0.75, 1]).tolist()
    return [*quarters[:3], float(weights.mean()), *quarters[3:]]


def calibrated_total(folder: Path) -> list[float]:
    sample = clustered(folder)
    types, people = category_columns(sample.text("stype"), TYPES)
    columns = np.column_stack([np.ones(len(types)), types[:, 1:]])
    design = calibrate(sample.design, columns, [people.sum(), *people[1:]])
    found = total(design, sample.numbers("enroll"))
    return [found.value, found.se]


def quartiles(folder: Path) -> list[float]:
    sample = clustered(folder)
    figures = [quantile(sample.design, sample.numbers("api00"), each) for each in (0.25, 0.5, 0.75)]
    return [number for each in figures for number in (each.value, each.low, each.high, each.se)]


def means_by_type(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = by_domain(
        sample.design, sample.text("stype"), lambda group: mean(group, sample.numbers("api00"))
    )
    return [number for each in found.values() for number in (each.value, each.se)]


def share_with_award(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = share_interval(mean(sample.design, sample.text("awards") == "Yes"))
    return [found.value, found.low, found.high]


def difference_of_means(folder: Path) -> list[float]:
    sample = stratified(folder)
    found = compare_two(sample.design, sample.numbers("api00"), sample.text("awards"))
    return [found.statistic, found.p, found.df]


def table_of_types(folder: Path) -> list[float]:
    sample = clustered(folder)
    found = compare_table(sample.design, sample.text("sch.wide"), sample.text("stype"))
    return [found.f, *found.df, found.p]


def model_of_scores(folder: Path) -> list[float]:
    sample = stratified(folder)
    names = ("ell", "meals", "mobility")
    found = regression(
        sample.design, sample.numbers("api00"), [(each, sample.numbers(each)) for each in names]
    )
    return [*found.values, *found.se]


def jackknifed_mean(folder: Path) -> list[float]:
    sample = clustered(folder)
    values = sample.numbers("api00")
    found = replicate_estimate(jackknife(sample.design), mean_of(values), len(values))
    return [found.value, found.se]


FIGURES: dict[str, Callable[[Path], list[float]]] = {
    "clus1_mean_api00": mean_with_effect,
    "clus1_total_enroll": total_enrollment(clustered),
    "clus1_total_stype": totals_of_types,
    "strat_mean_api00": mean_of_scores(stratified),
    "strat_total_enroll": total_enrollment(stratified),
    "clus2_mean_api00": mean_of_scores(two_stage),
    "srs_mean_api00": mean_of_scores(simple),
    "strat_ratio": ratio_of_tested,
    "clus1_poststrat_total_enroll": post_stratified_total,
    "clus1_rake_mean_api00": raked_mean,
    "clus1_rake_total_enroll": raked_total,
    "clus1_rake_weight_summary": raked_weights,
    "clus1_calib_total_enroll": calibrated_total,
    "clus1_quantile_api00": quartiles,
    "clus1_by_stype": means_by_type,
    "clus1_prop_awards": share_with_award,
    "strat_ttest": difference_of_means,
    "clus1_raoscott": table_of_types,
    "strat_glm": model_of_scores,
    "clus1_jk1_mean_api00": jackknifed_mean,
}


def numbers_in(expected: object) -> list[float]:
    """The figures of one entry in the order they are written, names left out."""
    if isinstance(expected, dict):
        return [number for each in expected.values() for number in numbers_in(each)]
    if isinstance(expected, list):
        return [number for each in expected for number in numbers_in(each)]
    return [] if isinstance(expected, str) else [float(str(expected))]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_equals_r_to_six_digits(name: str, real_data: Path) -> None:
    expected = json.loads((real_data / "survey-api/expected_R_survey.json").read_text())

    found = FIGURES[name](real_data)

    assert found == pytest.approx(numbers_in(expected[name]), rel=5e-7)


def test_no_figure_of_r_is_left_out(real_data: Path) -> None:
    expected = json.loads((real_data / "survey-api/expected_R_survey.json").read_text())

    assert set(expected) == set(FIGURES)


def test_every_raked_weight_equals_r(real_data: Path) -> None:
    known = read(real_data / "survey-api/apiclus1_raked_weights.csv")["raked"].astype(float)

    found = raked(clustered(real_data)).weights

    assert found == pytest.approx(known, rel=1e-9)
