"""The score of the Numenta Anomaly Benchmark, from its published definition.

Lavin, A. and Ahmad, S. (2015), Evaluating real-time anomaly detection algorithms: the Numenta
Anomaly Benchmark, 14th IEEE ICMLA, 38-44. Standard profile: the first detection in a labelled
window earns up to 1, more the earlier it comes; a missed window costs 1; each row detected outside
costs up to 0.11, less just after a window. The first 15 % of a file (of at most 5,000 rows) are
not scored. 0 is a detector that never says anything, 100 a perfect one; one threshold for all.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FALSE, MISSED = 0.11, 1.0
_PROBATION, _AT_MOST = 0.15, 5000


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file of the benchmark; windows as first and last row of each."""

    name: str
    times: list[datetime]
    numbers: list[float]
    windows: list[tuple[int, int]]

    @property
    def scored_from(self) -> int:
        """The first row that is scored."""
        return int(_PROBATION * min(len(self.times), _AT_MOST))


@dataclass(frozen=True, slots=True)
class Scored:
    """What a threshold gives on a file: its raw score, windows found, rows detected outside."""

    raw: float
    found: int
    windows: int
    false: int


def files(folder: Path) -> list[Labelled]:
    """Every labelled file that is there, by name."""
    labels = json.loads((folder / "labels/combined_windows.json").read_text(encoding="utf-8"))
    there = [name for name in sorted(labels) if (folder / "data" / name).is_file()]
    return [_read(folder / "data" / name, name, labels[name]) for name in there]


def _read(path: Path, name: str, windows: Sequence[Sequence[str]]) -> Labelled:
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    times = [datetime.fromisoformat(row["timestamp"]) for row in rows]
    ends = [[datetime.fromisoformat(each) for each in window] for window in windows]
    inside = [[at for at, time in enumerate(times) if a <= time <= b] for a, b in ends]
    numbers = [float(row["value"]) for row in rows]
    return Labelled(name, times, numbers, [(rows[0], rows[-1]) for rows in inside])


def score(file: Labelled, detected: NDArray[np.bool_]) -> Scored:
    """The raw score of the rows detected in a file."""
    rows = [int(at) for at in np.flatnonzero(detected) if at >= file.scored_from]
    raw, found = 0.0, 0
    for first, last in file.windows:
        hits = [at for at in rows if first <= at <= last]
        if hits:
            early = -(last - hits[0] + 1) / (last - first + 1)
            raw += _sigmoid(early) / _sigmoid(-1.0)
            found += 1
        else:
            raw -= MISSED
    outside = [at for at in rows if not any(a <= at <= b for a, b in file.windows)]
    raw += FALSE * sum(_late(at, file.windows) for at in outside)
    return Scored(raw, found, len(file.windows), len(outside))


def normalised(scored: Sequence[Scored]) -> float:
    """0 for never saying anything, 100 for perfect."""
    windows = sum(each.windows for each in scored)
    return 100 * (sum(each.raw for each in scored) + MISSED * windows) / ((1 + MISSED) * windows)


def best_threshold(
    given: Sequence[Labelled], scores: Mapping[str, NDArray[np.float64]]
) -> tuple[float, float]:
    """(score, threshold): the one threshold that is best over all files together."""
    every = np.unique(np.round(np.concatenate([scores[each.name] for each in given]), 3))
    tried = every[every > 0]
    tried = tried[np.linspace(0, len(tried) - 1, min(len(tried), 200)).astype(int)]
    return max(
        (normalised([score(each, scores[each.name] >= at) for each in given]), float(at))
        for at in tried
    )


def _late(row: int, windows: Sequence[tuple[int, int]]) -> float:
    """What a row outside costs, -1 to 0: least just after a window."""
    before = [window for window in windows if window[1] < row]
    if not before:
        return -1.0
    first, last = before[-1]
    return _sigmoid((row - last) / max(last - first, 1))


def _sigmoid(place: float) -> float:
    return -1.0 if place > 3 else 2 / (1 + math.exp(5 * place)) - 1
