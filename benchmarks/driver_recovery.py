"""How often the true top driver is found, by number of answers: the table of docs/studies."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cache

import numpy as np

from cx280.stats.drivers import DriverAnalysis, TooThin, analyse, patterns_of
from cx280.stats.drivers.patterns import Floats

SIZES = (50, 100, 200, 500, 1000, 2000, 5000)
NAMES = tuple("abcdefg")
_HEAD = (
    "answers",
    "refused",
    "true top ranked first",
    "true top among the leading",
    "leading, median",
    "one stands out",
    "one stands out wrongly",
    "rank intervals hold",
)


@dataclass(frozen=True, slots=True)
class World:
    """Seven drivers with known slopes, correlated alike; `gaps`: the largest share of skips."""

    name: str
    slopes: tuple[float, ...]
    correlation: float
    gaps: float = 0.0

    def columns(self, n: int, seed: int) -> dict[str, Floats]:
        """n answers from 1 to 5; the discontented skip more, the top driver is skipped most."""
        source = np.random.default_rng(seed)
        shared = np.sqrt(self.correlation) * source.standard_normal((n, 1))
        own = np.sqrt(1 - self.correlation) * source.standard_normal((n, len(NAMES)))
        trust = (shared + own) @ np.array(self.slopes) + 0.8 * source.standard_normal(n)
        rated = {"trust": _rated(trust / 1.2)}
        for at, name in enumerate(NAMES):
            rated[name] = _rated((shared + own)[:, at])
            if self.gaps:
                most = self.gaps * (1 - 0.1 * at)
                odds = most / (1 - most) * np.exp(1.2 * (3.8 - rated["trust"]))
                rated[name] = np.where(source.random(n) < odds / (1 + odds), np.nan, rated[name])
        return rated


_CLEAR = (0.4, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05)
_CLOSE = (0.3, 0.25, 0.2, 0.15, 0.1, 0.1, 0.05)
WORLDS = (
    World("clear: the top driver counts twice the next", _CLEAR, 0.5),
    World("close: drivers correlate 0.7, slopes 0.30 and 0.25", _CLOSE, 0.7),
    World("clear, skipped by up to half, more by the discontented", _CLEAR, 0.5, 0.5),
)


def main() -> None:
    """Prints the tables in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=300)
    runs = parser.parse_args().runs
    for world in WORLDS:
        print(f"\n**{world.name}** ({runs} runs each)\n")
        print(f"| {' | '.join(_HEAD)} |\n|{'---:|' * len(_HEAD)}")
        for n in SIZES:
            print(_row(world, n, runs))


def _row(world: World, n: int, runs: int) -> str:
    truth = _truth(world)
    found = [each for each in (_analyse(world, n, seed) for seed in range(runs)) if each]
    first = np.mean([each.drivers[0].driver == truth[0] for each in found])
    among = np.mean([truth[0] in each.leading for each in found])
    size = np.median([len(each.leading) for each in found])
    alone = [each.leading[0] for each in found if len(each.leading) == 1]
    wrong = sum(each != truth[0] for each in alone) / len(found)
    ranks = np.mean([
        each.driver(name).rank_low <= rank <= each.driver(name).rank_high
        for each in found for rank, name in enumerate(truth, 1)
    ])  # fmt: skip
    cells = (f"{n:,}", f"{1 - len(found) / runs:.0%}", f"{first:.0%}", f"{among:.0%}",
             f"{size:.0f}", f"{len(alone) / len(found):.0%}", f"{wrong:.1%}",
             f"{ranks:.0%}")  # fmt: skip
    return f"| {' | '.join(cells)} |"


@cache
def _truth(world: World) -> list[str]:
    """The drivers in order of their importance among a million people who skip nothing."""
    whole = World(world.name, world.slopes, world.correlation)
    found = analyse(patterns_of(whole.columns(1_000_000, 10**6)), "trust", NAMES, bootstrap=0)
    return [each.driver for each in found.drivers]


def _analyse(world: World, n: int, seed: int) -> DriverAnalysis | None:
    patterns = patterns_of(world.columns(n, seed))
    try:
        return analyse(patterns, "trust", NAMES, bootstrap=300, seed=seed)
    except TooThin:
        return None


def _rated(values: Floats) -> Floats:
    return np.clip(np.rint(values * 1.1 + 3.8), 1, 5)


if __name__ == "__main__":
    main()
