"""The study of intervals measures what it says, and its page shows what it measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks.coverage import (
    SHARES,
    can_be_met,
    coverage_nearby,
    coverage_of_clusters,
    coverage_of_strata,
    exact_coverage,
    outcomes,
)
from benchmarks.coverage_in_words import Table, summary
from cx280.stats.estimates import Method

PAGE = Path(__file__).resolve().parents[2] / "docs/studies/intervals.md"


@pytest.mark.parametrize("n", [30, 100, 1_000])
@pytest.mark.parametrize("part", SHARES)
def test_wilson_holds_shares_around_any_value_in_93_to_97_of_100_samples(
    n: int, part: float
) -> None:
    assert 0.93 <= coverage_nearby(n, part) <= 0.97


def test_outcomes_have_their_binomial_chances() -> None:
    assert outcomes(40, 0.3) == pytest.approx(binom.pmf(np.arange(41), 40, 0.3))


def test_coverage_is_the_chance_of_the_outcomes_whose_interval_holds_the_share() -> None:
    """Of 30 people at 2 %: the intervals of nobody, one and two hold it, that of three does not."""
    assert exact_coverage(30, 0.02) == pytest.approx(binom.cdf(2, 30, 0.02))


def test_where_no_run_of_outcomes_fits_no_interval_can_hold() -> None:
    assert not can_be_met(30, 0.02)
    assert not can_be_met(50, 0.98)
    assert can_be_met(30, 0.5)
    assert can_be_met(10_000, 0.02)


def test_the_page_shows_what_is_measured() -> None:
    row = f"| 30 | {' | '.join(f'{100 * exact_coverage(30, each):.1f}' for each in SHARES)} |"

    assert row in PAGE.read_text(encoding="utf-8").replace("**", "")


def test_every_interval_of_a_design_is_judged_by_the_same_samples() -> None:
    strata, clusters = coverage_of_strata(30, 0.5, 40), coverage_of_clusters(30, 0.5, 40)

    assert set(strata) == {Method.LOGIT, Method.WILSON, Method.BETA, Method.STRATIFIED}
    assert set(clusters) == {Method.LOGIT, Method.WILSON, Method.BETA}
    assert all(0.5 < each <= 1 for each in [*strata.values(), *clusters.values()])
    assert strata == coverage_of_strata(30, 0.5, 40)


def test_cells_outside_the_band_are_bold_and_counted() -> None:
    table = Table((30, 100), (0.1, 0.5), [[0.929, 0.95], [0.97, 0.931]])

    assert table.as_markdown().splitlines()[2:] == [
        "| 30 | **92.9** | 95.0 |",
        "| 100 | 97.0 | 93.1 |",
    ]
    assert summary(table).startswith("1 of 4 cells lie outside 93 to 97 %; the lowest is 92.9")
