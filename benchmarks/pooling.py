"""Small offices: how far raw and leaning shares lie from the truth.

`python -m benchmarks.pooling` simulates services with offices of 5 to 50 answers and prints the
tables of docs/studies/pooling.md. Seeded: the same figures every time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

from benchmarks.peeking import table
from cx280.stats.intervals import wilson
from cx280.stats.pooling import lean_on_average

SEED = 280
Shares = NDArray[np.float64]


def a_service(
    rng: np.random.Generator, offices: int, sizes: tuple[int, int], average: float, spread: float
) -> tuple[Shares, NDArray[np.int64], NDArray[np.int64]]:
    """True shares, successes and answers of its offices. spread: standard deviation between
    offices on the log-odds scale (0: all alike), so not the distribution the method assumes."""
    truth = special.expit(special.logit(average) + spread * rng.standard_normal(offices))
    n = rng.integers(sizes[0], sizes[1] + 1, offices)
    return truth, rng.binomial(n, truth).astype(np.int64), n.astype(np.int64)


def errors(
    offices: int, sizes: tuple[int, int], average: float, spread: float, runs: int
) -> tuple[float, float, float, float]:
    """Root mean square error of raw and leaning shares, and how often their intervals hold."""
    rng = np.random.default_rng(SEED)
    squares, held = np.zeros(2), np.zeros(2)
    for _ in range(runs):
        truth, s, n = a_service(rng, offices, sizes, average, spread)
        counts = [(int(a), int(b)) for a, b in zip(s, n, strict=True)]
        raw = [wilson(*each) for each in counts]
        leaning = lean_on_average(counts) or []
        squares += [
            ((s / n - truth) ** 2).sum(),
            ((np.array([each.share for each in leaning]) - truth) ** 2).sum(),
        ]
        held += [
            sum(low <= true <= high for (low, high), true in zip(raw, truth, strict=True)),
            sum(e.low <= true <= e.high for e, true in zip(leaning, truth, strict=True)),
        ]
    raw_error, leaning_error = np.sqrt(squares / (runs * offices))
    raw_held, leaning_held = held / (runs * offices)
    return float(raw_error), float(leaning_error), float(raw_held), float(leaning_held)


def rows(runs: int = 150) -> Iterator[list[str]]:
    """One row for each kind of service."""
    for average in (0.8, 0.5, 0.95):
        for spread, words in ((0.0, "not at all"), (0.3, "a little"), (0.8, "much")):
            for offices in (3, 12, 40):
                found = errors(offices, (5, 50), average, spread, runs)
                raw, leaning, raw_held, leaning_held = found
                yield [f"{average:.0%}", words, str(offices), f"{raw * 100:.1f}",
                       f"{leaning * 100:.1f}", f"{1 - leaning / raw:.0%}", f"{raw_held:.1%}",
                       f"{leaning_held:.1%}"]  # fmt: skip


def by_size(runs: int = 200) -> Iterator[list[str]]:
    """One row for each size of office: 12 offices of that size around 80 %, differing a little."""
    for n in (5, 10, 20, 30, 50):
        raw, leaning, raw_held, leaning_held = errors(12, (n, n), 0.8, 0.3, runs)
        yield [str(n), f"{raw * 100:.1f}", f"{leaning * 100:.1f}", f"{1 - leaning / raw:.0%}",
               f"{raw_held:.1%}", f"{leaning_held:.1%}"]  # fmt: skip


def the_odd_one(runs: int = 300) -> Iterator[list[str]]:
    """One row for each size of a single office at 50 % among eleven at 80 %: what leaning costs."""
    for n in (5, 10, 20, 50):
        rng = np.random.default_rng(SEED)
        raw, leaning, held = [], [], 0
        for _ in range(runs):
            s = rng.binomial(n, [0.5] + [0.8] * 11)
            found = (lean_on_average([(int(each), n) for each in s]) or [])[0]
            raw.append(s[0] / n)
            leaning.append(found.share)
            held += found.low <= 0.5 <= found.high
        yield [str(n), f"{np.mean(raw):.0%}", f"{np.mean(leaning):.0%}", f"{held / runs:.0%}"]


def main() -> None:
    """Prints the tables as Markdown."""
    head = ["raw error", "leaning error", "less by", "raw interval holds", "leaning interval holds"]
    table(["answers an office", *head], by_size())
    table(["average", "offices differ", "offices", *head], rows())
    table(["answers an office", "raw", "leaning", "its interval holds 50 %"], the_odd_one())


if __name__ == "__main__":
    main()
