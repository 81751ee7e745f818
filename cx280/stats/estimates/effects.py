"""The design effect: how many times a simple random sample's variance this sample has."""

from __future__ import annotations

import numpy as np

from cx280.stats.estimates.arrays import Matrix, Vector
from cx280.stats.estimates.design import Design


def design_effects(
    design: Design, values: Matrix, variances: Vector, *, of_totals: bool = False,
    replace: bool = False,
) -> Vector:  # fmt: skip
    """(p,) each variance over that of a simple random sample of as many people.

    values: (n, p); variances: (p,) of their means (or totals) under the design. The comparison is
    with drawing without replacement from the sum of the weights; with replacement when asked for,
    or when the weights sum to no more than n and so do not say how large the population is.
    NaN where the values do not vary. Kish, L. (1965), Survey Sampling, 8.2; R's `deff = TRUE`.
    """
    plain = simple_variances(design, values, replace=replace)
    if of_totals:
        plain = plain * design.population**2
    return np.divide(variances, plain, out=np.full_like(plain, np.nan), where=plain > 0)


def simple_variances(design: Design, values: Matrix, *, replace: bool = False) -> Vector:
    """(p,) the variance of means had the same number of people been drawn at random.

    values: (n, p), known where the weight is not 0; zeros with fewer than two rows. The spread is
    the weighted one with divisor n - 1 (R's svyvar), the part not drawn as design_effects says.
    Kish (1965), 2.3.
    """
    weights, people, n = design.weights, design.population, design.n
    if n < 2:
        return np.zeros(values.shape[1])
    centred = values - weights @ values / people
    spread = weights @ centred**2 / people * n / (n - 1)
    left = 1.0 if replace or people <= n else (people - n) / people
    plain: Vector = spread * left / n
    return plain


def effective_n(share: float, variance: float) -> float:
    """How many people drawn at random would give a share this variance.

    share: above 0 and below 1; NaN when the variance is 0. Kish (1965), 8.2.
    """
    return float(share * (1 - share) / variance) if variance > 0 else float(np.nan)
