"""Means, totals and shares of a sample's answers, with standard errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Mask, Matrix, answers, categories
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.effects import design_effects
from cx280.stats.estimates.results import Estimate, Estimates
from cx280.stats.estimates.variance import covariance


def mean(design: Design, values: ArrayLike) -> Estimate:
    """The weighted mean of the answers, in their unit, with its design effect.

    values: (n,), NaN where somebody gave no answer: those are outside the domain, not dropped
    from the design. The mean is a ratio of two estimated totals (Hájek 1971) and its error is the
    linearised one (Binder 1983). Raises Unusable when nobody answered.
    """
    found, given = answers(values, len(design.weights))
    return means(design.within(given), found[:, None], ("mean",))[0]


def total(design: Design, values: ArrayLike) -> Estimate:
    """The population's total of the answers, in their unit: Horvitz and Thompson (1952).

    values: (n,), NaN where missing: people without an answer add nothing, so the total is of those
    who would answer. Raises Unusable when nobody answered.
    """
    found, given = answers(values, len(design.weights))
    return totals(design.within(given), found[:, None], ("total",))[0]


def shares(design: Design, values: ArrayLike | Sequence[object], missing: str = "") -> Estimates:
    """The share of the population in each category, 0 to 1, in the order of their names.

    values: (n,) of anything, compared as text; `missing` marks those without an answer. For
    intervals see proportions. Raises Unusable when nobody answered.
    """
    inside, columns, names = indicators(design, values, missing)
    return means(inside, columns, names)


def counts(design: Design, values: ArrayLike | Sequence[object], missing: str = "") -> Estimates:
    """How many people of the population are in each category; otherwise like shares."""
    inside, columns, names = indicators(design, values, missing)
    return totals(inside, columns, names)


def means(design: Design, columns: Matrix, names: Sequence[str]) -> Estimates:
    """p weighted means with their covariance and design effects, in the units of the columns.

    columns: (n, p), all known where weight is not 0. Binder (1983). Raises Unusable when the
    weights sum to 0 or less.
    """
    weight, people = design.weights, design.population
    if people <= 0:
        raise Unusable("The weights of this group sum to nothing.", field="weights")
    values = weight @ columns / people
    found = covariance(design, (columns - values) * (weight / people)[:, None])
    effects = design_effects(design, columns, np.diag(found))
    return Estimates(tuple(names), values, found, design.degrees_of_freedom, design.n, effects)


def totals(design: Design, columns: Matrix, names: Sequence[str]) -> Estimates:
    """p weighted totals with their covariance and design effects, in the units of the columns.

    columns: (n, p), all known where weight is not 0. Horvitz and Thompson (1952).
    """
    weighted = columns * design.weights[:, None]
    found = covariance(design, weighted)
    effects = design_effects(design, columns, np.diag(found), of_totals=True)
    return Estimates(
        tuple(names), weighted.sum(axis=0), found, design.degrees_of_freedom, design.n, effects
    )


def indicators(
    design: Design, values: ArrayLike | Sequence[object], missing: str = ""
) -> tuple[Design, Matrix, tuple[str, ...]]:
    """The design of those who answered, (n, K) ones and zeros, and the K categories."""
    codes, names = categories(values, "values", len(design.weights))
    given: Mask = np.asarray([each != missing for each in names])[codes]
    if not given.any():
        raise Unusable("Nobody answered: every value is missing.", field="values")
    kept = [at for at, each in enumerate(names) if each != missing]
    columns = (codes[:, None] == np.array(kept)).astype(np.float64)
    return design.within(given), columns, tuple(names[at] for at in kept)
