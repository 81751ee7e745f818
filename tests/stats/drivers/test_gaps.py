"""Skipped answers: nobody is thrown away, and what is missing does not tilt what is found."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from cx280.stats.drivers import DriverAnalysis, Patterns, TooThin, analyse, patterns_of
from cx280.stats.drivers.missingness import group
from cx280.stats.drivers.moments import estimate_moments
from cx280.stats.drivers.patterns import Floats
from cx280.stats.drivers.resampling import resample
from tests.stats.drivers.answers import NAMES, answers, columns_of, with_gaps


def test_the_estimate_is_the_maximum_of_the_likelihood() -> None:
    columns = with_gaps(columns_of(200), 0.5)
    rows = np.column_stack([columns[each] for each in ("trust", "ease", "speed")])
    patterns = patterns_of(columns).of(["trust", "ease", "speed"])
    groups = group(patterns)

    found = estimate_moments(groups)

    def unlikely(guess: Floats) -> float:
        root = np.zeros((3, 3))
        root[np.tril_indices(3)] = guess[3:]
        return _minus_log_likelihood(rows, guess[:3], root @ root.T)

    mean = found.mean + groups.centre
    root = np.linalg.cholesky(found.covariance)
    here = np.concatenate([mean, root[np.tril_indices(3)]])
    slope = optimize.approx_fprime(here, unlikely, 1e-6)
    elsewhere = here + 0.01 * np.random.default_rng(1).standard_normal((20, len(here)))
    assert np.abs(slope).max() < 1e-2
    assert min(unlikely(each) for each in elsewhere) > unlikely(here)


def test_one_step_from_everybody_s_estimate_spreads_like_fitting_every_sample_afresh() -> None:
    patterns = patterns_of(with_gaps(columns_of(400), 0.6)).of(["trust", "ease", "speed"])
    groups = group(patterns.compressed())
    source = np.random.default_rng(3)
    afresh = []
    for _ in range(250):
        times = 1e-12 + source.multinomial(patterns.n, patterns.people / patterns.n)
        sample = Patterns(patterns.names, patterns.values, times.astype(np.float64))
        afresh.append(estimate_moments(group(sample)).covariance)

    drawn = resample(patterns.compressed(), groups, estimate_moments(groups), 3000, seed=1)

    assert drawn.std(axis=0) == pytest.approx(np.std(afresh, axis=0), rel=0.2)
    assert drawn.mean(axis=0) == pytest.approx(np.mean(afresh, axis=0), abs=0.02)


def test_without_gaps_it_is_the_plain_covariance() -> None:
    patterns = answers(500)

    found = estimate_moments(group(patterns))

    plain = np.cov(patterns.values.T, fweights=patterns.people.astype(int), bias=True)
    assert found.outlook is None
    assert found.covariance == pytest.approx(plain)


def test_everybody_who_answered_the_outcome_counts() -> None:
    columns = with_gaps(columns_of(1000), 0.7)
    columns["trust"][:100] = np.nan
    complete = np.isnan(np.array(list(columns.values()))).sum(axis=0) == 0

    found = analyse(patterns_of(columns), "trust", NAMES)

    assert (found.n, found.complete) == (900, complete.sum())
    assert found.driver("ease").answered == (~np.isnan(columns["ease"][100:])).sum()
    assert any("nobody is left out" in each for each in found.notes)


@pytest.mark.parametrize("by_trust", [False, True])
def test_skipping_up_to_70_of_100_answers_does_not_tilt_the_importance(by_trust: bool) -> None:
    truth = analyse(answers(1_000_000, 99), "trust", NAMES, bootstrap=0)
    runs = [
        analyse(patterns_of(with_gaps(columns_of(1500, seed), 0.7, seed, by_trust=by_trust)),
                "trust", NAMES, bootstrap=200)
        for seed in range(40)
    ]  # fmt: skip

    held = []
    for name in NAMES:
        mean = np.mean([each.driver(name).importance for each in runs])
        assert mean == pytest.approx(truth.driver(name).importance, abs=0.02)
        held += [each.driver(name).low <= truth.driver(name).importance <= each.driver(name).high
                 for each in runs]  # fmt: skip
    assert np.mean(held) >= 0.88
    assert np.mean([each.drivers[0].driver == "ease" for each in runs]) >= 0.9


def test_counting_complete_answers_only_would_tilt_it() -> None:
    columns = with_gaps(columns_of(100_000), 0.7, by_trust=True)
    truth = analyse(answers(100_000), "trust", NAMES, bootstrap=0)

    all_answers = analyse(patterns_of(columns), "trust", NAMES, bootstrap=0)
    complete = analyse(patterns_of(columns), "trust", NAMES, bootstrap=0, missing="complete")

    assert all_answers.r2 == pytest.approx(truth.r2, abs=0.03)
    assert complete.r2 < truth.r2 - 0.1
    assert complete.n == complete.complete < all_answers.n / 2


def test_questions_that_nobody_answered_both_of_are_refused() -> None:
    columns = columns_of(400)
    columns["ease"][:200] = np.nan
    columns["speed"][200:] = np.nan

    with pytest.raises(TooThin, match="0 people answered both ease and speed"):
        analyse(patterns_of(columns), "trust", NAMES)


def test_a_driver_few_answered_has_a_wider_interval() -> None:
    columns = columns_of(3000)
    whole = analyse(patterns_of(columns), "trust", NAMES)
    columns["ease"][300:] = np.nan

    found = analyse(patterns_of(columns), "trust", NAMES)

    assert _width(found, "ease") > 2 * _width(whole, "ease")


@pytest.mark.realdata
def test_passengers_of_two_years_name_the_same_leading_drivers(real_data: Path) -> None:
    """Fourteen drivers, skipped by up to three in four; two surveys that share no respondent."""
    years = [_passengers(real_data, year) for year in (2014, 2015)]

    ahead = [{each.driver for each in found.drivers[:4]} for found in years]
    assert ahead[0] == ahead[1]
    assert ahead[0] <= set(years[0].leading) & set(years[1].leading)
    for found, other in (years, years[::-1]):
        assert found.drivers[0].driver in other.leading
        assert found.complete < found.n / 5
        assert 0.5 < found.r2_low < found.r2 < found.r2_high < 0.7
        for each in found.drivers[:4]:
            assert each.low < other.driver(each.driver).importance * 1.2
            assert 0 < each.low < each.importance < each.high


def _passengers(folder: Path, year: int) -> DriverAnalysis:
    path = next((folder / "sfo").glob(f"{year}*.csv"))
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    drivers = [each for each in rows[0] if each.startswith("Q7") and each != "Q7ALL"]
    columns = {
        name: [np.nan if row[name] in ("", "0", "6") else float(row[name]) for row in rows]
        for name in ("Q7ALL", *drivers)
    }
    assert len(drivers) == 14
    return analyse(patterns_of(columns, [float(row["WEIGHT"]) for row in rows]), "Q7ALL", drivers,
                   bootstrap=300)  # fmt: skip


def _width(found: DriverAnalysis, name: str) -> float:
    return found.driver(name).high - found.driver(name).low


def _minus_log_likelihood(rows: Floats, mean: Floats, covariance: Floats) -> float:
    total = 0.0
    for row in rows:
        seen = ~np.isnan(row)
        inside = covariance[np.ix_(seen, seen)]
        away = (row - mean)[seen]
        total += np.linalg.slogdet(inside)[1] + away @ np.linalg.solve(inside, away)
    return total / 2
