"""Replicate weights: the sample many times over, each time with a part left out or drawn again.

They give errors for any figure that can be computed from weights, linear or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Matrix, Vector, answers, numbers
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.quantiles import weighted_quantile
from cx280.stats.estimates.results import Estimate

MOST_CELLS = 200_000_000  # of a table of replicate weights: 1.6 GB


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """R sets of weights and how their spread counts.

    weights: (n,) of the sample itself. replicates: (n, R). scales: (R,) the variance of a figure is
    the sum of scale × (figure from the replicate - mean of those figures)². df: degrees of freedom.
    """

    weights: Vector
    replicates: Matrix
    scales: Vector
    df: float


def jackknife(design: Design) -> Replicates:
    """Each first-stage cluster left out once, the others of its stratum weighted up.

    One stratum: JK1, several: JKn; scales (n_h - 1)/n_h times the part of the population that was
    not drawn. Adjustments to known populations are made again in every replicate. Later stages add
    no replicates: their error is in the spread of the clusters, where few were drawn.
    Rust, K. F. and Rao, J. N. K. (1996), Variance estimation for complex surveys using replication
    techniques, Statistical Methods in Medical Research 5, 283-310; R's as.svrepdesign.
    Raises Unusable for more than 200 million numbers, a lonely cluster whose policy is neither FAIL
    nor CERTAINTY, or an adjustment that cannot be made without a cluster.
    """
    stage = design.stages[0]
    if stage.lonely.any() and design.lonely not in ("fail", "certainty"):
        raise Unusable("A jackknife cannot adjust for lonely clusters.", field="replicates")
    drawn = stage.sampled[stage.strata]
    left = np.flatnonzero(drawn > 1)
    _check_size(len(design.weights), len(left))
    # Factor of each cluster in each stratum's replicates.
    columns = np.empty((len(design.weights), len(left)))
    for at, cluster in enumerate(left):
        factor = np.where(
            stage.strata == stage.strata[cluster], drawn[cluster] / (drawn[cluster] - 1), 1.0
        )
        factor[cluster] = 0.0
        columns[:, at] = _adjusted_again(design, factor[stage.clusters])
    of = stage.strata[left]
    scales = (1 - stage.fraction[of]) * (stage.sampled[of] - 1) / stage.sampled[of]
    return Replicates(design.weights, columns, scales, design.degrees_of_freedom)


def bootstrap(design: Design, times: int, seed: int) -> Replicates:
    """Each stratum's n_h clusters drawn again, n_h - 1 of them with replacement, `times` times.

    The rescaling bootstrap of Rao, J. N. K. and Wu, C. F. J. (1988), JASA 83, 231-241, in the
    weights of Rao, Wu and Yue (1992), Survey Methodology 18, 209-217: for linear figures its
    variance is that of the design, population sizes at the first stage included. The same seed
    gives the same replicates. Raises Unusable as jackknife does, and for fewer than 2 times.
    """
    if times < 2:
        raise Unusable("A bootstrap takes at least 2 replicates.", field="replicates")
    stage = design.stages[0]
    if stage.lonely.any() and design.lonely not in ("fail", "certainty"):
        raise Unusable("A bootstrap cannot adjust for lonely clusters.", field="replicates")
    _check_size(len(design.weights), times)
    random = np.random.default_rng(seed)
    columns = np.empty((len(design.weights), times))
    for at, factor in enumerate(_drawn_again(design, times, random)):
        columns[:, at] = _adjusted_again(design, factor[stage.clusters])
    scales = np.full(times, 1 / (times - 1))
    return Replicates(design.weights, columns, scales, min(design.degrees_of_freedom, times - 1))


def replicate_estimate(
    replicates: Replicates, statistic: Callable[[Vector], float], n: int
) -> Estimate:
    """The figure with the error its replicates show.

    statistic: from (n,) weights to a figure, such as mean_of(values). The replicates spread around
    their own mean, as R's survey does by default. n: rows the figure rests on, for the record.
    Raises what the statistic raises.
    """
    seen = np.array([statistic(column) for column in replicates.replicates.T])
    variance = float(replicates.scales @ (seen - seen.mean()) ** 2)
    value = statistic(replicates.weights)
    return Estimate(float(value), float(np.sqrt(variance)), replicates.df, n)


def mean_of(values: ArrayLike) -> Callable[[Vector], float]:
    """The weighted mean as a function of (n,) weights, in the unit of the values.

    values: (n,), NaN answers are left out (Hájek 1971). Raises Unusable when nobody answered, and
    the function when a replicate has no weight left on answers.
    """
    found, given = answers(values, len(np.asarray(values)))

    def statistic(weights: Vector) -> float:
        return float(weights @ found / _some(float(weights @ given)))

    return statistic


def total_of(values: ArrayLike) -> Callable[[Vector], float]:
    """The weighted total as a function of (n,) weights, in the unit of the values.

    values: (n,), NaN answers add nothing (Horvitz and Thompson 1952). Raises Unusable when nobody
    answered.
    """
    found, _ = answers(values, len(np.asarray(values)))

    def statistic(weights: Vector) -> float:
        return float(weights @ found)

    return statistic


def ratio_of(numerator: ArrayLike, denominator: ArrayLike) -> Callable[[Vector], float]:
    """The ratio of weighted totals as a function of (n,) weights, numerator per denominator.

    Both (n,); rows without both are left out (Woodruff 1971). Raises Unusable when nobody answered,
    and the function when a replicate's denominator is 0.
    """
    above, given_above = answers(numerator, len(np.asarray(numerator)))
    below, given_below = answers(denominator, len(above))
    both = given_above & given_below

    def statistic(weights: Vector) -> float:
        return float((weights * both) @ above / _some(float((weights * both) @ below)))

    return statistic


def quantile_of(values: ArrayLike, part: float) -> Callable[[Vector], float]:
    """The weighted quantile as a function of (n,) weights, in the unit of the values.

    values: (n,), NaN left out; part: 0 to 1. For the bootstrap: a jackknife's error of a quantile
    is not consistent (Shao and Wu 1989, Annals of Statistics 17, 1176-1197). Raises Unusable when
    nobody answered.
    """
    found, given = answers(values, len(np.asarray(values)))

    def statistic(weights: Vector) -> float:
        return weighted_quantile(found, weights * given, part)

    return statistic


def given_replicates(
    weights: ArrayLike, replicates: ArrayLike, scale: float, scales: ArrayLike | None = None
) -> Replicates:
    """Replicate weights that came with the data. weights: (n,), replicates: (n, R), scales: (R,).

    The degrees of freedom are the rank of the replicates less 1, as in R. Raises Unusable when the
    shapes do not fit or a number is missing.
    """
    full = numbers(weights, "weights")
    table = np.asarray(replicates, dtype=np.float64)
    if table.ndim != 2 or len(table) != len(full) or not np.isfinite(table).all():
        raise Unusable("Replicate weights need a number in each row.", field="replicates")
    each = np.ones(table.shape[1]) if scales is None else numbers(scales, "scales", table.shape[1])
    return Replicates(full, table, scale * each, float(np.linalg.matrix_rank(table) - 1))


def _drawn_again(design: Design, times: int, random: np.random.Generator) -> Iterator[Vector]:
    """(U,) factors of the first-stage clusters, one after another replicate."""
    stage = design.stages[0]
    members = [np.flatnonzero(stage.strata == at) for at in range(len(stage.sampled))]
    for _ in range(times):
        factor = np.ones(len(stage.strata))
        for at, those in enumerate(members):
            n = len(those)
            if n < 2:
                continue
            seen = np.bincount(random.integers(0, n, n - 1), minlength=n)
            pull = np.sqrt(1 - stage.fraction[at])
            factor[those] = 1 - pull + pull * n / (n - 1) * seen
        yield factor


def _adjusted_again(design: Design, factor: Vector) -> Vector:
    weights = design.starting * factor
    for adjustment in design.adjustments:
        weights = adjustment.reweight(weights)
    return np.where(design.weights != 0, weights, 0.0)


def _check_size(rows: int, replicates: int) -> None:
    if rows * replicates > MOST_CELLS:
        raise Unusable(
            f"{replicates} replicates of {rows} rows do not fit in memory.", field="replicates",
            fix="Use clusters, a bootstrap with fewer replicates, or linearised errors.",
        )  # fmt: skip


def _some(weight: float) -> float:
    if weight == 0:
        raise Unusable("A replicate has nobody left in this group.", field="replicates")
    return weight
