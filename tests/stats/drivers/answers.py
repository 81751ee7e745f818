"""Simulated answers with known drivers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cx280.stats.drivers import Patterns, patterns_of
from cx280.stats.drivers.patterns import Floats

WEIGHTS = (0.45, 0.3, 0.2, 0.1)
NAMES = ("ease", "speed", "staff", "fairness")


def rated(values: Floats) -> Floats:
    """Standard values as answers from 1 to 5, most of them good, as people give them."""
    return np.clip(np.rint(values * 1.1 + 3.8), 1, 5)


def columns_of(
    n: int, seed: int = 0, weights: Sequence[float] = WEIGHTS, names: Sequence[str] = NAMES
) -> dict[str, Floats]:
    """{"trust": …, driver: …}: n answers; drivers correlate 0.5 and count by `weights`."""
    source = np.random.default_rng(seed)
    shared = source.standard_normal((n, 1))
    drivers = np.sqrt(0.5) * (shared + source.standard_normal((n, len(weights))))
    trust = drivers @ np.array(weights) + 0.7 * source.standard_normal(n)
    found = {"trust": rated(trust / 1.1)}
    return found | {name: rated(drivers[:, at]) for at, name in enumerate(names)}


def answers(n: int, seed: int = 0) -> Patterns:
    """The counted patterns of `columns_of`."""
    return patterns_of(columns_of(n, seed))


def with_gaps(
    columns: dict[str, Floats], most: float, seed: int = 0, *, by_trust: bool = False
) -> dict[str, Floats]:
    """The same answers, some drivers skipped: the first driver by the share `most`, others less.

    by_trust: the discontented skip far more often than the contented.
    """
    source = np.random.default_rng(seed)
    drivers = [each for each in columns if each != "trust"]
    found = dict(columns)
    for name, share in zip(drivers, np.linspace(most, most / 4, len(drivers)), strict=True):
        chance = np.full(len(columns["trust"]), share)
        if by_trust:
            odds = share / (1 - share) * np.exp(1.2 * (3.8 - columns["trust"]))
            chance = odds / (1 + odds)
        found[name] = np.where(source.random(len(chance)) < chance, np.nan, columns[name])
    return found
