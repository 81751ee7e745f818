"""The ratio of two totals: cost per visit, minutes per case, answers per person asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import answers
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.results import Estimate
from cx280.stats.estimates.variance import covariance


def ratio(design: Design, numerator: ArrayLike, denominator: ArrayLike) -> Estimate:
    """The population total of the numerator over that of the denominator.

    Both (n,), NaN where missing: only rows with both count. The result is in units of numerator
    per denominator; its error is the linearised one (Woodruff 1971, A simple method for
    approximating the variance of a complicated estimate, JASA 66, 411-414; R's svyratio).
    Raises Unusable when the denominator sums to 0 or no row has both.
    """
    above, given_above = answers(numerator, len(design.weights))
    below, given_below = answers(denominator, len(design.weights))
    inside = design.within(given_above & given_below)
    people = float(inside.weights @ below)
    if people == 0:
        raise Unusable("The denominator sums to 0.", field="denominator")
    value = float(inside.weights @ above) / people
    contributions = inside.weights * (above - value * below) / people
    variance = covariance(inside, contributions[:, None])[0, 0]
    return Estimate(value, float(np.sqrt(variance)), inside.degrees_of_freedom, inside.n)
