"""A line of regression through rows in time whose noise remembers the row before.

Generalized least squares. The noise of a row is one that fades from row to row and one of its own;
how much of each is not estimated but averaged over, by restricted likelihood (Harville, D. A.
(1974), Biometrika 61, 383-385), because short series do not tell it. The variance of a row is that
of its n, and a part beyond it. For counts on a log scale: Liang, K.-Y. and Zeger, S. L. (1986),
Biometrika 73, 13-22.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROUNDS = 2
_LEAST_DF = 3.0
_ODD = 4.0  # deviations beyond which a row counts no more
# Noise that is tried: what a row keeps of the row before, and the part of the noise that is kept
# at all; the rest is each row's own.
_KEPT = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_PARTS = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """size: of the last column, se: its standard error, df: degrees of freedom. memory: the
    correlation of neighbouring rows; odd: rows that were tamed."""

    coefficients: Floats
    size: float
    se: float
    df: float
    memory: float
    odd: int


def fit(columns: Floats, y: Floats, n: Floats, place: NDArray[np.int64], *, log: bool) -> Fit:
    """The last column's size, everything else allowed for.

    columns: rows × columns; y: counts when `log` (their logarithm is what the columns explain),
    else any numbers; n: what each row rests on; place: in time, rising, with gaps where rows are
    left out.
    """
    b = _plain(columns, y, n, log=log)
    away, chance = _away(columns, y, b, n, log=log)
    variance = _variance(away, chance, columns.shape[1], known=log)
    size = np.abs(away) / np.sqrt(variance)
    odd = size > _ODD * max(1.4826 * float(np.median(size)), 0.5)
    for _ in range(_ROUNDS):
        tamed = _tamed(y, columns, b, variance, odd, log=log)
        away, chance = _away(columns, tamed, b, n, log=log)
        variance = _variance(away, chance, columns.shape[1], known=log)
        root = np.sqrt(variance)
        moved, se, memory = _averaged(columns / root[:, None], away / root, place, known=log)
        b = b + moved
    # Rows that remember each other count as fewer.
    df = max((len(y) - columns.shape[1]) * (1 - memory) / (1 + memory), _LEAST_DF)
    return Fit(b, float(b[-1]), se, df, memory, int(odd.sum()))


def _averaged(
    columns: Floats, y: Floats, place: NDArray[np.int64], *, known: bool
) -> tuple[Floats, float, float]:
    """(coefficients, standard error of the last, memory), over all noise that is tried, each kind
    weighed by its restricted likelihood; and the more, the longer it lasts, as overlooking that
    does most harm. known: the variance of a row is 1 at least."""
    kept = np.array([0.0, *(each for each in _KEPT for _ in _PARTS)])
    part = np.array([0.0, *(each for _ in _KEPT for each in _PARTS)])
    new, log_size = _white(np.column_stack([columns, y]), kept, part, place)
    ways, rest = new[:, :, :-1], new[:, :, -1]
    left_df = len(y) - columns.shape[1]
    information = np.einsum("gni,gnj->gij", ways, ways)
    inverse = np.linalg.pinv(information, hermitian=True)
    b = np.einsum("gij,gnj,gn->gi", inverse, ways, rest)
    square = np.sum((rest - np.einsum("gni,gi->gn", ways, b)) ** 2, axis=1)
    scale = np.maximum(square / left_df, 1e-300)
    likely = -np.log1p(-kept) - 0.5 * (
        log_size + np.linalg.slogdet(information)[1] + left_df * np.log(scale)
    )
    weight = np.exp(likely - likely.max())
    weight /= weight.sum()
    middle = weight @ b
    variance = np.maximum(scale, 1.0 if known else 0.0) * inverse[:, -1, -1]
    spread = float(weight @ (variance + (b[:, -1] - middle[-1]) ** 2))
    return middle, math.sqrt(max(spread, 0.0)), float(weight @ (kept * part))


def _white(
    of: Floats, kept: Floats, part: Floats, place: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """(noise × rows × columns: what is new in each row, noise: sum of log variances) by Kalman's
    filter for a memory that fades and a noise of each row's own; across gaps memory fades on."""
    noise, rows = len(kept), len(of)
    new, total = np.empty((noise, rows, of.shape[1])), np.zeros(noise)
    mean, unsure = np.zeros((noise, of.shape[1])), part.copy()
    gaps = np.diff(place, append=place[-1] + 1)
    for row in range(rows):
        wide = np.maximum(unsure + 1 - part, 1e-12)
        away = of[row] - mean
        new[:, row] = away / np.sqrt(wide)[:, None]
        total += np.log(wide)
        gain = unsure / wide
        fades = kept ** gaps[row]
        mean = (mean + gain[:, None] * away) * fades[:, None]
        unsure = unsure * (1 - gain) * fades**2 + part * (1 - fades**2)
    return new, total


def _plain(columns: Floats, y: Floats, n: Floats, *, log: bool) -> Floats:
    """Without memory: weighted least squares, or Poisson regression by repeated ones."""
    if not log:
        return _least_squares(columns, y, n / n.mean())
    b = _least_squares(columns, np.log(y + 0.5), np.maximum(y, 0.5))
    for _ in range(20):
        mean = np.exp(np.clip(columns @ b, -30, 30))
        moved = _least_squares(columns, (y - mean) / mean, mean)
        b = b + np.clip(moved, -2, 2)
        if np.abs(moved).max() < 1e-8:
            break
    return b


def _least_squares(columns: Floats, y: Floats, weights: Floats) -> Floats:
    root = np.sqrt(weights)
    found = np.linalg.lstsq(columns * root[:, None], y * root, rcond=None)[0]
    return np.asarray(found, dtype=np.float64)


def _away(columns: Floats, y: Floats, b: Floats, n: Floats, *, log: bool) -> tuple[Floats, Floats]:
    """How far rows lie from what was fitted (counts: a part of it), and the variance by chance."""
    line = columns @ b
    if not log:
        return y - line, 1 / n
    mean = np.exp(np.clip(line, -30, 30))
    return (y - mean) / mean, 1 / mean


def _variance(away: Floats, chance: Floats, fitted: int, *, known: bool) -> Floats:
    """a · chance + b of each row, by moments, neither below zero; a is 1 where chance is known."""
    square = away**2 * len(away) / max(len(away) - fitted, 1)
    weights = 1 / (chance + chance.mean()) ** 2
    if known:
        beyond = max(float(np.sum(weights * (square - chance)) / np.sum(weights)), 0.0)
        return chance + beyond
    ways = np.column_stack([chance, np.ones(len(away))])
    found = _least_squares(ways, square, weights)
    alike = bool(np.ptp(chance) < 1e-9 * chance.mean())
    if found.min() < 0 or alike:
        one = int(found[0] < 0 or alike)
        size = np.sum(weights * ways[:, one] * square) / np.sum(weights * ways[:, one] ** 2)
        found = np.where(np.arange(2) == one, size, 0.0)
    return np.asarray(np.maximum(ways @ found, 1e-300))


def _tamed(
    y: Floats, columns: Floats, b: Floats, variance: Floats, odd: NDArray[np.bool_], *, log: bool
) -> Floats:
    """Odd rows moved to the edge of what is not odd."""
    line, reach = columns @ b, _ODD * np.sqrt(variance)
    if log:
        mean = np.exp(np.clip(line, -30, 30))
        near = np.clip(y, mean * np.maximum(1 - reach, 0.0), mean * (1 + reach))
    else:
        near = np.clip(y, line - reach, line + reach)
    return np.where(odd, near, y)
