"""The share of a population that said yes, with an interval that fits how the sample was drawn."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Vector, answers, grouped
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.means import mean
from cx280.stats.estimates.proportions import Method, Share, score_interval, share_interval
from cx280.stats.estimates.results import Estimate, t_quantile
from cx280.stats.estimates.variance import covariance


def share(
    design: Design,
    values: ArrayLike,
    confidence: float = 0.95,
    method: Method = Method.LOGIT,
) -> Share:
    """The share of the population that said yes, with its interval.

    values: (n,) of 1 for yes and 0 for no, NaN where missing. When everybody there is was asked
    (fpc equal to the sample at every stage) the share has no error.

    STRATIFIED puts Wilson intervals of the strata together (Yan, X. and Su, X. G. 2010, Stratified
    Wilson and Newcombe confidence intervals for multiple binomial proportions, Statistics in
    Biopharmaceutical Research 2, 329-335; Zou, Huang and Zhang 2009, Computational Statistics and
    Data Analysis 53, 1080-1085). Each stratum counts with its effective n, (Σw)²/Σw² over the part
    not drawn; that a group's size within strata is itself estimated is added. A stratum in which
    everybody agreed still adds its doubt, which every interval built on the standard error forgets.

    Raises Unusable as share_interval does, when nobody answered, and for STRATIFIED with clusters
    or with weights adjusted to a known population.
    """
    estimate = mean(design, values)
    if design.is_census:
        found = share_interval(estimate, confidence)
        return replace(found, low=found.value, high=found.value)
    if method is not Method.STRATIFIED:
        return share_interval(estimate, confidence, method)
    found = share_interval(estimate, confidence, Method.BETA)
    down, up = _reaches(design, values, estimate, confidence)
    return replace(found, low=max(0.0, found.value - down), high=min(1.0, found.value + up))


def _reaches(
    design: Design, values: ArrayLike, estimate: Estimate, confidence: float
) -> tuple[float, float]:
    """How far the interval goes down and up from the share."""
    stage = design.stages[0]
    if design.adjustments or len(stage.strata) < len(design.weights):
        raise Unusable(
            "A stratified interval is for samples of people whose weights were not adjusted.",
            field="values", fix="Use logit, wilson or beta.",
        )  # fmt: skip
    yes, given = answers(values, len(design.weights))
    weights = np.where(given, design.weights, 0.0)
    strata = stage.strata[stage.clusters]
    people = grouped(strata, weights, len(stage.sampled))
    squares = grouped(strata, weights**2, len(stage.sampled))
    present = people > 0
    parts = people / people.sum()
    shares = np.divide(
        grouped(strata, weights * yes, len(people)), people,
        out=np.zeros_like(people), where=present,
    )  # fmt: skip
    z = t_quantile(confidence, math.inf)
    down = up = _between(design, weights, shares[strata] - estimate.value, estimate, confidence)
    for at in np.flatnonzero(present & (stage.fraction < 1)):
        n = people[at] ** 2 / squares[at] / (1 - stage.fraction[at])
        low, high = score_interval(float(shares[at]), float(n), z)
        down += float(parts[at] * (shares[at] - low)) ** 2
        up += float(parts[at] * (high - shares[at])) ** 2
    return math.sqrt(down), math.sqrt(up)


def _between(
    design: Design, weights: Vector, apart: Vector, estimate: Estimate, confidence: float
) -> float:
    """The squared reach of strata counting with an estimated part: 0 when everybody is counted."""
    contributions = (weights * apart / weights.sum())[:, None]
    variance = float(covariance(design, contributions)[0, 0])
    return variance * t_quantile(confidence, max(estimate.df, 1)) ** 2
