"""What skipped answers do to importance, by the way they are treated: the table of docs/studies."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from cx280.stats.drivers import TooThin, analyse, patterns_of
from cx280.stats.drivers.patterns import Floats
from cx280.stats.drivers.shapley import lmg

SLOPES = np.array([0.45, 0.3, 0.25, 0.2, 0.1, 0.05])
NAMES = tuple("abcdef")


def main() -> None:
    """Prints the table in Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=60)
    runs = parser.parse_args().runs
    trust, drivers = _answers(1_000_000, np.random.default_rng(1))
    truth = _importance(np.column_stack([trust, drivers]))
    print("| answers | skipped | by whom | complete | way | bias of the top | error of all "
          "| top first | intervals hold |")  # fmt: skip
    print("|---:|---:|---|---:|---|---:|---:|---:|---:|")
    for n in (300, 2000):
        for most in (0.3, 0.7):
            for discontented in (False, True):
                _rows(n, most, discontented, runs, truth)


def _rows(n: int, most: float, discontented: bool, runs: int, truth: Floats) -> None:
    found: dict[str, list[Floats]] = {each: [] for each in WAYS}
    complete, hits = [], []
    for seed in range(runs):
        source = np.random.default_rng(seed)
        trust, drivers = _answers(n, source)
        rows = np.column_stack([trust, _skipped(trust, drivers, most, discontented, source)])
        complete.append(np.mean(np.isnan(rows).sum(axis=1) == 0))
        for name, way in WAYS.items():
            found[name].append(way(rows))
        hits.append(_covered(rows, truth))
    whom = "the discontented" if discontented else "anybody"
    for name, estimates in found.items():
        values = np.array(estimates)
        values = values[~np.isnan(values[:, 0])]
        bias = values.mean(axis=0)[0] / truth[0] - 1
        error = np.sqrt(np.mean((values - truth) ** 2))
        first = np.mean(values.argmax(axis=1) == 0)
        held = f"{np.nanmean(hits):.0%}" if name == "EM" else ""
        print(f"| {n:,} | {most:.0%} | {whom} | {np.mean(complete):.0%} | {name} | {bias:+.0%} "
              f"| {error:.3f} | {first:.0%} | {held} |")  # fmt: skip


def _answers(n: int, source: np.random.Generator) -> tuple[Floats, Floats]:
    """(n,) and (n, 6) answers from 1 to 5; drivers correlate 0.5."""
    shared = source.standard_normal((n, 1))
    drivers = np.sqrt(0.5) * (shared + source.standard_normal((n, len(SLOPES))))
    trust = drivers @ SLOPES + 0.7 * source.standard_normal(n)
    return _rated(trust / 1.25), _rated(drivers)


def _skipped(
    trust: Floats, drivers: Floats, most: float, discontented: bool, source: np.random.Generator
) -> Floats:
    """The top driver is skipped by the share `most`, the others by less, to a fifth of it."""
    found = drivers.copy()
    for at, share in enumerate(np.linspace(most, most / 5, len(SLOPES))):
        chance = np.full(len(trust), share)
        if discontented:
            odds = share / (1 - share) * np.exp(1.2 * (trust.mean() - trust) / trust.std())
            chance = odds / (1 + odds)
        found[source.random(len(trust)) < chance, at] = np.nan
    return found


def _covered(rows: Floats, truth: Floats) -> float:
    """The share of the drivers whose interval holds the truth; NaN when refused."""
    columns = dict(zip(("trust", *NAMES), rows.T, strict=True))
    try:
        found = analyse(patterns_of(columns), "trust", NAMES, bootstrap=400)
    except TooThin:
        return float("nan")
    at = [found.driver(each) for each in NAMES]
    return float(np.mean([each.low <= t <= each.high for each, t in zip(at, truth, strict=True)]))


def _by_em(rows: Floats) -> Floats:
    columns = dict(zip(("trust", *NAMES), rows.T, strict=True))
    try:
        found = analyse(patterns_of(columns), "trust", NAMES, bootstrap=0)
    except TooThin:
        return np.full(len(NAMES), np.nan)
    return np.array([found.driver(each).importance for each in NAMES])


def _by_pairs(rows: Floats) -> Floats:
    """Each correlation from the people who answered both; negative eigenvalues cut."""
    size = rows.shape[1]
    found = np.eye(size)
    for one in range(size):
        for other in range(one):
            both = _complete(rows[:, [one, other]])
            found[one, other] = found[other, one] = _correlations(both)[0, 1]
    values, vectors = np.linalg.eigh(found)
    found = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(found))
    importance: Floats = lmg((found * np.outer(scale, scale))[None])[0]
    return importance


def _by_complete(rows: Floats) -> Floats:
    kept = _complete(rows)
    if len(kept) < 3 + len(NAMES) or np.any(kept.std(axis=0) == 0):
        return np.full(len(NAMES), np.nan)
    return _importance(kept)


def _complete(rows: Floats) -> Floats:
    kept: Floats = rows[np.isnan(rows).sum(axis=1) == 0]
    return kept


def _importance(rows: Floats) -> Floats:
    importance: Floats = lmg(_correlations(rows)[None])[0]
    return importance


def _correlations(rows: Floats) -> Floats:
    return np.asarray(np.corrcoef(rows.T), dtype=np.float64)


def _by_means(rows: Floats) -> Floats:
    filled = np.where(np.isnan(rows), np.nanmean(rows, axis=0), rows)
    return _importance(filled)


def _rated(values: Floats) -> Floats:
    return np.clip(np.rint(values * 1.1 + 3.8), 1, 5)


WAYS: dict[str, Callable[[Floats], Floats]] = {
    "EM": _by_em,
    "pairs": _by_pairs,
    "complete rows": _by_complete,
    "mean filled in": _by_means,
}


if __name__ == "__main__":
    main()
