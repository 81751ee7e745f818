"""What was done to weights so that they match a known population, and what that does to errors.

Each adjustment can do two things: adjust weights again (for replicates), and take out of every
row's contribution to an estimate the part that the known population already fixes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Codes, Matrix, Vector, grouped, grouped_columns

CALIBRATION_STEPS = 60
RAKING_SWEEPS = 10  # of the projection in the error of raked figures, as R's survey does


class Adjustment(Protocol):
    """An adjustment of weights to a known population."""

    def reweight(self, weights: Vector) -> Vector:
        """(n,) weights adjusted to the same population."""

    def residuals(self, contributions: Matrix) -> Matrix:
        """(n, p) weighted contributions, less what the population fixes."""


@dataclass(frozen=True, slots=True, eq=False)
class PostStrata:
    """Weights scaled within each category to its known size.

    codes: (n,) into `names`; targets: (K,) people. before, after: (n,) weights.
    """

    name: str
    names: tuple[str, ...]
    codes: Codes
    targets: Vector
    before: Vector
    after: Vector

    def reweight(self, weights: Vector) -> Vector:
        """(n,) weights that sum to the targets; Unusable when a category has no weight left."""
        return scaled(weights, self.codes, self.targets, self.name, self.names)

    def residuals(self, contributions: Matrix) -> Matrix:
        """Each contribution less its category's mean, weighted as before the adjustment.

        Holt, D. and Smith, T. M. F. (1979), Post stratification, JRSS A 142, 33-46.
        """
        plain = contributions * _inverse(self.after)[:, None]
        sums = grouped_columns(self.codes, plain * self.before[:, None], len(self.names))
        people = grouped(self.codes, self.before, len(self.names))
        means = sums * _inverse(people)[:, None]
        return contributions - means[self.codes] * self.after[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class Raking:
    """Weights scaled to one margin after another, `rounds` times over all of them.

    margins: each as it was applied last.
    """

    margins: tuple[PostStrata, ...]
    rounds: int

    def reweight(self, weights: Vector) -> Vector:
        """(n,) weights raked to the same margins, in as many rounds as the sample took.

        So does R's survey for replicates. Unusable when a category has no weight left.
        """
        for _ in range(self.rounds):
            for margin in self.margins:
                weights = margin.reweight(weights)
        return weights

    def residuals(self, contributions: Matrix) -> Matrix:
        """Each contribution less the means of its margins, taken in turn ten times.

        The means do not weigh rows: the convention of R's survey for `rake`. It is the regression
        residual of Deville and Särndal (1992) when starting weights are equal; for unequal ones
        `calibrate` with the raking distance weighs them.
        """
        for _ in range(RAKING_SWEEPS):
            for margin in self.margins:
                plain = contributions * _inverse(margin.after)[:, None]
                rows = np.bincount(margin.codes, minlength=len(margin.names))
                sums = grouped_columns(margin.codes, plain, len(margin.names))
                means = sums / np.maximum(rows, 1)[:, None]
                contributions = contributions - means[margin.codes] * margin.after[:, None]
        return contributions


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Weights moved as little as possible so that columns sum to known totals.

    columns: (n, q). totals: (q,). before, after: (n,) weights. exponential: raking distance
    instead of the linear one.
    """

    columns: Matrix
    totals: Vector
    before: Vector
    after: Vector
    exponential: bool

    def reweight(self, weights: Vector) -> Vector:
        """(n,) weights calibrated to the same totals; Unusable when that cannot be done."""
        return calibrated(weights, self.columns, self.totals, exponential=self.exponential)

    def residuals(self, contributions: Matrix) -> Matrix:
        """Residuals of the regression on the columns, weighted as before the adjustment.

        Deville, J.-C. and Särndal, C.-E. (1992), Calibration estimators in survey sampling,
        JASA 87, 376-382, result 5.
        """
        root = np.sqrt(np.abs(self.before))
        plain = contributions * (_inverse(self.after) * root)[:, None]
        slopes = np.linalg.lstsq(self.columns * root[:, None], plain, rcond=None)[0]
        left = plain - (self.columns * root[:, None]) @ slopes
        return left * (self.after * _inverse(root))[:, None]


def scaled(
    weights: Vector, codes: Codes, targets: Vector, name: str, names: tuple[str, ...]
) -> Vector:
    """(n,) weights scaled so that each category sums to its target (K,)."""
    present = grouped(codes, weights, len(targets))
    empty = np.flatnonzero((present <= 0) & (targets > 0))
    if empty.size:
        raise Unusable(
            f"The sample has no weight left in {name} “{names[empty[0]]}”.",
            field=name, fix="Join that category with another.",
        )  # fmt: skip
    return weights * (targets * _inverse(present))[codes]


def calibrated(weights: Vector, columns: Matrix, totals: Vector, *, exponential: bool) -> Vector:
    """(n,) weights w·F(xλ) whose totals of the (n, q) columns are the (q,) totals.

    F is 1 + u (linear, may turn negative) or exp(u) (raking, stays positive).
    Raises Unusable when the totals cannot be reached: Deville and Särndal (1992), section 2.
    """
    found = _tilted(weights, columns, totals) if exponential else weights.copy()
    for _ in range(0 if exponential else 2):  # the second time for what rounding left
        slope = columns.T @ (columns * weights[:, None])
        factor = np.linalg.lstsq(slope, totals - columns.T @ found, rcond=1e-12)[0]
        found = found + weights * (columns @ factor)
    size = np.maximum(np.abs(totals), 1e-9 * np.abs(totals).max())
    if not (np.abs(totals - columns.T @ found) <= 1e-7 * size).all():
        raise Unusable(
            "No weights reach these totals.", field="totals",
            fix="Check that the totals agree with each other and that the sample covers them.",
        )  # fmt: skip
    return found


def _tilted(weights: Vector, columns: Matrix, totals: Vector) -> Vector:
    """Weights w·exp(xλ) by Newton's method on the convex dual; a step that climbs is halved."""
    factor = np.zeros(columns.shape[1])
    found, height = weights, float(weights.sum())
    for _ in range(CALIBRATION_STEPS):
        missing = totals - columns.T @ found
        if (np.abs(missing) <= 1e-12 * np.abs(totals).max()).all():
            break
        slope = columns.T @ (columns * found[:, None])
        step = np.linalg.lstsq(slope, missing, rcond=1e-12)[0]
        for _ in range(CALIBRATION_STEPS):
            with np.errstate(over="ignore"):
                moved = weights * np.exp(columns @ (factor + step))
            new = float(moved.sum() - (factor + step) @ totals)
            if new <= height + 1e-12 * abs(height):
                break
            step = step / 2
        else:
            break
        factor, found, height = factor + step, moved, new
    return found


def joint_cells(margins: tuple[PostStrata, ...]) -> Codes:
    """(n,) the cell of each row in the table of all margins together."""
    cells = np.zeros(len(margins[0].codes), dtype=np.int64)
    for margin in margins:
        crossed = cells * len(margin.names) + margin.codes
        cells = np.unique(crossed, return_inverse=True)[1].astype(np.int64)
    return cells


def check_met(margins: tuple[PostStrata, ...], weights: Vector, slack: float) -> None:
    """Refuses (n,) weights that settled without meeting a margin: the margins contradict.

    slack: people; a category may also be off by 1 %.
    """
    for margin in margins:
        present = grouped(margin.codes, weights, len(margin.names))
        off = np.abs(present - margin.targets)
        worst = int(np.argmax(off - np.maximum(slack, 0.01 * margin.targets)))
        if off[worst] > max(slack, 0.01 * margin.targets[worst]):
            raise Unusable(
                f"Raking did not meet {margin.name} “{margin.names[worst]}”: "
                f"{present[worst]:.6g} instead of {margin.targets[worst]:.6g}.",
                field=margin.name, fix="The margins contradict each other in this sample.",
            )  # fmt: skip


def not_settled(sweeps: int) -> Unusable:
    """The refusal of margins that do not settle."""
    return Unusable(
        f"Raking did not settle after {sweeps} rounds.", field="margins",
        fix="Check that all margins have the same population, and join small categories.",
    )  # fmt: skip


def _inverse(values: Vector) -> Vector:
    """1 / values, and 0 where a value is 0: what has no weight adds nothing."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values != 0)
