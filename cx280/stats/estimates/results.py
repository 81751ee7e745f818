"""What an estimate says: the figure, how sure it is, and from how many."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Matrix, Vector


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimated figure.

    value, se: in the unit of what was measured. df: degrees of freedom of the standard error.
    n: rows it rests on. deff: design effect, None where none is defined.
    """

    value: float
    se: float
    df: float
    n: int
    deff: float | None = None

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """(low, high): the figure plus and minus Student's t times the standard error.

        (-inf, inf) when no degree of freedom is left: the sample does not say how sure it is.
        """
        reach = reach_of(self.se, self.df, confidence)
        return self.value - reach, self.value + reach


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """p figures estimated together, with how their errors go together.

    names: (p,). values: (p,). covariance: (p, p). deff: (p,), NaN where none is defined; or None.
    """

    names: tuple[str, ...]
    values: Vector
    covariance: Matrix
    df: float
    n: int
    deff: Vector | None = None

    @property
    def se(self) -> Vector:
        """(p,) standard errors."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, at: int | str) -> Estimate:
        place = self.names.index(at) if isinstance(at, str) else at
        deff = None if self.deff is None or np.isnan(self.deff[place]) else float(self.deff[place])
        return Estimate(float(self.values[place]), float(self.se[place]), self.df, self.n, deff)


def reach_of(se: float, df: float, confidence: float) -> float:
    """Half the width of a t interval in the unit of se: infinite without a degree of freedom.

    Korn and Graubard (1999), 5.2. Raises Unusable for a confidence outside 0 to 1.
    """
    return t_quantile(confidence, df) * se if df > 0 else math.inf


def t_quantile(confidence: float, df: float) -> float:
    """Student's t for a two-sided confidence; the normal quantile when df is infinite.

    confidence: above 0 and below 1, else Unusable; df: above 0. Student (1908), Biometrika 6, 1-25.
    """
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
    if math.isinf(df):
        return float(scipy.special.ndtri(0.5 + confidence / 2))
    return float(scipy.special.stdtrit(df, 0.5 + confidence / 2))


def two_sided_p(statistic: float, df: float) -> float:
    """The chance, 0 to 1, of a t statistic at least this far from 0 when nothing is there.

    df: above 0, infinite for the normal. Student (1908), Biometrika 6, 1-25.
    """
    if math.isinf(df):
        return float(2 * scipy.special.ndtr(-abs(statistic)))
    return float(2 * scipy.special.stdtr(df, -abs(statistic)))
