"""Driver importance: a million answers with intervals, many drivers, and how cost grows to 10 M."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.measuring import peak_megabytes
from cx280.stats.drivers import Patterns, add_patterns, analyse, patterns_of

_CHUNK = 1_000_000
SEVEN = tuple(f"driver {at}" for at in range(1, 8))
FOURTEEN = tuple(f"driver {at}" for at in range(1, 15))


def main() -> None:
    """Prints processor seconds, wall seconds and peak megabytes as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--drivers", type=int, default=7)
    parser.add_argument("--bootstrap", type=int, default=1000)
    parser.add_argument("--skipped", type=float, default=0.0, help="share of driver answers")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.responses, asked.drivers, asked.bootstrap, asked.skipped)))


def measure(n: int, drivers: int, bootstrap: int, skipped: float) -> dict[str, float]:
    """Counting n answers into patterns and analysing them; making them up is not measured."""
    names = FOURTEEN[:drivers]
    patterns: Patterns | None = None
    cpu = wall = 0.0
    for columns in _answers(n, names, skipped):
        started, used = time.monotonic(), time.process_time()
        more = patterns_of(columns)
        patterns = more if patterns is None else add_patterns(patterns, more)
        wall, cpu = wall + time.monotonic() - started, cpu + time.process_time() - used
    assert patterns is not None
    counting = cpu
    started, used = time.monotonic(), time.process_time()
    found = analyse(patterns, "trust", names, bootstrap=bootstrap)
    wall, cpu = wall + time.monotonic() - started, cpu + time.process_time() - used
    return {
        "seconds": wall,
        "cpu_seconds": cpu,
        "counting_cpu_seconds": counting,
        "megabytes": peak_megabytes(),
        "patterns": len(patterns.people),
        "r2": found.r2,
        "leading": len(found.leading),
    }


def _answers(n: int, names: tuple[str, ...], skipped: float) -> Iterator[dict[str, np.ndarray]]:
    """Columns of at most a million answers each; drivers correlate 0.5, the first counts most."""
    source = np.random.default_rng(280)
    slopes = np.linspace(0.4, 0.05, len(names))
    for start in range(0, n, _CHUNK):
        size = min(_CHUNK, n - start)
        shared = source.standard_normal(size, dtype=np.float32)
        trust = 0.7 * source.standard_normal(size, dtype=np.float32)
        columns = {}
        for name, slope in zip(names, slopes, strict=True):
            driver = 0.7 * (shared + source.standard_normal(size, dtype=np.float32))
            trust += slope * driver
            columns[name] = _rated(driver)
            if skipped:
                columns[name][source.random(size) < skipped] = np.nan
        yield {"trust": _rated(trust / 1.2), **columns}


def _rated(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values * 1.1 + 3.8), 1, 5).astype(np.float32)


if __name__ == "__main__":
    main()
