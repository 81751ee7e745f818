"""Weights that follow from a sampling plan: each row stands for N_h / n_h people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from cx280.stats.estimates.arrays import Vector, as_targets, categories, grouped


def weights_of_plan(
    strata: ArrayLike | Sequence[object], population: Mapping[str, float]
) -> tuple[Vector, Vector]:
    """(n,) weights N_h / n_h and (n,) population sizes N_h, for survey_design.

    strata: (n,) the stratum of each respondent; population: stratum → people in it. n_h counts the
    rows here: with respondents only, the weights take those of a stratum as alike (response
    homogeneity groups, Särndal, Swensson and Wretman 1992, 15.6), and the fpc holds for them.
    Raises Unusable when the plan and the sample do not have the same strata.
    """
    codes, names = categories(strata, "strata")
    sampled = grouped(codes, np.ones(len(codes)), len(names))
    sizes = as_targets(population, names, sampled, "strata")
    return (sizes / sampled)[codes], sizes[codes]
