"""Ten thousand series evaluated whole: how long on two cores, and whether memory grows.

`python -m benchmarks.detection.many` prints one JSON line. Half are counts by the hour over eight
weeks, the rest rates, scores and durations by the day over half a year. Nothing is kept between
runs: every series is learned and judged from its first row.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

import numpy as np

from benchmarks.measuring import cpu_milliseconds
from cx280.stats.detection import (
    watch_durations,
    watch_many_counts,
    watch_scores,
    watch_shares,
)

Kind = Literal["counts", "rates", "scores", "durations"]
_START = datetime(2024, 1, 1, tzinfo=UTC)
_HOURS, _DAYS, _AT_ONCE = 24 * 56, 182, 250
_KINDS: tuple[tuple[Kind, float], ...] = (
    ("counts", 0.5), ("rates", 0.2), ("scores", 0.2), ("durations", 0.1),
)  # fmt: skip


class Done(NamedTuple):
    """Of one batch: series, alarms, processor milliseconds, and the most memory so far, in MB."""

    kind: Kind
    series: int
    told: int
    cpu_ms: float
    megabytes: float


def main() -> None:
    """Evaluates and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection.many")
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    print(json.dumps(measure(given.series, given.workers)))


def measure(series: int, workers: int) -> dict[str, float]:
    """Seconds for all, processor milliseconds a series of each kind, memory at both ends."""
    batches = list(_batches(series))
    started = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        done = list(pool.map(evaluate, *zip(*batches, strict=True)))
    found = {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": sum(each.cpu_ms for each in done) / 1000,
        "series": float(sum(each.series for each in done)),
        "told": float(sum(each.told for each in done)),
        "first_mb": max(each.megabytes for each in done[: 2 * workers]),
        "most_mb": max(each.megabytes for each in done),
    }
    for kind, _ in _KINDS:
        mine = [each for each in done if each.kind == kind]
        found[f"{kind}_ms"] = sum(each.cpu_ms for each in mine) / sum(each.series for each in mine)
    return found


def evaluate(kind: Kind, series: int, seed: int) -> Done:
    """One batch, made up and watched; making up is not counted."""
    draw = np.random.default_rng(seed)
    told = 0

    def watch() -> None:
        nonlocal told
        told = _WATCH[kind](made)

    made = _MAKE[kind](draw, series)
    cpu = cpu_milliseconds(watch)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Done(kind, series, told, cpu, most)


def _batches(series: int) -> Iterator[tuple[Kind, int, int]]:
    """Kinds in turn, so that every worker meets each of them early."""
    left = {kind: round(series * part) for kind, part in _KINDS}
    seed = 280
    while any(left.values()):
        for kind in left:
            size = min(left[kind], _AT_ONCE)
            if size:
                yield kind, size, seed
            left[kind] -= size
            seed += 1


def _times(many: int, step: timedelta) -> list[datetime]:
    return [_START + at * step for at in range(many)]


def _counts(draw: np.random.Generator, series: int) -> np.ndarray:
    hour = np.arange(_HOURS) % 24
    shape = np.where((hour > 7) & (hour < 20), 1.8, 0.2) / 24
    return draw.poisson(10 ** draw.uniform(0.7, 4.7, (series, 1)) * shape)


def _shares(draw: np.random.Generator, series: int) -> np.ndarray:
    """series × (successes, n) × days."""
    n = draw.poisson(10 ** draw.uniform(0.7, 4.7, (series, 1)), (series, _DAYS))
    return np.stack([draw.binomial(n, draw.uniform(0.1, 0.95, (series, 1))), n], axis=1)


def _bins(draw: np.random.Generator, series: int) -> np.ndarray:
    """series × days × 12 bins of durations."""
    return draw.poisson(10 ** draw.uniform(0.5, 3, (series, 1, 1)), (series, _DAYS, 12))


def _watch_counts(made: np.ndarray) -> int:
    found = watch_many_counts(_times(_HOURS, timedelta(hours=1)), made)
    return int(sum(each.told.sum() for each in found))


def _watch_rates(made: np.ndarray) -> int:
    times = _times(_DAYS, timedelta(days=1))
    return sum(int(watch_shares(times, good.tolist(), n.tolist()).told.sum()) for good, n in made)


def _watch_scores(made: np.ndarray) -> int:
    times, zero = _times(_DAYS, timedelta(days=1)), np.zeros(_DAYS, dtype=np.int64)
    ratings = (np.stack([zero, zero, n - good, zero, good], axis=1) for good, n in made)
    return sum(int(watch_scores(times, each.tolist()).told.sum()) for each in ratings)


def _watch_durations(made: np.ndarray) -> int:
    times, ends = _times(_DAYS, timedelta(days=1)), list(range(1, 13))
    return sum(int(watch_durations(times, ends, each.tolist()).watched.told.sum()) for each in made)


_MAKE = {"counts": _counts, "rates": _shares, "scores": _shares, "durations": _bins}
_WATCH = {"counts": _watch_counts, "rates": _watch_rates, "scores": _watch_scores,
          "durations": _watch_durations}  # fmt: skip


if __name__ == "__main__":
    main()
