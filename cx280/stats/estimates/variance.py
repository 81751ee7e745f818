"""The variance of a weighted sum under the design: what all standard errors rest on."""

from __future__ import annotations

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Matrix, Vector, grouped_columns
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.stages import Lonely, Stage


def covariance(design: Design, contributions: Matrix) -> Matrix:
    """(p, p) the covariance of p estimates, each the sum of (n, p) weighted contributions.

    A contribution is what a row adds to the estimate's linear approximation, its weight included
    (Binder, D. A. 1983, On the variances of asymptotically normal estimators from complex surveys,
    International Statistical Review 51, 279-292). Stage by stage, the spread of cluster totals
    within strata, n/(n-1), less the part of the population that was drawn; later stages count with
    the share drawn before them (Särndal, Swensson and Wretman 1992, result 4.3.1).
    Raises Unusable when AVERAGE is asked for and a group holds nothing but lonely clusters.
    """
    for adjustment in design.adjustments:
        contributions = adjustment.residuals(contributions)
    found = np.zeros((contributions.shape[1],) * 2)
    for stage in design.stages:
        found = found + _of_stage(stage, contributions, design.lonely)
    return found


def _of_stage(stage: Stage, contributions: Matrix, lonely: Lonely) -> Matrix:
    if not (stage.share * (1 - stage.fraction)).any():
        return np.zeros((contributions.shape[1],) * 2)
    totals = stage.totals(contributions)
    means = grouped_columns(stage.strata, totals, len(stage.sampled)) / stage.sampled[:, None]
    if lonely is Lonely.ADJUST:
        means = np.where(stage.lonely[:, None], 0.0, means)
    centred = totals - means[stage.strata]
    drawn = np.maximum(stage.sampled - 1, 1)
    scale = stage.share * (1 - stage.fraction) * stage.sampled / drawn
    if lonely is Lonely.AVERAGE and stage.lonely.any():
        scale = scale * _shared(stage)[stage.parents]
    elif lonely is Lonely.CERTAINTY:
        scale = np.where(stage.lonely, 0.0, scale)
    product: Matrix = centred.T @ (centred * scale[stage.strata][:, None])
    return product


def _shared(stage: Stage) -> Vector:
    """How much the other strata of each parent stand for, lonely ones included: 1 or more."""
    all_of = np.bincount(stage.parents)
    alone = np.bincount(stage.parents, stage.lonely, minlength=len(all_of))
    if (alone[stage.parents] == all_of[stage.parents]).any():
        raise Unusable("Every stratum has one sampled unit: there is no average.", field="strata")
    found: Vector = all_of / np.maximum(all_of - alone, 1)
    return found
