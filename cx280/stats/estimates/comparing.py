"""Whether groups differ: two means, or the answers of several groups in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Codes, Matrix, Vector, answers, categories
from cx280.stats.estimates.design import Design
from cx280.stats.estimates.means import means
from cx280.stats.estimates.results import reach_of, two_sided_p
from cx280.stats.estimates.variance import covariance


@dataclass(frozen=True, slots=True)
class TwoMeans:
    """The second group's mean less the first's, in the unit of the values, and its t test."""

    first: str
    second: str
    difference: float
    se: float
    low: float
    high: float
    statistic: float
    df: float
    p: float
    n: int


@dataclass(frozen=True, slots=True)
class TableTest:
    """Rao and Scott's F for a table: its two degrees of freedom, p, and n rows behind it."""

    f: float
    df: tuple[float, float]
    p: float
    n: int


def compare_two(
    design: Design,
    values: ArrayLike,
    groups: ArrayLike | Sequence[object],
    confidence: float = 0.95,
    missing: str = "",
) -> TwoMeans:
    """Whether two groups of one sample have the same mean, their covariance under the design known.

    values: (n,), NaN where missing; groups: (n,) with two names, in their order. The difference is
    the slope of a regression on belonging to the second group, so one degree of freedom goes to it
    (Lumley 2010, Complex Surveys, 5.2; R's svyttest). Raises Unusable unless there are two groups,
    or when the difference shows no spread to judge it by.
    """
    found, given = answers(values, len(design.weights))
    codes, names = categories(groups, "groups", len(design.weights))
    inside = design.within(given & np.array([each != missing for each in names])[codes])
    present = [at for at in range(len(names)) if (codes[inside.weights != 0] == at).any()]
    if len(present) != 2:
        raise Unusable(f"A comparison takes 2 groups; there are {len(present)}.", field="groups")
    pair = [_influence(inside.within(codes == at), found) for at in present]
    difference = pair[1][0] - pair[0][0]
    variance = covariance(inside, (pair[1][1] - pair[0][1])[:, None])[0, 0]
    se, df = float(np.sqrt(variance)), inside.degrees_of_freedom - 1
    if se <= 1e-12 * np.abs(found).max() or df < 1:
        raise Unusable("The two groups show no spread to judge them by.", field="values")
    reach = reach_of(se, df, confidence)
    statistic = difference / se
    return TwoMeans(
        names[present[0]], names[present[1]], difference, se, difference - reach,
        difference + reach, statistic, df, two_sided_p(statistic, df), inside.n,
    )  # fmt: skip


def compare_table(
    design: Design,
    rows: ArrayLike | Sequence[object],
    columns: ArrayLike | Sequence[object],
    missing: str = "",
) -> TableTest:
    """Whether two categories have nothing to do with each other in the population.

    rows, columns: (n,) categories each. Pearson's X² of the weighted table scaled to n rows, over
    the trace of the matrix Δ of generalised design effects, is compared with F: the second-order
    correction of Rao, J. N. K. and Scott, A. J. (1984), On chi-squared tests for multiway tables
    with cell proportions estimated from survey data, Annals of Statistics 12, 46-60. With
    d = (tr Δ)²/tr Δ², its degrees of freedom are d and d × the design's (R's svychisq, "F").
    Raises Unusable when either has fewer than two categories or cells do not vary.
    """
    n = len(design.weights)
    row_codes, row_names = categories(rows, "rows", n)
    column_codes, column_names = categories(columns, "columns", n)
    known = np.array([each != missing for each in row_names])[row_codes]
    known &= np.array([each != missing for each in column_names])[column_codes]
    inside = design.within(known)
    row_codes, height = _dense(row_codes, inside)
    column_codes, width = _dense(column_codes, inside)
    if height < 2 or width < 2:
        raise Unusable("A table needs two rows and two columns.", field="values")
    cells = row_codes * width + column_codes
    columns_of = (cells[:, None] == np.arange(height * width)).astype(np.float64)
    found = means(inside, columns_of, [str(each) for each in range(height * width)])
    effects = _effects(found.values, found.covariance, inside.n, height, width)
    trace, squares = float(np.trace(effects)), float(np.trace(effects @ effects))
    if not trace > 0:
        raise Unusable("The cells of the table show no spread to judge them by.", field="values")
    d = trace**2 / squares
    f = _pearson(found.values.reshape(height, width), inside.n) / trace
    second = d * inside.degrees_of_freedom
    return TableTest(f, (d, second), float(scipy.special.fdtrc(d, second, f)), inside.n)


def _influence(group: Design, values: Vector) -> tuple[float, Vector]:
    people = group.population
    value = float(group.weights @ values / people)
    return value, group.weights * (values - value) / people


def _dense(codes: Codes, inside: Design) -> tuple[Codes, int]:
    """Codes renumbered over the categories that occur; rows outside count as the first."""
    occurring = np.unique(codes[inside.weights != 0])
    place = np.searchsorted(occurring, codes)
    return np.minimum(place, len(occurring) - 1).astype(np.int64), len(occurring)


def _effects(shares: Vector, spread: Matrix, n: int, height: int, width: int) -> Matrix:
    """Δ: the design's covariance of the interactions over that of a simple random sample."""
    contrasts = np.kron(_contrasts(height), _contrasts(width))
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    scaled = contrasts * inverse[:, None]
    simple = contrasts.T @ scaled / n
    designed = scaled.T @ spread @ scaled
    try:
        return np.asarray(np.linalg.solve(simple, designed), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise Unusable("The table has too many empty cells.", field="values") from error


def _contrasts(size: int) -> Matrix:
    """(size, size - 1) each category against the first, centred: what a main effect cannot show."""
    return np.eye(size)[:, 1:] - 1 / size


def _pearson(shares: Matrix, n: int) -> float:
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    return float(n * ((shares - expected) ** 2 / expected).sum())
