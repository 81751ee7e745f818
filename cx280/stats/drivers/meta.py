"""One driver's importance in several services, combined: random-effects meta-analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.drivers.importance import DriverImportance
from cx280.stats.drivers.patterns import Floats

_LEAST_ERROR = 1e-6
_BY_CHANCE = 0.01  # several drivers are looked at, so one in a hundred, not one in twenty
_MUCH = 0.3  # of the importance itself


@dataclass(frozen=True, slots=True)
class Combined:
    """A driver's importance over services, in parts of R², with its interval.

    between: standard deviation of true importance between services, in the same unit.
    heterogeneity: I², the share in [0, 1] of the differences that chance does not explain.
    chance: the probability of differences this large when services do not differ (Q test).
    words: how far services differ, one sentence.
    """

    driver: str
    services: int
    importance: float
    low: float
    high: float
    between: float
    heterogeneity: float
    chance: float
    words: str


def combine(driver: str, found: Sequence[DriverImportance], confidence: float = 0.95) -> Combined:
    """One driver's figures from at least two services as one figure for services of this type.

    Between-service variance by Paule and Mandel (1982, Journal of Research of the National Bureau
    of Standards 87); interval by Knapp and Hartung (2003, Statistics in Medicine 22), never
    narrower than the usual one, with Student's t for the few services there are. Standard errors
    are those of the bootstrap intervals given.
    """
    estimates = np.array([each.importance for each in found])
    reach = 2 * float(scipy.special.ndtri(0.5 + confidence / 2))
    errors = np.maximum([(each.high - each.low) / reach for each in found], _LEAST_ERROR)
    between = _paule_mandel(estimates, errors**2)
    weights = 1 / (errors**2 + between)
    mean = float(weights @ estimates / weights.sum())
    degrees = len(found) - 1
    scatter = float(weights @ (estimates - mean) ** 2) / degrees
    error = float(np.sqrt(max(1.0, scatter) / weights.sum()))
    far = float(scipy.special.stdtrit(degrees, 0.5 + confidence / 2)) * error
    excess = _scatter(estimates, errors**2, 0.0)
    heterogeneity = max(0.0, 1 - degrees / excess) if excess > 0 else 0.0
    chance = float(scipy.special.chdtrc(degrees, excess))
    return Combined(
        driver=driver,
        services=len(found),
        importance=mean,
        low=max(0.0, mean - far),
        high=min(1.0, mean + far),
        between=float(np.sqrt(between)),
        heterogeneity=heterogeneity,
        chance=chance,
        words=_words(driver, len(found), float(np.sqrt(between)) / max(mean, 1e-12), chance),
    )


def _paule_mandel(estimates: Floats, variances: Floats) -> float:
    """The variance between services at which the weighted scatter is what chance would leave."""
    degrees = len(estimates) - 1
    if _scatter(estimates, variances, 0.0) <= degrees:
        return 0.0
    low, high = 0.0, float(np.ptp(estimates)) ** 2 + float(variances.max())
    for _ in range(100):  # the scatter falls steadily as the variance grows
        middle = (low + high) / 2
        if _scatter(estimates, variances, middle) > degrees:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _scatter(estimates: Floats, variances: Floats, between: float) -> float:
    weights = 1 / (variances + between)
    mean = weights @ estimates / weights.sum()
    return float(weights @ (estimates - mean) ** 2)


def _words(driver: str, services: int, relative: float, chance: float) -> str:
    if chance > _BY_CHANCE:
        return f"{driver}: no evidence that its importance differs between the {services} services."
    if relative < _MUCH:
        return f"{driver}: its importance differs somewhat between the {services} services."
    return (
        f"{driver}: its importance differs a great deal between the {services} services; "
        "read each by itself."
    )
