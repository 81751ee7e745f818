"""Driver importance: how much of what people say overall goes with each part of the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.drivers.importance import DriverAnalysis, corrected, describe
from cx280.stats.drivers.missingness import Groups, group
from cx280.stats.drivers.modes import refuse_mixed
from cx280.stats.drivers.moments import Moments, estimate_moments
from cx280.stats.drivers.notes import notes_on
from cx280.stats.drivers.patterns import Floats, Patterns
from cx280.stats.drivers.readiness import TooThin, answered_outcome, refuse_impossible
from cx280.stats.drivers.relative_weights import relative_weights
from cx280.stats.drivers.resampling import MOST_DRAWN, resample
from cx280.stats.drivers.shapley import MOST_DRIVERS, lmg

Method = Literal["lmg", "johnson"]
Missing = Literal["em", "complete"]

METHODS = {"lmg": lmg, "johnson": relative_weights}
LEAST_SAMPLES = 20
_ONE_AND_THE_SAME = 1e-8  # smallest eigenvalue of the drivers' correlations


def analyse(
    patterns: Patterns,
    outcome: str,
    drivers: Sequence[str],
    *,
    method: Method = "lmg",
    bootstrap: int = 1000,
    seed: int = 280,
    confidence: float = 0.95,
    missing: Missing = "em",
) -> DriverAnalysis:
    """The importance of each driver for the outcome, with bootstrap intervals and ranks.

    patterns: answers as codes, higher better; NaN where nobody answered. method: `lmg` (exact, up
    to 16 drivers) or `johnson`. bootstrap: samples, at least 20 and better 1,000, or 0 for none:
    intervals are then as wide as can be. missing: `em` uses every answer, `complete` only people
    who answered all.
    Raises TooThin when importance cannot be computed, MixedModes when taps stand beside ratings,
    Unusable when asked for nonsense. What a manager may be shown is a stricter question: see
    `readiness`.
    """
    _check(method, bootstrap, confidence, missing, len(drivers))
    used = answered_outcome(patterns, outcome, drivers)
    if missing == "complete":
        used = used.where(_everything(used))
    used = used.compressed()
    refuse_impossible(used)
    refuse_mixed(used, drivers)
    groups = group(used)
    moments = estimate_moments(groups)
    _refuse_collinear(moments, used.names)
    importance = METHODS[method](correlations(moments.covariance[None]))[0]
    drawn = _draw(used, groups, moments, method, bootstrap, seed)
    return _assemble(used, importance, drawn, method, bootstrap, confidence, missing)


def _draw(
    used: Patterns, groups: Groups, moments: Moments, method: Method, bootstrap: int, seed: int
) -> Floats:
    """(bootstrap, k) the importances of as many samples."""
    if not bootstrap:
        return np.empty((0, len(used.names) - 1))
    return METHODS[method](correlations(resample(used, groups, moments, bootstrap, seed)))


def _assemble(
    used: Patterns,
    importance: Floats,
    drawn: Floats,
    method: str,
    bootstrap: int,
    confidence: float,
    missing: str,
) -> DriverAnalysis:
    found = describe(used, importance, drawn, confidence)
    complete = round(float(used.people[_everything(used)].sum()))
    r2_low, r2_high = corrected(drawn.sum(axis=1), float(importance.sum()), confidence)
    by_pattern = len(used.people) <= MOST_DRAWN
    return DriverAnalysis(
        outcome=used.names[0],
        n=used.n,
        complete=complete,
        r2=float(importance.sum()),
        r2_low=r2_low,
        r2_high=r2_high,
        method=method,
        drivers=found,
        leading=tuple(each.driver for each in found if each.rank_low == 1),
        notes=notes_on(
            used,
            complete,
            method,
            bootstrap,
            confidence,
            missing,
            by_pattern,
            float(importance.sum()),
        ),
        confidence=confidence,
        bootstrap=bootstrap,
        missing=missing,
    )


def _everything(used: Patterns) -> NDArray[np.bool_]:
    """(P,) whether these people answered every question."""
    result: NDArray[np.bool_] = np.isnan(used.values).sum(axis=1) == 0
    return result


def correlations(covariance: Floats) -> Floats:
    """(B, m, m) correlations from covariances; a question without spread goes with nothing."""
    spread = np.sqrt(np.maximum(np.einsum("bii->bi", covariance), 0))
    scale = np.where(spread > 0, 1 / np.where(spread > 0, spread, 1), 0)
    result: Floats = covariance * scale[:, :, None] * scale[:, None, :]
    places = np.arange(covariance.shape[1])
    result[:, places, places] = 1
    return result


def _refuse_collinear(moments: Moments, names: tuple[str, ...]) -> None:
    among = correlations(moments.covariance[None])[0, 1:, 1:]
    values, vectors = np.linalg.eigh(among)
    if values[0] < _ONE_AND_THE_SAME:
        tied = [names[1 + at] for at in np.flatnonzero(np.abs(vectors[:, 0]) > 0.1)]
        raise TooThin(
            f"{', '.join(tied)} say the same thing twice: one follows from the others, so no "
            "importance can be told apart. Leave one out."
        )


def _check(method: str, bootstrap: int, confidence: float, missing: str, k: int) -> None:
    if method not in METHODS:
        raise Unusable(f"“{method}” is not a method here; choose lmg or johnson.")
    if missing not in ("em", "complete"):
        raise Unusable(f"“{missing}” is not a way to treat gaps; choose em or complete.")
    if bootstrap != 0 and bootstrap < LEAST_SAMPLES:
        raise Unusable(
            f"Intervals need at least {LEAST_SAMPLES} bootstrap samples; 0 leaves them out."
        )
    if not 0 < confidence < 1:
        raise Unusable(f"A confidence lies between 0 and 1, not at {confidence}.")
    if method == "lmg" and k > MOST_DRIVERS:
        raise Unusable(
            f"LMG looks at every subset of the drivers and takes at most {MOST_DRIVERS}, not {k}. "
            "Use Johnson’s relative weights, or fewer drivers."
        )
