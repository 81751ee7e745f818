"""How often the places of all services hold at once, by how far apart they truly are.

`python -m benchmarks.ranks` prints a table; `--times 2000` repeats more often.
"""

from __future__ import annotations

import argparse

import numpy as np

from cx280.stats.ranks import HOLM, TUKEY, rank_shares

CASES = (
    ("all alike", 12, 0.0),
    ("two groups of six", 12, 0.0),
    ("half a point apart", 12, 0.005),
    ("two points apart", 12, 0.02),
    ("five points apart", 6, 0.05),
)


def main() -> None:
    """Prints coverage and the mean width of places for each case and method."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranks")
    parser.add_argument("--times", type=int, default=1000)
    times = parser.parse_args().times
    print("| true shares | services | method | all places hold | mean width of a place |")
    print("|---|--:|---|--:|--:|")
    for name, k, step in CASES:
        true = 0.88 - step * np.arange(k)
        if name.startswith("two groups"):
            true = np.where(np.arange(k) < k // 2, 0.85, 0.75)
        for adjust in (TUKEY, HOLM):
            held, width = simulate(true, adjust, times)
            print(f"| {name} | {k} | {adjust} | {held:.1%} | {width:.1f} |")


def simulate(true: np.ndarray, adjust: str, times: int) -> tuple[float, float]:
    """(how often every true place was inside, mean worst less best place); 60 to 2,000 answers."""
    rng = np.random.default_rng(7)
    n = np.exp(rng.uniform(np.log(60), np.log(2000), len(true))).astype(int)
    best = 1 + (true[None, :] > true[:, None]).sum(axis=1)
    worst = len(true) - (true[None, :] < true[:, None]).sum(axis=1)
    held, width = 0, 0.0
    for _ in range(times):
        seen = rank_shares(
            list(zip(rng.binomial(n, true).tolist(), n.tolist(), strict=True)), adjust=adjust
        )
        held += all(
            each.best <= b and w <= each.worst for each, b, w in zip(seen, best, worst, strict=True)
        )
        width += float(np.mean([each.worst - each.best for each in seen]))
    return held / times, width / times


if __name__ == "__main__":
    main()
