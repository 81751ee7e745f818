"""Samples: the achieved rate is the planned one, the weights find the population again."""

from __future__ import annotations

import math
from statistics import mean as average

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cx280.delivery.rules.draws import draw
from cx280.delivery.rules.sampling import (
    Plan,
    decide,
    is_drawn_in_turn,
    read_rate,
    read_rates,
    written_rate,
)
from cx280.delivery.rules.vocabulary import Method
from cx280.kernel.problem import Unusable
from cx280.stats.estimates import mean, survey_design, weights_of_plan

pytestmark = pytest.mark.proves("280.10-m2")

SEEDS = 1000
rates = st.floats(0.001, 1.0).map(lambda each: round(each, 4))
texts = st.text(max_size=40)


def drawn(plan: Plan, n: int, stratum: str = "") -> list[bool]:
    """Whether each of n interactions was drawn, in the order of arrival."""
    return [decide(plan, f"case-{i}", stratum=stratum, position=i).is_drawn for i in range(n)]


@given(texts, texts)
def test_a_draw_is_a_number_below_one_and_the_same_again(seed: str, about: str) -> None:
    assert 0 <= draw(seed, about) < 1
    assert draw(seed, about) == draw(seed, about)


def test_a_draw_is_what_it_was_when_it_was_written_down() -> None:
    """Were the hash to change, no decision of the past could be checked any more."""
    assert draw("seed", "ask case-1") == pytest.approx(0.7152144332296584, abs=1e-15)


def test_draws_are_even_over_the_unit_interval() -> None:
    found = [draw("evenly", f"{i}") for i in range(20_000)]

    assert stats.kstest(found, "uniform").pvalue > 0.001


@given(rates, texts, texts)
def test_a_decision_carries_what_it_takes_to_decide_it_again(
    rate: float, seed: str, interaction: str
) -> None:
    plan = Plan(Method.SIMPLE, rate, seed)

    decision = decide(plan, interaction)

    again = Plan(Method.SIMPLE, decision.probability, decision.seed)
    assert decide(again, interaction) == decision
    assert decision.weight == (1 / rate if decision.is_drawn else 0)


@given(texts, texts)
def test_at_100_percent_everybody_is_asked(seed: str, interaction: str) -> None:
    assert decide(Plan(Method.SIMPLE, 1, seed), interaction).is_drawn


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.5])
def test_the_achieved_rate_of_a_simple_sample_keeps_within_binomial_bounds(rate: float) -> None:
    """Over 1,000 seeds about 1 in 100 leaves the 99 % bounds of the binomial, as chance has it."""
    n = 300
    low, high = stats.binom.interval(0.99, n, rate)

    counts = [sum(drawn(Plan(Method.SIMPLE, rate, f"{s}"), n)) for s in range(SEEDS)]

    outside = sum(not low <= each <= high for each in counts)
    assert outside <= stats.binom.ppf(0.999, SEEDS, 0.01)
    total = sum(counts)
    low, high = stats.binom.interval(0.999, n * SEEDS, rate)
    assert low <= total <= high


@given(rates, texts, st.integers(0, 5000))
def test_a_systematic_sample_takes_the_rate_exactly_to_within_one(
    rate: float, seed: str, n: int
) -> None:
    taken = sum(is_drawn_in_turn(rate, seed, i) for i in range(min(n, 400)))

    assert abs(taken - rate * min(n, 400)) < 1


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.007])
def test_every_position_of_a_systematic_sample_has_the_planned_chance(rate: float) -> None:
    low, high = stats.binom.interval(0.9999, SEEDS, rate)

    for position in (0, 1, 7, 500):
        times = sum(is_drawn_in_turn(rate, f"{s}", position) for s in range(SEEDS))
        assert low <= times <= high


def test_one_in_ten_is_every_tenth_from_a_random_start() -> None:
    found = [[i for i in range(60) if is_drawn_in_turn(0.1, f"{s}", i)] for s in range(50)]

    assert all(np.diff(each).tolist() == [10] * 5 for each in found)
    assert {each[0] for each in found} == set(range(10))


def test_each_stratum_has_its_own_rate_and_the_others_the_common_one() -> None:
    plan = Plan(Method.STRATIFIED, 0.05, "s", rates={"es": 0.5, "vi": 1.0})

    assert decide(plan, "1", stratum="es").probability == 0.5
    assert decide(plan, "1", stratum="vi").is_drawn
    assert decide(plan, "1", stratum="en").probability == 0.05
    for stratum, rate in (("es", 0.5), ("en", 0.05)):
        low, high = stats.binom.interval(0.9999, 4000, rate)
        assert low <= sum(drawn(plan, 4000, stratum)) <= high


@pytest.mark.parametrize("method", [Method.SIMPLE, Method.SYSTEMATIC])
def test_weights_of_one_over_the_probability_find_the_population_on_average(
    method: Method,
) -> None:
    n, rate = 500, 0.1

    totals = [
        sum(decide(Plan(method, rate, f"{s}"), f"{i}", position=i).weight for i in range(n))
        for s in range(100)
    ]

    error = math.sqrt(n * (1 - rate) / rate / 100)
    assert abs(average(totals) - n) < 4 * error


@given(
    st.dictionaries(st.sampled_from(["en", "es", "vi", "ko"]), st.integers(20, 300), min_size=1),
    texts,
)
def test_weights_by_stratum_sum_to_the_population(sizes: dict[str, int], seed: str) -> None:
    plan = Plan(Method.STRATIFIED, 0.5, seed, rates={"es": 0.9})
    asked = [
        stratum
        for stratum, size in sizes.items()
        for i in range(size)
        if decide(plan, f"{stratum} {i}", stratum=stratum).is_drawn
    ]
    met = {each: float(sizes[each]) for each in set(asked)}

    weights, _ = weights_of_plan(asked, met)

    assert weights.sum() == pytest.approx(sum(met.values()))


def test_the_stratified_estimate_covers_the_truth() -> None:
    """In at least 93 % of 1,000 samples the 95 % interval holds the share of the population."""
    sizes, shares = {"en": 900, "es": 200, "vi": 100}, {"en": 0.82, "es": 0.64, "vi": 0.41}
    truth = sum(sizes[each] * shares[each] for each in sizes) / sum(sizes.values())
    population = {each: float(size) for each, size in sizes.items()}

    covered = 0
    for seed in range(SEEDS):
        plan = Plan(Method.STRATIFIED, 0.15, f"{seed}", rates={"es": 0.4, "vi": 0.6})
        asked = [
            (stratum, float(i < shares[stratum] * size))
            for stratum, size in sizes.items()
            for i in range(size)
            if decide(plan, f"{stratum} {i}", stratum=stratum).is_drawn
        ]
        strata, content = zip(*asked, strict=True)
        weights, known = weights_of_plan(strata, population)
        design = survey_design(len(asked), weights=weights, strata=[strata], fpc=[known])
        low, high = mean(design, content).interval()
        covered += low <= truth <= high

    assert covered / SEEDS >= 0.93


@pytest.mark.parametrize(
    ("written", "rate"), [("20 %", 0.2), ("0.2", 0.2), ("100%", 1.0), ("0.5 %", 0.005), ("1", 1.0)]
)
def test_a_rate_is_read_as_people_write_it(written: str, rate: float) -> None:
    assert read_rate(written) == rate


@pytest.mark.parametrize("written", ["", "0", "0 %", "101 %", "-5 %", "1.01", "half", "nan", "inf"])
def test_what_is_no_rate_is_refused_in_words(written: str) -> None:
    with pytest.raises(Unusable, match=r"share|between 0\.0001 %"):
        read_rate(written)


def test_rates_by_group_are_one_a_line() -> None:
    assert read_rates("es = 50 %\n\n a = b = 0.1\n") == {"es": 0.5, "a = b": 0.1}


@pytest.mark.parametrize("written", ["es", "= 5 %", "es = 5 %\nes = 6 %", "x" * 61 + " = 5 %"])
def test_groups_that_cannot_be_read_are_told(written: str) -> None:
    with pytest.raises(Unusable, match="“"):
        read_rates(written)


@given(rates)
def test_a_written_rate_reads_back(rate: float) -> None:
    assert read_rate(written_rate(rate)) == pytest.approx(rate, abs=1e-6)
