"""Regression under a design: coefficients of the population's model, with honest errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Matrix, Vector, answers
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.results import Estimates
from cx280.stats.estimates.variance import covariance

STEPS = 50


class Family(StrEnum):
    """What the outcome is: a quantity, yes or no, a count; each with its usual link."""

    LINEAR = "linear"
    LOGISTIC = "logistic"
    POISSON = "poisson"


# The mean and its slope at a linear predictor; for these links the slope is the variance too.
_MEANS: dict[Family, Callable[[Vector], tuple[Vector, Vector]]] = {
    Family.LINEAR: lambda eta: (eta, np.ones_like(eta)),
    Family.LOGISTIC: lambda eta: (
        scipy.special.expit(eta),
        scipy.special.expit(eta) * scipy.special.expit(-eta),
    ),
    Family.POISSON: lambda eta: (np.exp(eta), np.exp(eta)),
}


def regression(
    design: Design,
    outcome: ArrayLike,
    predictors: Sequence[tuple[str, ArrayLike]],
    family: Family = Family.LINEAR,
) -> Estimates:
    """Coefficients, the intercept first, with their design-based covariance.

    outcome: (n,); predictors: (name, (n,)) each; NaN where missing: rows with all of them count.
    Coefficients solve the weighted score equations; errors are Binder's sandwich (1983), with the
    design's strata, clusters and population sizes. df: the design's plus 1 less the number of
    coefficients, as in R's svyglm. LINEAR in units of outcome per predictor, LOGISTIC log odds,
    POISSON log counts. They say what goes together, not what causes what.
    Raises Unusable for predictors that repeat each other, an outcome outside the family's range,
    or coefficients that run away (a predictor that separates yes from no).
    """
    n = len(design.weights)
    y, given = answers(outcome, n)
    columns = [np.ones(n)]
    for _, values in predictors:
        column, known = answers(values, n)
        columns.append(column)
        given = given & known
    inside = design.within(given)
    x = np.column_stack(columns)
    names = ("intercept", *(name for name, _ in predictors))
    _check(x, y, inside, family)
    found, bread, left = _solve(x, y, inside.weights, family)
    contributions = (x * (inside.weights * left)[:, None]) @ bread
    spread = covariance(inside, contributions)
    df = inside.degrees_of_freedom + 1 - len(names)
    return Estimates(names, found, spread, df, inside.n)


def _solve(x: Matrix, y: Vector, weights: Vector, family: Family) -> tuple[Vector, Matrix, Vector]:
    """Coefficients, the inverse of the information (p, p), and residuals (n,), by Newton."""
    scale = weights / weights.sum()
    found = np.zeros(x.shape[1])
    if family is Family.POISSON:
        found[0] = np.log(max(float(scale @ y), 1e-12))
    for _ in range(STEPS):
        with np.errstate(over="ignore", invalid="ignore"):
            fitted, slope = _MEANS[family](x @ found)
        information = x.T @ (x * (scale * slope)[:, None])
        if not np.isfinite(information).all() or np.linalg.cond(information) > 1e14:
            raise _runs_away()
        step = np.linalg.solve(information, x.T @ (scale * (y - fitted)))
        found = found + step
        if np.abs(step).max() <= 1e-10 * (1 + np.abs(found).max()):
            break
    else:
        raise _runs_away()
    fitted, slope = _MEANS[family](x @ found)
    bread = np.asarray(np.linalg.inv(x.T @ (x * (weights * slope)[:, None])), dtype=np.float64)
    return found, bread, y - fitted


def _check(x: Matrix, y: Vector, inside: Design, family: Family) -> None:
    kept = inside.weights != 0
    rows = x[kept]
    scale = np.maximum(np.abs(rows).max(axis=0), 1e-300)
    if len(rows) < x.shape[1] or np.linalg.matrix_rank(rows / scale) < x.shape[1]:
        raise Unusable("The predictors repeat each other or do not vary.", field="predictors")
    answers_given = y[kept]
    if family is Family.LOGISTIC and ((answers_given < 0) | (answers_given > 1)).any():
        raise Unusable("A logistic outcome lies between 0 and 1.", field="outcome")
    if family is Family.POISSON and (answers_given < 0).any():
        raise Unusable("A count is never negative.", field="outcome")


def _runs_away() -> Unusable:
    return Unusable(
        "The model does not settle: a predictor tells the outcomes apart completely, or two "
        "predictors say the same.", field="predictors",
    )  # fmt: skip
