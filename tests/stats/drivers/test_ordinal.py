"""The ordinal check: the same first driver when answers are only ordered."""

import itertools
import math

import numpy as np
import pytest
from scipy import optimize, special

from cx280.stats.drivers import Patterns, analyse, check_order, patterns_of
from cx280.stats.drivers.ordinal import ordinal_importance
from cx280.stats.drivers.proportional_odds import fit_proportional_odds
from cx280.stats.drivers.readiness import TooThin
from tests.stats.drivers.answers import NAMES, answers, columns_of, with_gaps


def test_the_fit_is_the_maximum_of_the_likelihood() -> None:
    used = answers(800)
    levels, place = np.unique(used.values[:, 0], return_inverse=True)
    drivers = used.values[:, 1:] - used.people @ used.values[:, 1:] / used.n
    drivers /= np.sqrt(used.people @ drivers**2 / used.n)

    def unlikely(guess: np.ndarray) -> float:
        cuts = np.cumsum(np.concatenate([guess[:1], np.exp(guess[1:4])]))
        edges = np.concatenate([[-np.inf], cuts, [np.inf]])
        expected = drivers @ guess[4:]
        chance = special.expit(edges[place + 1] - expected) - special.expit(edges[place] - expected)
        return -float(used.people @ np.log(chance))

    fit = fit_proportional_odds(used)
    sought = optimize.minimize(unlikely, np.array([-4.0, 0, 0, 0, *np.zeros(4)]), tol=1e-10)

    assert len(levels) == 5
    assert fit.log_likelihood == pytest.approx(-sought.fun, rel=1e-7)
    assert fit.slopes == pytest.approx(sought.x[4:], abs=1e-3)


def test_one_fit_gives_nearly_the_importance_that_fitting_every_subset_gives() -> None:
    used = answers(2000)

    _, found = ordinal_importance(used, "trust", NAMES)

    exact = _dominance_by_fitting_all(used)
    assert list(found) == sorted(exact, key=lambda each: -exact[each])
    assert found == pytest.approx(exact, abs=0.05)


def test_it_agrees_with_the_analysis_where_one_driver_stands_out() -> None:
    patterns = answers(3000)
    analysis = analyse(patterns, "trust", NAMES)

    found = check_order(patterns, analysis)

    assert found.agrees is True
    assert found.leading == "ease"
    assert found.sentence.endswith("ease comes first too.")


def test_it_rests_on_people_who_answered_everything_and_says_how_many() -> None:
    columns = with_gaps(columns_of(2000), 0.3)
    complete = np.isnan(np.array(list(columns.values()))).sum(axis=0) == 0
    patterns = patterns_of(columns)

    found = check_order(patterns, analyse(patterns, "trust", NAMES))

    assert found.n == complete.sum()
    assert f"{complete.sum():,} people who answered everything" in found.sentence


def test_a_coding_that_changes_the_ranking_is_found_out() -> None:
    """Two codes far from the rest: as numbers one rare answer decides, in order it does not."""
    columns = columns_of(4000, weights=(0.5, 0.3, 0.1, 0.1))
    rare = np.random.default_rng(1).random(4000) < 0.02
    columns["trust"] = np.where(rare, 1, columns["trust"] + 20)
    columns["staff"] = np.where(rare, 1, columns["staff"])
    patterns = patterns_of(columns)
    analysis = analyse(patterns, "trust", NAMES)

    found = check_order(patterns, analysis)

    assert analysis.leading == ("staff",)
    assert (found.agrees, found.leading) == (False, "ease")
    assert "depends on how answers are coded" in found.sentence


def test_it_does_not_blame_the_coding_for_who_answered_everything() -> None:
    """The people who answered all are unlike the others: for them speed comes first."""
    all_of_them = columns_of(1500, 1, weights=(0.1, 0.6, 0.1, 0.1))
    others = columns_of(9000, 2, weights=(0.6, 0.1, 0.1, 0.1))
    others["fairness"][:] = np.nan
    columns = {name: np.concatenate([all_of_them[name], others[name]]) for name in all_of_them}
    patterns = patterns_of(columns)
    analysis = analyse(patterns, "trust", NAMES)

    found = check_order(patterns, analysis)

    assert analysis.leading == ("ease",)
    assert (found.agrees, found.leading) == (True, "speed")
    assert "it is not the coding that moves it" in found.sentence


def test_without_enough_complete_answers_it_says_that_it_did_not_check() -> None:
    patterns = answers(30)

    found = check_order(patterns, analyse(patterns, "trust", NAMES, bootstrap=100))

    assert found.agrees is None
    assert "Not checked" in found.sentence
    assert found.importance == {}


def test_an_outcome_that_a_driver_tells_without_fail_is_refused() -> None:
    ratings = np.tile([1.0, 2.0, 3.0, 4.0, 5.0], 20)
    patterns = patterns_of({"trust": ratings, "ease": ratings})

    with pytest.raises(TooThin):
        ordinal_importance(patterns, "trust", ["ease"])


def _dominance_by_fitting_all(used: Patterns) -> dict[str, float]:
    k = len(NAMES)
    r2: dict[tuple[str, ...], float] = {(): 0.0}
    for size in range(1, k + 1):
        for some in itertools.combinations(NAMES, size):
            r2[some] = fit_proportional_odds(used.of(["trust", *some])).mcfadden
    shares = dict.fromkeys(NAMES, 0.0)
    for name in NAMES:
        others = [each for each in NAMES if each != name]
        for size in range(k):
            for some in itertools.combinations(others, size):
                more = tuple(each for each in NAMES if each in {*some, name})
                shares[name] += (r2[more] - r2[some]) / (k * math.comb(k - 1, size))
    return {name: each / r2[NAMES] for name, each in shares.items()}
