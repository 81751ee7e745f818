"""What several services have in common and how they differ: random-effects meta-regression.

Each service brings an estimate with its variance; services differ among themselves beyond chance
(tau squared), by restricted maximum likelihood (Viechtbauer, W. (2005), Journal of Educational
and Behavioral Statistics 30, 261-293). Intervals by Knapp, G. and Hartung, J. (2003), Statistics
in Medicine 22, 2693-2710, never narrower than the plain ones (Rover, C., Knapp, G. and Friede, T.
(2015), BMC Medical Research Methodology 15, 99). What goes with a difference is associated with
it, not its cause.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable

Vector = NDArray[np.float64]
LEVEL = "level"
SERVICES_FOR_EACH = 10
"""Services wanted for each thing their differences are to be explained by (Cochrane Handbook,
10.11.5.1); fewer find differences that are not there."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What an estimate changes by for one unit of a moderator, its standard error and interval.

    chance: the probability of one so large by chance alone (two-sided t).
    """

    name: str
    value: float
    error: float
    low: float
    high: float
    chance: float


@dataclass(frozen=True, slots=True)
class MetaRegression:
    """What K services have in common, and how they differ.

    coefficients: the level first. tau_squared: the variance among services beyond chance and
    moderators, in squared units of the estimates. heterogeneity: that part of all variance, 0 to 1
    (I squared). explained: the part of tau squared that the moderators take away, 0 to 1; None
    without moderators. expected: where a further service's true value lies with that confidence;
    None with moderators or under 3 services.
    """

    coefficients: tuple[Coefficient, ...]
    tau_squared: float
    heterogeneity: float
    explained: float | None
    services: int
    expected: tuple[float, float] | None


def meta_regression(
    estimates: Sequence[float],
    variances: Sequence[float],
    moderators: Sequence[tuple[str, Sequence[float]]] = (),
    confidence: float = 0.95,
    *,
    services_for_each: int = SERVICES_FOR_EACH,
    narrower: bool = False,
) -> MetaRegression:
    """The common level of K services' estimates, and what goes with their differences.

    estimates, variances: one of each for K services, variances above 0. moderators: names with K
    values each. services_for_each: refuses, as Unusable, fewer services for a moderator; without
    moderators two are enough. narrower: let Knapp and Hartung's factor fall below 1.
    """
    y, v = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    design = _design(y, v, moderators, services_for_each)
    tau_squared = _reml(y, v, design)
    k, columns = design.shape
    weights = 1 / (v + tau_squared)
    inverse = np.linalg.inv(design.T @ (weights[:, None] * design))
    values = inverse @ design.T @ (weights * y)
    rest = y - design @ values
    factor = float((weights * rest**2).sum()) / (k - columns)
    errors = np.sqrt(np.diag(inverse) * (factor if narrower else max(1.0, factor)))
    reach = float(scipy.special.stdtrit(k - columns, 0.5 + confidence / 2))
    names = [LEVEL, *(name for name, _ in moderators)]
    alone = _reml(y, v, np.ones((k, 1))) if moderators else None
    return MetaRegression(
        tuple(
            _coefficient(name, float(value), float(error), reach, k - columns)
            for name, value, error in zip(names, values, errors, strict=True)
        ),
        tau_squared,
        _heterogeneity(v, design, tau_squared),
        None if alone is None else (max(0.0, 1 - tau_squared / alone) if alone > 0 else 0.0),
        k,
        _expected(float(values[0]), float(errors[0]), tau_squared, k, confidence)
        if columns == 1
        else None,
    )


def _design(
    y: Vector, v: Vector, moderators: Sequence[tuple[str, Sequence[float]]], each: int
) -> Vector:
    """The level and the moderators as columns; refuses what cannot be told."""
    k = len(y)
    if v.shape != y.shape or bool((v <= 0).any()):
        raise Unusable("Every estimate needs its variance, above 0.")
    if k < 2:
        raise Unusable("It takes two services at least to say how services differ.")
    if moderators and k < each * len(moderators):
        raise Unusable(
            f"{k} services are too few to explain their differences by {len(moderators)}"
            f" of their properties: it takes {each * len(moderators)}."
        )
    columns = [np.ones(k), *(np.asarray(values, dtype=float) for _, values in moderators)]
    if any(column.shape != y.shape for column in columns):
        raise Unusable("Every moderator needs one value for each service.")
    design = np.column_stack(columns)
    if np.linalg.matrix_rank(design) < design.shape[1] or k <= design.shape[1]:
        raise Unusable("These properties do not tell the services apart.")
    return design


def _reml(y: Vector, v: Vector, design: Vector) -> float:
    """Tau squared with the largest restricted likelihood; Fisher's steps, never below 0."""
    tau_squared = max(0.0, float(np.var(y, ddof=1) - v.mean()))
    for _ in range(500):
        weights = 1 / (v + tau_squared)
        weighted = weights[:, None] * design
        hat = weighted @ np.linalg.inv(design.T @ weighted) @ weighted.T
        project = np.diag(weights) - hat
        residual = project @ y
        step = float(residual @ residual - np.trace(project)) / float((project * project).sum())
        moved = max(0.0, tau_squared + step)
        if abs(moved - tau_squared) < 1e-12 * max(1.0, tau_squared):
            return moved
        tau_squared = moved
    return tau_squared


def _heterogeneity(v: Vector, design: Vector, tau_squared: float) -> float:
    """I squared for any design (Higgins and Thompson 2002, by the typical variance)."""
    weights = 1 / v
    weighted = weights[:, None] * design
    hat = weighted @ np.linalg.inv(design.T @ weighted) @ weighted.T
    k, columns = design.shape
    typical = (k - columns) / float(np.trace(np.diag(weights) - hat))
    return float(tau_squared / (tau_squared + typical))


def _expected(
    level: float, error: float, tau_squared: float, k: int, confidence: float
) -> tuple[float, float] | None:
    """Higgins, Thompson and Spiegelhalter (2009), JRSS A 172, 137-159: t with k - 2 degrees."""
    if k < 3:
        return None
    reach = float(scipy.special.stdtrit(k - 2, 0.5 + confidence / 2))
    spread = reach * math.hypot(error, math.sqrt(tau_squared))
    return level - spread, level + spread


def _coefficient(name: str, value: float, error: float, reach: float, degrees: int) -> Coefficient:
    chance = float(2 * scipy.special.stdtr(degrees, -abs(value) / error)) if error else 0.0
    return Coefficient(name, value, error, value - reach * error, value + reach * error, chance)
