"""Weights made to match what is known of the population; errors take it into account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.adjustments import (
    Calibration,
    PostStrata,
    Raking,
    calibrated,
    check_met,
    joint_cells,
    not_settled,
    scaled,
)
from cx280.stats.estimates.arrays import (
    Matrix,
    Vector,
    as_targets,
    categories,
    grouped,
    numbers,
)
from cx280.stats.estimates.design import Design

Categories = ArrayLike | Sequence[object]


def post_stratify(
    design: Design, values: Categories, population: Mapping[str, float], name: str = "category"
) -> Design:
    """The design with weights scaled so that each category sums to its known number of people.

    values: (n,) categories, compared as text; population: category → people; name: said in
    refusals. Errors are those of what the categories leave unexplained (Holt and Smith 1979).
    Raises Unusable when sample and population do not have the same categories.
    """
    margin = _margin(design.weights, values, population, name)
    return design.adjusted(margin, margin.after)


def rake(
    design: Design,
    margins: Sequence[tuple[str, Categories, Mapping[str, float]]],
    *,
    tolerance: float = 1.0,
    sweeps: int = 10,
) -> Design:
    """The design with weights scaled to one margin after another until the table settles.

    margins: (name, (n,) categories, category → people) each. Settled: in a round over all margins
    no cell of their joint table moved by `tolerance` people or more; below 1 it is a part of the
    sum of the weights. `tolerance` 1 and 10 rounds are the convention of R's `rake`; with 1e-9 and
    50 margins are met to the digit. The last margin is always met exactly.

    Deming, W. E. and Stephan, F. F. (1940), Annals of Mathematical Statistics 11, 427-444; errors
    as adjustments.Raking says. Raises Unusable for a category that one side lacks, for margins
    whose populations differ by more than 1 %, and when the table does not settle or settles
    without meeting a margin.
    """
    if not margins:
        raise Unusable("Raking needs a margin.", field="margins")
    limit = tolerance if tolerance >= 1 else tolerance * design.population
    _check_sums(margins)
    weights = design.weights
    applied = tuple(_margin(weights, values, known, name) for name, values, known in margins)
    cells = joint_cells(applied)
    old = grouped(cells, weights, int(cells.max()) + 1)
    for done in range(1, sweeps + 1):
        renewed = []
        for margin in applied:
            after = margin.reweight(weights)
            renewed.append(
                PostStrata(margin.name, margin.names, margin.codes, margin.targets, weights, after)
            )
            weights = after
        applied = tuple(renewed)
        new = grouped(cells, weights, len(old))
        if np.abs(new - old).max() < limit:
            check_met(applied, weights, limit * len(old))
            return design.adjusted(Raking(applied, done), weights)
        old = new
    raise not_settled(sweeps)


def calibrate(
    design: Design, columns: ArrayLike, totals: ArrayLike, *, raking: bool = False
) -> Design:
    """The design with weights changed as little as possible so that columns sum to known totals.

    columns: (n, q), a column of ones for the number of people, zeros and ones for a category,
    numbers for a quantity; totals: (q,) in the same units. Linear distance (the generalised
    regression estimator; weights may turn negative), or the raking distance, which keeps them
    positive. Columns may repeat each other as long as their totals agree.

    Deville, J.-C. and Särndal, C.-E. (1992), JASA 87, 376-382; R's calibrate.
    Raises Unusable for missing numbers and for totals that no weights reach.
    """
    known = numbers(totals, "totals")
    found = np.asarray(columns, dtype=np.float64)
    if found.shape != (len(design.weights), len(known)) or not np.isfinite(found).all():
        raise Unusable(
            f"Calibration needs a number in each of {len(design.weights)} rows for each of "
            f"{len(known)} totals.", field="totals",
        )  # fmt: skip
    after = calibrated(design.weights, found, known, exponential=raking)
    adjustment = Calibration(found, known, design.weights, after, raking)
    return design.adjusted(adjustment, after)


def category_columns(
    values: Categories, population: Mapping[str, float], name: str = "category"
) -> tuple[Matrix, Vector]:
    """(n, K) ones and zeros and (K,) people, one column a category: what calibrate takes.

    Raises Unusable when sample and population do not have the same categories.
    """
    codes, names = categories(values, name)
    present = np.bincount(codes, minlength=len(names)).astype(np.float64)
    targets = as_targets(population, names, present, name)
    return (codes[:, None] == np.arange(len(names))).astype(np.float64), targets


def _margin(
    weights: Vector, values: Categories, population: Mapping[str, float], name: str
) -> PostStrata:
    codes, names = categories(values, name, len(weights))
    targets = as_targets(population, names, grouped(codes, weights, len(names)), name)
    if not targets.any():
        raise Unusable(f"The population of {name} is empty.", field=name)
    after = scaled(weights, codes, targets, name, names)
    return PostStrata(name, names, codes, targets, weights, after)


def _check_sums(margins: Sequence[tuple[str, Categories, Mapping[str, float]]]) -> None:
    sums = {name: sum(known.values()) for name, _, known in margins}
    low, high = min(sums, key=sums.__getitem__), max(sums, key=sums.__getitem__)
    if sums[high] > sums[low] * 1.01:
        raise Unusable(
            f"The margins do not have the same population: {low} has {sums[low]:g}, "
            f"{high} {sums[high]:g}.", field=high,
        )  # fmt: skip
