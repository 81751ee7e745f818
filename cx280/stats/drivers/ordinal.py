"""A check on the ranking: ratings taken as ordered answers, not as numbers.

R² treats the step from 1 to 2 as equal to that from 4 to 5. The proportional-odds model (McCullagh
1980, Regression models for ordinal data, JRSS B 42, 109-142) takes the outcome's order only. If it
puts the same driver first, the ranking does not hang on how answers were coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cx280.stats.drivers.analysis import analyse
from cx280.stats.drivers.importance import DriverAnalysis
from cx280.stats.drivers.patterns import Floats, Patterns
from cx280.stats.drivers.proportional_odds import Fit, fit_proportional_odds
from cx280.stats.drivers.readiness import TooThin, answered_outcome
from cx280.stats.drivers.shapley import lmg

MOST_LEVELS = 12
LEAST_EACH = 10  # complete answers for each driver
_SAMPLES = 300  # bootstrap samples of those people


@dataclass(frozen=True, slots=True)
class OrdinalCheck:
    """What the ordinal model says of the ranking.

    n: people who answered everything, whom it rests on. importance: {driver: its part of what the
    model explains, summing to 1}, most first. agrees: whether its first driver is among those the
    numbers leave in the lead; None when the check was not possible. sentence: for the reader.
    """

    n: int
    importance: dict[str, float]
    agrees: bool | None
    sentence: str

    @property
    def leading(self) -> str:
        """The driver the ordinal model puts first, "" when there was no check."""
        return next(iter(self.importance), "")


def check_order(patterns: Patterns, analysis: DriverAnalysis) -> OrdinalCheck:
    """Whether ordered answers give the same leading driver as the analysis of the same patterns."""
    names = [each.driver for each in analysis.drivers]
    try:
        n, importance = ordinal_importance(patterns, analysis.outcome, names)
    except TooThin as reason:
        return OrdinalCheck(reason.n or 0, {}, None, f"Not checked as ordered answers: {reason}")
    first = next(iter(importance))
    agrees, words = _compare(patterns, analysis, names, first)
    people = f"{n:,} people who answered everything"
    return OrdinalCheck(
        n, importance, agrees, f"Taken as ordered answers ({people}), {first} {words}."
    )


def _compare(
    patterns: Patterns, analysis: DriverAnalysis, names: Sequence[str], first: str
) -> tuple[bool, str]:
    """Whether the coding leaves the ordinal model's first driver in the lead, and how it is said.

    Where people skipped, the check rests on fewer people than the analysis. So that this is not
    taken for an effect of the coding, the same people are also analysed as numbers.
    """
    if first == analysis.drivers[0].driver:
        return True, "comes first too"
    if first in analysis.leading:
        return True, "comes first, one of the drivers in the lead"
    if analysis.complete < analysis.n:
        same = analyse(patterns, analysis.outcome, names, bootstrap=_SAMPLES, missing="complete")
        if first in same.leading:
            return True, (
                "comes first; taken as numbers the answers of the same people allow that too, so "
                "it is not the coding that moves it"
            )
    return False, "comes first: the ranking depends on how answers are coded"


def ordinal_importance(
    patterns: Patterns, outcome: str, drivers: Sequence[str]
) -> tuple[int, dict[str, float]]:
    """How many people it rests on, and {driver: share of what the model explains}, most first.

    Dominance analysis of the ordinal model (Azen and Traxel 2009, Journal of Educational and
    Behavioral Statistics 34, 319-347), with the likelihood of each smaller model taken from its
    quadratic form at the full one (Wald), so that one fit does for all. Only people who answered
    everything. Raises TooThin when they are too few, or the outcome has more than 12 levels.
    """
    used = answered_outcome(patterns, outcome, drivers)
    used = used.where(np.isnan(used.values).sum(axis=1) == 0).compressed()
    levels = len(np.unique(used.values[:, 0]))
    needed = LEAST_EACH * len(drivers)
    if used.n < needed:
        raise TooThin(f"{used.n} people answered everything; {needed} are needed.",
                      n=used.n, needed=needed)  # fmt: skip
    if not 2 <= levels <= MOST_LEVELS:
        raise TooThin(f"{outcome} has {levels} different answers, not 2 to {MOST_LEVELS}.",
                      n=used.n)  # fmt: skip
    explained = _dominance(fit_proportional_odds(used))
    order = np.argsort(-explained, kind="stable")
    total = float(explained.sum()) or 1.0
    return used.n, {drivers[at]: float(explained[at]) / total for at in order}


def _dominance(fit: Fit) -> Floats:
    """(k,) each driver's part of the full model's Wald statistic, averaged over all orders."""
    towards = fit.information @ fit.slopes
    explained = float(fit.slopes @ towards)
    # As if a linear regression: LMG needs no more than these products.
    top = np.append(explained, towards)[None]
    products = np.vstack([top, np.column_stack([towards, fit.information])])
    scale = 1 / np.sqrt(np.maximum(np.diag(products), 1e-300))
    result: Floats = lmg((products * np.outer(scale, scale))[None])[0]
    return result
