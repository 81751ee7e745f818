"""How often bootstrap intervals of importance and R² hold, by kind: the table of docs/studies."""

from __future__ import annotations

import argparse

import numpy as np
from scipy import special

from benchmarks.driver_recovery import NAMES, WORLDS, World
from cx280.stats.drivers import patterns_of
from cx280.stats.drivers.analysis import correlations
from cx280.stats.drivers.missingness import group
from cx280.stats.drivers.moments import estimate_moments
from cx280.stats.drivers.patterns import Floats
from cx280.stats.drivers.resampling import resample
from cx280.stats.drivers.shapley import lmg

SIZES = (60, 100, 300, 1000)
KINDS = ("percentile", "basic", "bias-corrected")


def main() -> None:
    """Prints the table in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    print("| answers | skipped | " + " | ".join(f"importance, {each}" for each in KINDS)
          + " | " + " | ".join(f"R², {each}" for each in KINDS) + " |")  # fmt: skip
    print("|---:|---:|" + "---:|" * 6)
    for world in (WORLDS[0], WORLDS[2]):
        truth = _truth(world)
        for n in SIZES if not world.gaps else SIZES[2:]:
            held = np.mean([_held(world, n, seed, truth) for seed in range(runs)], axis=0)
            cells = [*held[:, :-1].mean(axis=1), *held[:, -1]]
            print(f"| {n:,} | {world.gaps:.0%} | " + " | ".join(f"{each:.0%}" for each in cells)
                  + " |")  # fmt: skip


def _held(world: World, n: int, seed: int, truth: Floats) -> Floats:
    """(kinds, drivers + 1): whether each interval holds the truth, R² last."""
    estimate, drawn = _estimates(world, n, seed, 500)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    below = np.clip((drawn < estimate).mean(axis=0), 1 / len(drawn), 1 - 1 / len(drawn))
    shift = 2 * special.ndtri(below)
    ends = special.ndtr(np.array([shift - 1.96, shift + 1.96]))
    corrected = np.array([np.quantile(drawn[:, at], ends[:, at]) for at in range(drawn.shape[1])])
    bounds = ((low, high), (2 * estimate - high, 2 * estimate - low), corrected.T)
    return np.array([(first <= truth) & (truth <= last) for first, last in bounds], dtype=float)


def _truth(world: World) -> Floats:
    whole = World(world.name, world.slopes, world.correlation)
    return _estimates(whole, 1_000_000, 10**6, 2)[0]


def _estimates(world: World, n: int, seed: int, draws: int) -> tuple[Floats, Floats]:
    """Importances and R² last: (k + 1,) of these people and (draws, k + 1) of samples of them."""
    patterns = patterns_of(world.columns(n, seed)).of(["trust", *NAMES])
    groups = group(patterns)
    moments = estimate_moments(groups)
    found, drawn = (
        lmg(correlations(each))
        for each in (
            moments.covariance[None], resample(patterns, groups, moments, draws, seed)
        )
    )  # fmt: skip
    both = [np.column_stack([each, each.sum(axis=1)]) for each in (found, drawn)]
    return both[0][0], both[1]


if __name__ == "__main__":
    main()
