"""Looking every day: how often each interval finds what is not there, and how soon what is.

`python -m benchmarks.peeking` simulates a service watched for a year and prints the tables of
docs/studies/peeking.md. Seeded: the same figures every time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]
Limit = Callable[[Figures, float], Figures]

DAYS = 365
BASELINE_DAYS = 91
SMALLEST = 10  # fewer answers are not shown, so nobody looks
SEED = 280


def wilson_reach(clock: Figures, alpha: float) -> Figures:
    """What one look takes: 1.96 at 95 %."""
    return np.full_like(clock, float(special.ndtri(1 - alpha / 2)))


def watched_reach(clock: Figures, alpha: float) -> Figures:
    """`cx280.stats.sequences.reach`, over arrays; a test holds the two together."""
    r = clock / 10
    return np.sqrt((1 + 1 / r) * (np.log1p(r) - 2 * math.log(alpha)))


def hybrid(s0: Counts, n0: Counts, s1: Counts, n1: Counts, z: Figures) -> tuple[Figures, Figures]:
    """(low, high) of the change by the hybrid score interval at `z` standard errors."""
    p0, p1 = s0 / n0, s1 / n1
    low0, high0 = _score(p0, n0, z)
    low1, high1 = _score(p1, n1, z)
    difference = p1 - p0
    low = difference - np.hypot(p1 - low1, high0 - p0)
    return low, difference + np.hypot(high1 - p1, p0 - low0)


def _score(share: Figures, n: Counts, z: Figures) -> tuple[Figures, Figures]:
    spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    centre, scale = share + z * z / (2 * n), 1 + z * z / n
    return np.minimum((centre - spread) / scale, share), np.maximum(
        (centre + spread) / scale, share
    )


def by_mixture(s0: Counts, n0: Counts, s1: Counts, n1: Counts, alpha: float) -> Figures:
    """Whether two beta-binomial mixtures over the best common share reach 1 / alpha (exact)."""
    mixed = special.betaln(s0 + 1, n0 - s0 + 1) + special.betaln(s1 + 1, n1 - s1 + 1)
    s, n = s0 + s1, n0 + n1
    common = s / n
    likely = special.xlogy(s, common) + special.xlog1py(n - s, -common)
    return np.asarray(mixed - likely + math.log(alpha))


def by_two_sequences(s0: Counts, n0: Counts, s1: Counts, n1: Counts, alpha: float) -> Figures:
    """> 0 where two exact sequences at alpha / 2 each do not meet (the same for all shares)."""

    def worst(share: Figures) -> Figures:
        def value(s: Counts, n: Counts) -> Figures:
            likely = special.xlogy(s, share) + special.xlog1py(n - s, -share)
            return np.asarray(special.betaln(s + 1, n - s + 1) - likely + math.log(alpha / 2))

        return np.maximum(value(s0, n0), value(s1, n1))

    # The two do not meet when at every common share one of them has left; look between the two.
    between = [s0 / n0 + part * (s1 / n1 - s0 / n0) for part in np.linspace(0, 1, 41)]
    return np.asarray(np.min([worst(share) for share in between], axis=0))


def a_year(
    rng: np.random.Generator, runs: int, daily: float, share: float, later: float, days: int = DAYS
) -> tuple[Counts, Counts, Counts, Counts]:
    """(s0, n0) of a finished quarter and (s1, n1) so far on each later day: runs × 1, runs × days.

    daily: answers a day on average, Poisson. share: in the quarter, `later`: after it.
    """
    n0 = rng.poisson(daily * BASELINE_DAYS, (runs, 1)).astype(np.int64)
    s0 = rng.binomial(n0, share).astype(np.int64)
    n = rng.poisson(daily, (runs, days))
    s = rng.binomial(n, later)
    return s0, n0, s.cumsum(1).astype(np.int64), n.cumsum(1).astype(np.int64)


def found_on(
    year: tuple[Counts, Counts, Counts, Counts], method: str, alpha: float = 0.05
) -> tuple[NDArray[np.bool_], Counts]:
    """Whether a change was ever claimed, and on which day first (0-based; the last when never)."""
    s0, n0, s1, n1 = year
    shown = (n1 >= SMALLEST) & (n0 >= SMALLEST)
    safe = np.maximum(n1, 1)
    if method in REACHES:
        clock = n0 * safe / (n0 + safe)
        low, high = hybrid(s0, np.maximum(n0, 1), s1, safe, REACHES[method](clock, alpha))
        claimed = (low > 0) | (high < 0)
    else:
        claimed = EXACT[method](s0, np.maximum(n0, 1), s1, safe, alpha) > 0
    claimed &= shown
    ever = np.asarray(claimed.any(1))
    return ever, np.where(ever, claimed.argmax(1), s1.shape[1] - 1).astype(np.int64)


REACHES: dict[str, Limit] = {"one look, every day": wilson_reach, "sequence": watched_reach}
EXACT: dict[str, Callable[[Counts, Counts, Counts, Counts, float], Figures]] = {
    "two mixtures, exact": by_mixture,
    "two sequences, exact": by_two_sequences,
}


def errors(runs: int = 1000) -> Iterator[list[str]]:
    """Rows: share, answers a week, then for each method how often a year claims a change."""
    rng = np.random.default_rng(SEED)
    for weekly in (20, 100, 400, 2000):
        for share in (0.05, 0.5, 0.8, 0.98):
            year = a_year(rng, runs, weekly / 7, share, share)
            found = [found_on(year, method)[0].mean() for method in (*REACHES, *EXACT)]
            yield [f"{weekly:,}", f"{share:.0%}", *(f"{each:.1%}" for each in found)]


def delays(runs: int = 1000) -> Iterator[list[str]]:
    """Rows: method, share who saw a fall of 5 points within the quarter and year, median days."""
    rng = np.random.default_rng(SEED)
    year = a_year(rng, runs, 400 / 7, 0.80, 0.75)
    for method in (*REACHES, *EXACT):
        seen, day = found_on(year, method)
        in_quarter = seen & (day < BASELINE_DAYS)
        yield [method, f"{in_quarter.mean():.0%}", f"{seen.mean():.0%}",
               f"{np.median(day[seen]) + 1:.0f}", f"{np.quantile(day, 0.9) + 1:.0f}"]  # fmt: skip


def quarters(runs: int = 1000, chain: int = 4) -> Iterator[list[str]]:
    """Rows: method, how often four quarters, each watched daily against the last, claim a change
    in any of them while nothing changes (400 answers a week, 80 %)."""
    rng = np.random.default_rng(SEED)
    for method in REACHES:
        ever = np.zeros(runs, dtype=bool)
        for _ in range(chain):
            year = a_year(rng, runs, 400 / 7, 0.8, 0.8, days=BASELINE_DAYS)
            ever |= found_on(year, method)[0]
        yield [method, f"{ever.mean():.1%}"]


def both_grow(runs: int = 500) -> Iterator[list[str]]:
    """Rows: an office against four times as many answers elsewhere, both counted on for a year with
    no difference: how often the sequence claims one, at 95 % and, for ten offices, at 99.5 %."""
    rng = np.random.default_rng(SEED)
    for weekly in (7, 35, 280):
        for share in (0.1, 0.8, 0.98):
            (s0, n0), (s1, n1) = (_counted(rng, runs, weekly * k / 7, share) for k in (4, 1))
            clock = n0 * n1 / (n0 + n1)
            row = [f"{weekly:,}", f"{share:.0%}"]
            for alpha in (0.05, 0.005):
                low, high = hybrid(s0, n0, s1, n1, watched_reach(clock, alpha))
                claimed = ((low > 0) | (high < 0)) & (np.minimum(n0, n1) >= SMALLEST)
                row.append(f"{claimed.any(1).mean():.1%}")
            yield row


def _counted(
    rng: np.random.Generator, runs: int, daily: float, share: float
) -> tuple[Counts, Counts]:
    n = rng.poisson(daily, (runs, DAYS))
    agreeing = rng.binomial(n, share).cumsum(1)
    return agreeing.astype(np.int64), np.maximum(n.cumsum(1), 1).astype(np.int64)


def misses(runs: int = 2000) -> Iterator[list[str]]:
    """Rows: share, answers a week, how often the interval of one share is wrong on some day."""
    rng = np.random.default_rng(SEED)
    for weekly in (20, 400):
        for share in (0.05, 0.8, 0.98):
            _, _, s, n = a_year(rng, runs, weekly / 7, share, share)
            shown, n = n >= SMALLEST, np.maximum(n, 1)
            low, high = _score(s / n, n, wilson_reach(n.astype(float), 0.05))
            once = (((share < low) | (share > high)) & shown).any(1).mean()
            likely = special.xlogy(s, share) + special.xlog1py(n - s, -share)
            unlikely = likely < special.betaln(s + 1, n - s + 1) + math.log(0.05)
            always = (unlikely & shown).any(1).mean()
            yield [f"{weekly:,}", f"{share:.0%}", f"{once:.1%}", f"{always:.1%}"]


def moved_misses(runs: int = 2000) -> Iterator[list[str]]:
    """Rows: how often the interval of a change that is real is wrong on some day of a year."""
    rng = np.random.default_rng(SEED)
    for share, later in ((0.8, 0.75), (0.5, 0.6), (0.95, 0.98)):
        s0, n0, s1, n1 = a_year(rng, runs, 400 / 7, share, later)
        clock = n0 * np.maximum(n1, 1) / (n0 + np.maximum(n1, 1))
        row = [f"{share:.0%} to {later:.0%}"]
        for limit in REACHES.values():
            low, high = hybrid(s0, n0, s1, np.maximum(n1, 1), limit(clock, 0.05))
            wrong = (low > later - share) | (high < later - share)
            row.append(f"{(wrong & (n1 >= SMALLEST)).any(1).mean():.1%}")
        yield row


def main() -> None:
    """Prints the tables as Markdown."""
    methods = [*REACHES, *EXACT]
    table(["answers a week", "share", "Wilson, every day", "sequence"], misses())
    table(["the change", *REACHES], moved_misses())
    table(["answers a week", "share", *methods], errors())
    table(["method", "seen within the quarter", "within a year", "median day", "9 of 10 by day"],
          delays())  # fmt: skip
    table(["method", "any claim in four quarters"], quarters())
    table(["answers a week there", "share", "one office, 95 %", "of ten, 99.5 %"], both_grow())


def table(head: list[str], rows: Iterator[list[str]]) -> None:
    """Prints a Markdown table."""
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()


if __name__ == "__main__":
    main()
