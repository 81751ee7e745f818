"""Do 95 % intervals hold the true figure 95 times in 100? Writes docs/studies/intervals.md.

    python -m benchmarks.coverage [--samples 2000] [-o FILE]

Shares of simple samples are computed exactly, from every possible outcome; the rest is simulated
with a fixed seed. Three to four minutes of one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import special

from benchmarks.coverage_in_words import HIGHEST, LOWEST, Table, page
from cx280.stats.estimates import Method, mean, share, share_interval, survey_design
from cx280.stats.estimates.design import Design
from cx280.stats.intervals import MeanInterval, mean_interval, wilson
from cx280.stats.scale_means import scale_mean

SIZES = (30, 50, 100, 200, 300, 500, 1_000, 3_000, 10_000)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
# Designs are simulated at fewer sizes and shares: a cell takes seconds.
DESIGN_SIZES = (30, 100, 300, 1_000, 3_000, 10_000)
DESIGN_SHARES = (0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98)
SEED = 280
NEIGHBOURS = 41
# Five answers, from low to high: evenly spread, as public services often see them, and extreme.
ANSWERS = {
    "even": (0.2, 0.2, 0.2, 0.2, 0.2),
    "good": (0.06, 0.06, 0.12, 0.30, 0.46),
    "divided": (0.30, 0.05, 0.05, 0.10, 0.50),
    "glowing": (0.02, 0.01, 0.02, 0.10, 0.85),
    "stellar": (0.01, 0.0, 0.01, 0.03, 0.95),
}
CLUSTERS = {30: 10, 100: 20, 300: 30, 1_000: 50, 3_000: 60, 10_000: 100}
ALIKE = 0.05  # intraclass correlation of people of one office
POPULATION_PARTS = np.array([0.2, 0.3, 0.5])  # of three strata
SAMPLE_PARTS = (2, 3)  # half of the sample from the first, a third from the second


def exact_coverage(n: int, part: float) -> float:
    """The chance that Wilson's interval of n people holds the share `part`."""
    low, high = wilson_ends(n)
    return float(outcomes(n, part)[(low <= part) & (part <= high)].sum())


def coverage_nearby(n: int, part: float) -> float:
    """The mean chance over shares within a fifth of `part` or of its complement, whichever less.

    Nobody knows the share in advance: what an interval does at one point, to the digit, is luck.
    """
    reach = 0.2 * min(part, 1 - part)
    near = np.linspace(part - reach, part + reach, NEIGHBOURS)
    return float(np.mean([exact_coverage(n, each) for each in near]))


def can_be_met(n: int, part: float) -> bool:
    """Whether any run of outcomes has a chance of 93 to 97 %: else no interval can."""
    reached = np.concatenate([[0.0], np.cumsum(outcomes(n, part))])
    if n > 500:
        return True  # no single outcome is as likely as the band is wide
    chances = reached[None, :] - reached[:, None]
    return bool(((chances >= LOWEST) & (chances <= HIGHEST)).any())


@cache
def wilson_ends(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n + 1,) low and high ends, for each number of people who said yes."""
    ends = np.array([wilson(hits, n) for hits in range(n + 1)])
    return ends[:, 0], ends[:, 1]


def outcomes(n: int, part: float) -> NDArray[np.float64]:
    """(n + 1,) the chance of each number of people who say yes."""
    hits = np.arange(n + 1)
    ways = special.gammaln(n + 1) - special.gammaln(hits + 1) - special.gammaln(n - hits + 1)
    found: NDArray[np.float64] = np.exp(ways + hits * np.log(part) + (n - hits) * np.log1p(-part))
    return found


def coverage_of_means(
    interval: Callable[[Mapping[int, int]], MeanInterval | None],
    chances: Sequence[float],
    n: int,
    samples: int,
) -> float:
    """How often the interval of n answers 1 to 5 holds their mean."""
    random = np.random.default_rng([SEED, n, round(1000 * chances[-1])])
    true = float(np.dot(chances, range(1, 6)))
    held = 0
    for counts in random.multinomial(n, chances, samples):
        found = interval({code: int(times) for code, times in enumerate(counts, start=1)})
        held += found is not None and found.low <= true <= found.high
    return held / samples


def stratified_sample(n: int, part: float) -> tuple[Design, NDArray[np.float64]]:
    """Three strata sampled against their size, and the chance of yes of each row, (n,)."""
    first, second = n // SAMPLE_PARTS[0], n // SAMPLE_PARTS[1]
    sizes = np.array([first, second, n - first - second])
    strata = np.repeat([0, 1, 2], sizes)
    chances = special.expit(special.logit(part) + np.array([0.5, 0.0, -0.5]))
    weights = (POPULATION_PARTS / sizes)[strata] * 100_000
    return survey_design(n, weights=weights, strata=[strata]), chances[strata]


def coverage_of_strata(n: int, part: float, samples: int) -> dict[Method, float]:
    """How often intervals of an unevenly weighted, stratified sample hold the share."""
    random = np.random.default_rng([SEED, 1, n, round(1000 * part)])
    design, chances = stratified_sample(n, part)
    true = float(design.weights @ chances / design.population)
    methods = (Method.LOGIT, Method.WILSON, Method.BETA, Method.STRATIFIED)
    return _held(design, lambda: random.random(n) < chances, true, methods, samples)


def coverage_of_clusters(n: int, part: float, samples: int) -> dict[Method, float]:
    """How often intervals of a sample of offices, alike within, hold the share."""
    random = np.random.default_rng([SEED, 2, n, round(1000 * part)])
    offices = CLUSTERS[n]
    office = np.repeat(np.arange(offices), n // offices)
    design = survey_design(len(office), clusters=[office])
    ones, zeros = part * (1 - ALIKE) / ALIKE, (1 - part) * (1 - ALIKE) / ALIKE

    def draw() -> NDArray[np.bool_]:
        return random.random(len(office)) < random.beta(ones, zeros, offices)[office]

    methods = (Method.LOGIT, Method.WILSON, Method.BETA)
    return _held(design, draw, part, methods, samples)


def _held(
    design: Design,
    draw: Callable[[], NDArray[np.bool_]],
    true: float,
    methods: Sequence[Method],
    samples: int,
) -> dict[Method, float]:
    held = dict.fromkeys(methods, 0)
    for _ in range(samples):
        answers = draw()
        estimate = mean(design, answers)
        for method in methods:
            if method is Method.STRATIFIED:
                found = share(design, answers, method=method)
            else:
                found = share_interval(estimate, method=method)
            held[method] += found.low <= true <= found.high
    return {method: times / samples for method, times in held.items()}


def tables(samples: int) -> dict[str, Table]:
    """Every table of the study: rows are sample sizes, columns shares or kinds of answers."""
    found = {
        "exact": Table(SIZES, SHARES, _cells(exact_coverage, SIZES, SHARES)),
        "nearby": Table(SIZES, SHARES, _cells(coverage_nearby, SIZES, SHARES)),
    }
    for name, interval in (("student", mean_interval), ("scale", scale_mean)):
        found[name] = Table(SIZES, tuple(ANSWERS), [
            [coverage_of_means(interval, each, n, samples) for each in ANSWERS.values()]
            for n in SIZES
        ])  # fmt: skip
    for name, study in (("strata", coverage_of_strata), ("clusters", coverage_of_clusters)):
        seen = [[study(n, each, samples) for each in DESIGN_SHARES] for n in DESIGN_SIZES]
        found |= _by_method(name, seen)
    return found


def _by_method(name: str, seen: Sequence[Sequence[Mapping[Method, float]]]) -> dict[str, Table]:
    return {
        f"{name} {method}": Table(
            DESIGN_SIZES, DESIGN_SHARES, [[cell[method] for cell in row] for row in seen]
        )
        for method in seen[0][0]
    }


def _cells(
    study: Callable[[int, float], float], sizes: Sequence[int], parts: Sequence[float]
) -> list[list[float]]:
    return [[study(n, each) for each in parts] for n in sizes]


def main() -> None:
    """Prints the study and writes it to the documentation."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage")
    parser.add_argument("--samples", type=int, default=2_000)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/studies/intervals.md"))
    asked = parser.parse_args()
    impossible = [(n, each) for n in SIZES for each in SHARES if not can_be_met(n, each)]
    written = page(tables(asked.samples), impossible, asked.samples)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(written, encoding="utf-8")
    print(written)


if __name__ == "__main__":
    main()
