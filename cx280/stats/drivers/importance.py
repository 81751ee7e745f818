"""What an analysis of drivers hands back: figures, intervals and ranks, driver by driver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from cx280.kernel.problem import Unusable
from cx280.stats.drivers.patterns import Floats, Patterns
from cx280.stats.drivers.ranks import rank_bounds, share_first


@dataclass(frozen=True, slots=True)
class DriverImportance:
    """How much of R² goes with one driver.

    importance: its part of R², in [0, 1]; low and high: the interval. share: of R², in [0, 1],
    likewise. answered: people who answered it, of those who answered the outcome. first: the share
    of bootstrap samples in which it ranks first. rank_low, rank_high: best and worst rank,
    1 first, each an end that holds with the confidence asked for.
    """

    driver: str
    importance: float
    share: float
    low: float
    high: float
    share_low: float
    share_high: float
    answered: int
    first: float
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class DriverAnalysis:
    """The importance of every driver for one outcome, most important first.

    n: people who answered the outcome; complete: of those, people who answered everything.
    r2: the share of the outcome's variance that goes with all drivers together, with its interval;
    importances sum to it. leading: the drivers that the evidence does not separate from the top,
    one name only where one stands out. notes: whole sentences for the reader.
    """

    outcome: str
    n: int
    complete: int
    r2: float
    r2_low: float
    r2_high: float
    method: str
    drivers: tuple[DriverImportance, ...]
    leading: tuple[str, ...]
    notes: tuple[str, ...]
    confidence: float
    bootstrap: int
    missing: str

    def driver(self, name: str) -> DriverImportance:
        """One driver's figures; raises Unusable for a name that was not analysed."""
        for each in self.drivers:
            if each.driver == name:
                return each
        raise Unusable(f"“{name}” is not among the drivers.")


def describe(
    used: Patterns, importance: Floats, drawn: Floats, confidence: float
) -> tuple[DriverImportance, ...]:
    """The figures of k drivers, most important first.

    used: the answers, outcome first. importance: (k,), drawn: (B, k) from the bootstrap.
    """
    totals = drawn.sum(axis=1, keepdims=True)
    low, high = percentiles(drawn, confidence)
    share_low, share_high = percentiles(drawn / np.maximum(totals, 1e-12), confidence)
    best, worst = rank_bounds(importance, drawn, confidence)
    first = share_first(drawn)
    answered = used.people @ ~np.isnan(used.values)
    r2 = float(importance.sum())
    found = [
        DriverImportance(
            driver=name,
            importance=float(importance[at]),
            share=float(importance[at]) / r2 if r2 > 0 else 0.0,
            low=float(low[at]),
            high=float(high[at]),
            share_low=float(share_low[at]),
            share_high=float(share_high[at]),
            answered=round(float(answered[at + 1])),
            first=float(first[at]),
            rank_low=int(best[at]),
            rank_high=int(worst[at]),
        )
        for at, name in enumerate(used.names[1:])
    ]
    return tuple(sorted(found, key=lambda each: -each.importance))


def percentiles(drawn: Floats, confidence: float) -> Floats:
    """(2, k) the ends of the percentile interval of (B, k); 0 and 1 where nothing was drawn."""
    if not len(drawn):
        return np.array([np.zeros(drawn.shape[1]), np.ones(drawn.shape[1])])
    tail = (1 - confidence) / 2
    result: Floats = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return np.clip(result, 0, 1)


def corrected(drawn: Floats, estimate: float, confidence: float) -> tuple[float, float]:
    """The bias-corrected percentile interval of one figure from its samples (B,).

    R² of a sample lies above R² of those it was drawn from, and the samples' R² above that again;
    the correction takes that out (Efron 1987, Better bootstrap confidence intervals, JASA 82).
    """
    if not len(drawn):
        return 0.0, 1.0
    below = np.clip(np.mean(drawn < estimate), 1 / len(drawn), 1 - 1 / len(drawn))
    reach, shift = scipy.special.ndtri(0.5 + confidence / 2), 2 * scipy.special.ndtri(below)
    low, high = np.quantile(drawn, scipy.special.ndtr([shift - reach, shift + reach]))
    return float(np.clip(low, 0, 1)), float(np.clip(high, 0, 1))
