"""How often 95 % intervals of changes hold, and how large a change has to be to be found.

`python -m benchmarks.evaluation` prints the table of docs/studies/changes.md. Made-up days with a
trend, a week, and noise that remembers the day before; for each kind of value.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cx280.stats.evaluation import Kind, Outcome, evaluate_change

_START = datetime(2024, 1, 1, tzinfo=UTC)
_KINDS: tuple[Kind, ...] = ("counts", "rates", "scores", "durations")
_SPREAD = 0.1  # standard deviation of the noise that remembers, of the level or in logits
_RUNS = 200
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Covered(NamedTuple):
    """share: of intervals that hold the truth; found: of verdicts; width: of intervals, mean."""

    share: float
    found: float
    width: float


def main() -> None:
    """Measures and prints."""
    print("| kind | before, after | memory 0 | 0.3 | 0.6 | 0.8 | long and short |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for kind in _KINDS:
        for before, after, step in (
            (28, 14, 1),
            (84, 28, 1),
            (180, 60, 1),
            (12, 6, 7),
            (26, 12, 7),
        ):
            cells = [covered(kind, before=before, after=after, memory=memory, runs=_RUNS, step=step)
                     for memory in (0.0, 0.3, 0.6, 0.8, -1.0)]  # fmt: skip
            shares = " | ".join(f"{each.share:.1%}" for each in cells)
            unit = "days" if step == 1 else "weeks"
            print(f"| {kind} | {before}, {after} {unit} | {shares} |", flush=True)


def covered(
    kind: Kind, *, before: int, after: int, memory: float, runs: int, effect: float = 0.0,
    seed: int = 280, step: int = 1,
) -> Covered:  # fmt: skip
    """memory: what noise keeps of the row before; -1 for half of it kept at 0.9 and half not. step:
    days from row to row."""
    draw = np.random.default_rng(seed)
    days = before + after
    times = [_START + at * timedelta(days=step) for at in range(days)]
    weekend = np.array([step == 1 and each.weekday() > 4 for each in times])
    holds, found, widths = 0, 0, 0.0
    for _ in range(runs):
        values, n = _made(kind, draw, _noise(draw, days, memory), weekend, before, effect)
        each = evaluate_change(times, values.tolist(), times[before], kind=kind, n=n.tolist())
        holds += each.low <= effect <= each.high
        found += each.outcome is not Outcome.INCONCLUSIVE
        widths += each.high - each.low
    return Covered(holds / runs, found / runs, widths / runs)


def _noise(draw: np.random.Generator, days: int, memory: float) -> Floats:
    if memory < 0:
        both = (_noise(draw, days, 0.9), _noise(draw, days, 0.0))
        return np.asarray((both[0] + both[1]) / np.sqrt(2))
    made = draw.standard_normal(days)
    for at in range(1, days):
        made[at] = memory * made[at - 1] + np.sqrt(1 - memory**2) * made[at]
    return made * _SPREAD


def _made(
    kind: Kind,
    draw: np.random.Generator,
    noise: Floats,
    weekend: Flags,
    before: int,
    effect: float,
) -> tuple[Floats, Floats]:
    at = np.arange(len(noise))
    after = at >= before
    n = np.asarray(draw.poisson(np.where(weekend, 50, 120)) + 1.0)
    if kind == "counts":
        mean = np.where(weekend, 50, 120) * np.exp(0.001 * at + noise) * (1 + effect * after)
        return draw.poisson(mean).astype(np.float64), np.ones(len(at))
    if kind == "rates":
        usual = 1 / (1 + np.exp(-(0.85 + noise - 0.1 * weekend)))
        good = draw.binomial(n.astype(int), np.clip(usual + effect * after, 0, 1))
        return np.asarray(good / n), n
    shocks = draw.standard_normal(len(at)) / np.sqrt(n)
    if kind == "scores":
        return np.asarray(4 + noise + effect * after + 1.1 * shocks), n
    usual = np.exp(3 + noise + 0.1 * weekend + 0.8 * shocks)
    return np.asarray(usual * (1 + effect * after)), n


if __name__ == "__main__":
    main()
