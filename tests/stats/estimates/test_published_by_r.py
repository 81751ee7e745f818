"""More figures of the school samples, printed in the documentation and test logs of R's survey."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from cx280.stats.estimates import (
    Design,
    Lonely,
    Method,
    by_domain,
    calibrate,
    jackknife,
    mean,
    mean_of,
    rake,
    ratio,
    regression,
    replicate_estimate,
    share,
    survey_design,
    total,
    total_of,
)
from tests.stats.estimates.school_samples import (
    SCHOOL_WIDE,
    TYPES,
    Sample,
    clustered,
    read,
    two_stage,
)

pytestmark = pytest.mark.realdata


def by_district(sample: Sample, lonely: Lonely, sized: bool = False) -> Design:
    """Districts as strata: number 413 has one school."""
    district = sample.text("dnum")
    return survey_design(
        len(district),
        weights=sample.numbers("pw"),
        strata=[district],
        fpc=[np.where(district == "413", 1, 1000)] if sized else [],
        lonely=lonely,
    )


@pytest.mark.parametrize(
    ("lonely", "se"),
    [(Lonely.CERTAINTY, 5.8058), (Lonely.ADJUST, 5.8281), (Lonely.AVERAGE, 6.0096)],
)
def test_lonely_clusters_have_r_s_error(lonely: Lonely, se: float, real_data: Path) -> None:
    sample = clustered(real_data)

    found = mean(by_district(sample, lonely), sample.numbers("api00"))

    assert found.se == pytest.approx(se, abs=5e-5)


def test_a_stratum_taken_whole_has_r_s_error(real_data: Path) -> None:
    sample = clustered(real_data)
    design = by_district(sample, Lonely.FAIL, sized=True)

    found = mean(design, sample.numbers("api00"))
    jackknifed = replicate_estimate(jackknife(design), mean_of(sample.numbers("api00")), found.n)

    assert found.se == pytest.approx(5.7344, abs=5e-5)
    assert jackknifed.se == pytest.approx(5.7344, abs=5e-5)


def test_raked_replicates_have_r_s_error(real_data: Path) -> None:
    sample = clustered(real_data)
    raked = rake(
        sample.design,
        [
            ("stype", sample.text("stype"), TYPES),
            ("sch.wide", sample.text("sch.wide"), SCHOOL_WIDE),
        ],
    )
    drawn = jackknife(raked)

    scores = replicate_estimate(drawn, mean_of(sample.numbers("api00")), raked.n)
    pupils = replicate_estimate(drawn, total_of(sample.numbers("enroll")), raked.n)

    assert (scores.value, scores.se) == pytest.approx((641.23, 26.873), abs=5e-3)
    assert (pupils.value, pupils.se) == pytest.approx((3647300, 463511), abs=0.6)


def test_a_table_may_be_a_margin(real_data: Path) -> None:
    sample = clustered(real_data)
    both = np.char.add(sample.text("stype"), sample.text("sch.wide"))
    pop = read(real_data / "survey-api/apipop.csv")
    table = Counter(np.char.add(pop["stype"], pop["sch.wide"]).tolist())
    improved = {"No": 1712, "Yes": 4482}

    raked = rake(
        sample.design, [("both", both, table), ("comp.imp", sample.text("comp.imp"), improved)]
    )
    found = mean(raked, sample.numbers("api00"))

    assert (found.value, found.se) == pytest.approx((642.62, 22.732), abs=5e-3)


@pytest.mark.parametrize(
    ("raking", "score", "error"), [(False, 665.31, 3.4418), (True, 665.39, 3.4378)]
)
def test_a_quantity_known_of_everybody_has_r_s_error(
    raking: bool, score: float, error: float, real_data: Path
) -> None:
    sample = clustered(real_data)
    types = sample.text("stype")
    columns = np.column_stack(
        [np.ones(len(types)), types == "H", types == "M", sample.numbers("api99")]
    )

    design = calibrate(sample.design, columns, [6194, 755, 1018, 3914069], raking=raking)

    found = mean(design, sample.numbers("api00"))
    assert found.value == pytest.approx(score, abs=5e-3)
    assert found.se == pytest.approx(error, abs=5e-5)


def test_a_two_stage_total_with_missing_answers_is_r_s(real_data: Path) -> None:
    sample = two_stage(real_data)

    found = total(sample.design, sample.numbers("enroll"))

    assert (found.value, found.se) == pytest.approx((2639273, 799638), abs=0.5)


def test_groups_have_r_s_errors(real_data: Path) -> None:
    sample = clustered(real_data)

    found = by_domain(
        sample.design, sample.text("stype"), lambda group: mean(group, sample.numbers("api99"))
    )

    assert [each.se for each in found.values()] == pytest.approx(
        [22.81660, 41.76400, 32.56064], abs=1e-4
    )


def test_a_model_without_population_sizes_has_r_s_errors(real_data: Path) -> None:
    sample = two_stage(real_data)
    design = survey_design(
        len(sample.text("dnum")),
        weights=sample.numbers("pw"),
        clusters=[sample.text("dnum"), sample.text("snum")],
    )

    found = regression(
        design,
        sample.numbers("api00"),
        [(each, sample.numbers(each)) for each in ("ell", "meals", "mobility")],
    )

    assert found.values == pytest.approx([811.4907, -2.0592, -1.7772, 0.3253], abs=5e-5)
    assert found.se[:3] == pytest.approx([30.8795, 1.4075, 1.1053], abs=5e-5)


def test_a_ratio_of_districts_is_r_s(real_data: Path) -> None:
    sample = clustered(real_data)

    found = ratio(sample.design, sample.numbers("api.stu"), sample.numbers("enroll"))

    assert found.value == pytest.approx(0.8497087, abs=5e-8)
    assert found.df == 14


def test_every_interval_of_a_rare_share_has_its_own_shape(real_data: Path) -> None:
    sample = clustered(real_data)
    none = sample.numbers("ell") == 0

    found = {each: share(sample.design, none, method=each) for each in list(Method)[:5]}

    assert all(each.value == pytest.approx(4 / 183) for each in found.values())
    assert found[Method.BETA].low < found[Method.LOGIT].low < found[Method.WILSON].low
    assert found[Method.MEAN].low == 0
