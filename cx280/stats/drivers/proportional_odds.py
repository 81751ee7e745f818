"""The proportional-odds model fitted to counted patterns by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.drivers.patterns import Codes, Floats, Patterns
from cx280.stats.drivers.readiness import TooThin

_MOST_STEPS = 50
_SETTLED = 1e-12
_STEEPEST = 30.0  # logits for a standard deviation: nobody is that predictable


@dataclass(frozen=True, slots=True)
class _Rows:
    """Outcome's level (P,), drivers with mean 0 and variance 1 (P, k), weights (P,)."""

    level: Codes
    drivers: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model: P(outcome ≤ level j) = logistic(cut_j - slopes · driver).

    slopes: (k,), of drivers with mean 0 and variance 1. cuts: (levels - 1,), ascending.
    information: (k, k), about the slopes, the cuts being estimated too. log_likelihood: weighted,
    the weights scaled to the number of people; at_chance: the same without drivers.
    """

    slopes: Floats
    cuts: Floats
    information: Floats
    log_likelihood: float
    at_chance: float

    @property
    def mcfadden(self) -> float:
        """McFadden's R², in [0, 1]: how much of the likelihood at chance the drivers take away."""
        return 1 - self.log_likelihood / self.at_chance


def fit_proportional_odds(used: Patterns) -> Fit:
    """The maximum-likelihood fit; the outcome is the first column, nothing may be missing.

    McCullagh (1980), JRSS B 42. Raises TooThin when some answers tell the outcome without fail,
    so that no finite slope fits.
    """
    rows = _rows(used)
    below = np.cumsum(np.bincount(rows.level, weights=rows.weights))[:-1] / rows.weights.sum()
    cuts, slopes = scipy.special.logit(below), np.zeros(rows.drivers.shape[1])
    at_chance = best = _log_likelihood(rows, cuts, slopes)
    for _ in range(_MOST_STEPS):
        gradient, information = _derivatives(rows, cuts, slopes)
        try:
            step = np.linalg.solve(information, gradient).astype(np.float64)
        except np.linalg.LinAlgError:
            raise TooThin("The drivers cannot be told apart.", n=used.n) from None
        before = best
        cuts, slopes, best = _stepped(rows, cuts, slopes, step, before)
        if np.abs(slopes).max() > _STEEPEST:
            raise TooThin("Some answers tell the outcome without fail.", n=used.n)
        if best - before < _SETTLED * abs(before):
            _, information = _derivatives(rows, cuts, slopes)
            return Fit(slopes, cuts, _about_slopes(information, len(cuts)), best, at_chance)
    raise TooThin("The ordinal model does not settle.", n=used.n)


def _rows(used: Patterns) -> _Rows:
    _, level = np.unique(used.values[:, 0], return_inverse=True)
    weights = used.weights * (used.people.sum() / used.weights.sum())
    centred = used.values[:, 1:] - weights @ used.values[:, 1:] / weights.sum()
    spread = np.sqrt(weights @ centred**2 / weights.sum())
    if not np.all(spread > 0):
        raise TooThin("A driver has the same answer everywhere.", n=used.n)
    return _Rows(level.astype(np.int64), centred / spread, weights)


def _stepped(
    rows: _Rows, cuts: Floats, slopes: Floats, step: Floats, before: float
) -> tuple[Floats, Floats, float]:
    """Cuts, slopes and log-likelihood after the step, halved until it does no harm."""
    for half in range(30):
        moved = step * 0.5**half
        new_cuts, new_slopes = cuts + moved[: len(cuts)], slopes + moved[len(cuts) :]
        if np.all(np.diff(new_cuts) > 0):
            found = _log_likelihood(rows, new_cuts, new_slopes)
            if found >= before:
                return new_cuts, new_slopes, found
    return cuts, slopes, before


def _log_likelihood(rows: _Rows, cuts: Floats, slopes: Floats) -> float:
    lower, upper = _bounds(rows, cuts, slopes)
    chance = scipy.special.expit(upper) - scipy.special.expit(lower)
    return float(rows.weights @ np.log(np.maximum(chance, 1e-300)))


def _bounds(rows: _Rows, cuts: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """(P,) twice: the logits between which each row's outcome lies."""
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    expected = rows.drivers @ slopes
    return edges[rows.level] - expected, edges[rows.level + 1] - expected


def _derivatives(rows: _Rows, cuts: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """Gradient and observed information, cuts first, then slopes."""
    lower, upper = _bounds(rows, cuts, slopes)
    below, above = scipy.special.expit(lower), scipy.special.expit(upper)
    chance = np.maximum(above - below, 1e-300)
    # Densities at both bounds and their slopes; both vanish at the ends.
    at_low, at_high = below * (1 - below), above * (1 - above)
    low_bend, high_bend = at_low * (1 - 2 * below), at_high * (1 - 2 * above)
    rise, fall = at_high / chance, at_low / chance
    bend_up, bend_down = high_bend / chance, low_bend / chance
    levels = len(cuts)
    up = (rows.level[:, None] == np.arange(levels)).astype(np.float64)
    down = (rows.level[:, None] == np.arange(1, levels + 1)).astype(np.float64)
    to_up = np.concatenate([up, -rows.drivers], axis=1)
    to_down = np.concatenate([down, -rows.drivers], axis=1)
    first = rise[:, None] * to_up - fall[:, None] * to_down
    information = (
        (first * rows.weights[:, None]).T @ first
        - (to_up * (rows.weights * bend_up)[:, None]).T @ to_up
        + (to_down * (rows.weights * bend_down)[:, None]).T @ to_down
    )
    return rows.weights @ first, information


def _about_slopes(information: Floats, levels: int) -> Floats:
    """(k, k): what is known of the slopes once the cuts are estimated as well."""
    cuts, both = information[:levels, :levels], information[:levels, levels:]
    result: Floats = information[levels:, levels:] - both.T @ np.linalg.solve(cuts, both)
    return (result + result.T) / 2
