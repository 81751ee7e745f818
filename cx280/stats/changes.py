"""Where the level of a series changed: steps found one by one, each held against noise alone.

The series is taken as a line, a season, and steps. The step that explains most is looked for; what
is left without it is noise with a memory (autoregression of the first order, its coefficient
corrected for the bias of short series and never under 0.3). Many series of such noise are made from
its shuffled shocks, and the step counts when hardly any has one as large anywhere. Then the next is
looked for with the first in place. Binary segmentation: Scott, A. J. and Knott, M. (1974),
Biometrics 30, 507-512; the largest statistic against resampled noise: Antoch, J. and Hušková, M.
(2001), Statistics and Probability Letters 53, 37-46; shocks of an autoregression resampled:
Bühlmann, P. (1997), Bernoulli 3, 123-148.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cx280.kernel.problem import Unusable

LEAST = 16  # values; with fewer nothing is looked for
APART = 3  # values between two steps, and at both ends
MOST_STEPS = 6
_SHUFFLES = 999
_CHANCE = 0.01
_SEED = 280
_MEMORY = (0.3, 0.9)  # least and most that noise is said to remember of the value before
_LINE_FROM = 40  # values; with fewer a line would take half of every step for itself

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of level: `at` is the first value of the new one, `first` to `last` where it may be.

    size: new level minus old, in the unit of the values, with its 95 % interval `low` to `high`,
    all steps at once; the interval does not know that the place was looked for. chance: how often
    shuffled noise had a step as large.
    """

    at: int
    size: float
    low: float
    high: float
    chance: float
    first: int
    last: int


def steps(values: ArrayLike, *, season: float = 0.0) -> list[Step]:
    """The changes of level in order; [] where there are none, or fewer than LEAST values.

    values: at equal distances; nan where nothing is known. season: values in a year, taken out by
    two harmonics where there are two years; 0 for none. Single wild values are tamed. Raises
    Unusable for an infinite value.
    """
    given = np.asarray(values, float)
    if np.isinf(given).any():
        raise Unusable("A change of level cannot be looked for among infinite values.")
    known = np.flatnonzero(~np.isnan(given))
    if len(known) < LEAST:
        return []
    y = _tamed(given[known])
    if np.ptp(y) <= 1e-9 * max(1.0, float(np.abs(y).max())):
        return []
    base = _base(known, season)
    rng = np.random.default_rng(_SEED)
    found: list[tuple[int, float]] = []
    while len(found) < MOST_STEPS:
        new = _next(y, base, [at for at, _ in found], rng)
        if new is None:
            break
        found.append(new)
    return _sized(y, base, sorted(found), known)


def _tamed(y: Floats) -> Floats:
    """Values beyond four robust standard deviations of a running median, brought back to there."""
    half = 3
    padded = np.pad(y, half, mode="reflect")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
    off = y - middle
    reach = 4 * 1.4826 * float(np.median(np.abs(off)))
    return np.asarray(middle + np.clip(off, -reach, reach)) if reach else y


def _base(known: NDArray[np.intp], season: float) -> Floats:
    """What is no step: the level, a line in long series, the season where two years are there."""
    columns = [np.ones(len(known))]
    if len(known) >= _LINE_FROM:
        columns.append((known - known.mean()) / len(known))
    if season and known[-1] - known[0] + 1 >= math.floor(2 * season):
        for wave in (1, 2):
            angle = 2 * math.pi * wave * known / season
            columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _step(n: int, at: int) -> Floats:
    return (np.arange(n) >= at).astype(float)


def _rest(columns: Floats, y: Floats) -> Floats:
    """What the columns do not explain of y; y may be several series side by side."""
    base, _ = np.linalg.qr(columns)
    return np.asarray(y - base @ (base.T @ y))


def _with(base: Floats, taken: Sequence[int]) -> Floats:
    return np.column_stack([base, *(_step(len(base), at) for at in taken)])


def _next(
    y: Floats, base: Floats, taken: list[int], rng: np.random.Generator
) -> tuple[int, float] | None:
    """The step that explains most, and its chance; None where noise has as large ones."""
    n = len(y)
    places = [
        at for at in range(APART, n - APART + 1) if all(abs(at - each) >= APART for each in taken)
    ]
    if not places or n - base.shape[1] - len(taken) < APART:
        return None
    columns = _with(base, taken)
    ways = _rest(columns, np.column_stack([_step(n, at) for at in places]))
    lengths = np.linalg.norm(ways, axis=0)
    clear = lengths > 0.5  # else it is one of the columns already
    if not clear.any():
        return None
    ways = ways[:, clear] / lengths[clear]
    pull = np.abs(ways.T @ y)
    best = int(np.argmax(pull))
    at = int(np.array(places)[clear][best])
    noise = _rest(_with(columns, [at]), y)
    made = _noises(noise, columns.shape[1] + 1, rng)
    largest = np.abs(ways.T @ made).max(axis=0)
    chance = (1 + int((largest >= pull[best]).sum())) / (_SHUFFLES + 1)
    return (at, chance) if chance <= _CHANCE else None


def _memory(noise: Floats, fitted: int) -> float:
    """How much of a value the next one keeps; fitted: columns that were taken out of the noise."""
    n, total = len(noise), float(noise @ noise)
    raw = float(noise[1:] @ noise[:-1]) / total if total else 0.0
    return float(np.clip(raw + 1.5 * (fitted + 3 * max(raw, 0.0)) / n, *_MEMORY))


def _noises(noise: Floats, fitted: int, rng: np.random.Generator) -> Floats:
    """Many series of noise in columns: the same memory, shocks drawn from the same."""
    n, memory = len(noise), _memory(noise, fitted)
    shocks = noise[1:] - memory * noise[:-1]
    shocks = (shocks - shocks.mean()) * math.sqrt(n / max(n - fitted - 1, 1))
    drawn = shocks[rng.integers(0, len(shocks), (n, _SHUFFLES))]
    made: Floats = np.empty((n, _SHUFFLES))
    made[0] = drawn[0] / math.sqrt(1 - memory**2)
    for at in range(1, n):
        made[at] = memory * made[at - 1] + drawn[at]
    return made


def _sized(
    y: Floats, base: Floats, found: list[tuple[int, float]], known: NDArray[np.intp]
) -> list[Step]:
    """All steps fitted at once, with errors that know of the noise's memory."""
    if not found:
        return []
    columns = _with(base, [at for at, _ in found])
    inverse = np.linalg.pinv(columns.T @ columns)
    sizes = inverse @ columns.T @ y
    noise = y - columns @ sizes
    spread = inverse @ columns.T @ _covariance(noise, columns.shape[1]) @ columns @ inverse
    made = []
    for index, (at, chance) in enumerate(found, start=base.shape[1]):
        size, error = float(sizes[index]), math.sqrt(max(float(spread[index, index]), 0.0))
        first, last = _where(y, base, [each for each, _ in found if each != at], at, noise)
        made.append(
            Step(
                int(known[at]), size, size - 1.96 * error, size + 1.96 * error, chance,
                int(known[first]), int(known[last]),
            )
        )  # fmt: skip
    return made


def _covariance(noise: Floats, fitted: int) -> Floats:
    """Of the noise at every two places."""
    n, place = len(noise), np.arange(len(noise))
    variance = float(noise @ noise) / max(n - fitted, 1)
    apart = np.abs(place[:, None] - place[None, :])
    return np.asarray(variance * _memory(noise, fitted) ** apart)


def _where(
    y: Floats, base: Floats, others: Sequence[int], at: int, noise: Floats
) -> tuple[int, int]:
    """The places beside `at` that explain nearly as much: within 3.84 variances of the long run."""
    n = len(y)
    columns = _with(base, others)
    long_run = float(_covariance(noise, columns.shape[1] + 1).mean()) * n
    room = 3.84 * max(long_run, 1e-12)
    low, high = max(APART, at - n // 8), min(n - APART, at + n // 8)
    left = {
        place: float(np.sum(_rest(_with(columns, [place]), y) ** 2))
        for place in range(low, high + 1)
    }
    first = last = at
    while first - 1 in left and left[first - 1] - left[at] <= room:
        first -= 1
    while last + 1 in left and left[last + 1] - left[at] <= room:
        last += 1
    return first, last
