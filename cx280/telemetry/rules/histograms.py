"""Counts of values in buckets that grow by one percent: medians and quantiles that add up.

A median of a month does not follow from the medians of its days. A histogram does add up, and where
each bucket is 1 % wider than the one below, any value in it is within 0.5 % of its middle: the
idea of DDSketch (Masson, Rim and Lee, 2019, doi:10.14778/3352063.3352135), with fixed buckets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp, floor, log
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from cx280.kernel.problem import Unusable

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERROR = 0.005
# Values nearer to zero than this are zero.
LEAST = 1e-9
_WIDTH = log((1 + ERROR) / (1 - ERROR))
_SHIFT = 1 - floor(log(LEAST) / _WIDTH)


class Histogram(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How many values lie in each bucket: zeros apart, and the others from the bucket `first` on.

    Buckets are numbered like their values are ordered: negative ones below 0, zero is 0, positive
    ones above. counts: of each bucket in turn, empty ones too, `width` bytes each, little-endian;
    a quarter of days adds up in a few milliseconds, where numbers one by one took a second.
    """

    zeros: int = 0
    first: int = 0
    width: int = 1
    counts: bytes = b""

    @property
    def n(self) -> int:
        """How many values."""
        return self.zeros + int(self._each.sum())

    @property
    def buckets(self) -> dict[int, int]:
        """The count of each bucket by its number, in order; buckets without any are left out."""
        each = self._each
        found = {self.first + int(at): int(each[at]) for at in np.flatnonzero(each)}
        return dict(sorted({**found, **({0: self.zeros} if self.zeros else {})}.items()))

    @property
    def _each(self) -> NDArray[np.int64]:
        return np.frombuffer(self.counts, f"<u{self.width}").astype(np.int64)


def bucket(value: float) -> int:
    """The number of the bucket that a finite value lies in."""
    size = abs(value)
    if size < LEAST:
        return 0
    number = floor(log(size) / _WIDTH) + _SHIFT
    return number if value > 0 else -number


def bucket_in_sql(value: str) -> str:
    """The same in SQL, of a column or expression that is never null."""
    number = f"CAST(floor(ln(abs({value})) / {_WIDTH!r}) AS BIGINT) + {_SHIFT}"
    return (
        f"CASE WHEN abs({value}) < {LEAST!r} THEN 0 "
        f"WHEN {value} > 0 THEN {number} ELSE -({number}) END"
    )


def middle(number: int) -> float:
    """The value that stands for a bucket: no value in it is further than 0.5 % from it."""
    if number == 0:
        return 0.0
    size = exp((abs(number) - _SHIFT) * _WIDTH) * (1 + ERROR)
    return size if number > 0 else -size


def from_buckets(found: Mapping[int, int]) -> Histogram:
    """The histogram of these counts by bucket; buckets without any are left out."""
    kept = {number: count for number, count in found.items() if count and number}
    first = min(kept, default=0)
    counts = np.zeros(max(kept) - first + 1 if kept else 0, np.int64)
    for number, count in kept.items():
        counts[number - first] = count
    return _packed(found.get(0, 0), first, counts)


def _packed(zeros: int, first: int, counts: NDArray[np.int64]) -> Histogram:
    """The same histogram is written in one way only: in the narrowest numbers that hold it."""
    most = int(counts.max(initial=0))
    width = next(each for each in (1, 2, 4, 8) if most < 1 << 8 * each)
    return Histogram(zeros, first, width, counts.astype(f"<u{width}").tobytes())


def from_values(values: Iterable[float]) -> Histogram:
    """The histogram of these values."""
    return from_buckets(Counter(map(bucket, values)))


def merged(histograms: Iterable[Histogram]) -> Histogram:
    """One histogram of all their values: the same as if they had been counted together."""
    every = list(histograms)
    zeros = sum(each.zeros for each in every)
    told = [(each.first, np.frombuffer(each.counts, f"<u{each.width}")) for each in every
            if each.counts]  # fmt: skip
    if not told:
        return Histogram(zeros)
    first = min(at for at, _ in told)
    total = np.zeros(max(at + len(counts) for at, counts in told) - first, np.int64)
    for at, counts in told:
        here = total[at - first : at - first + len(counts)]
        np.add(here, counts, out=here, casting="unsafe")
    return _packed(zeros, first, total)


def quantile(
    histogram: Histogram, share: float, *, least: float | None = None, greatest: float | None = None
) -> float | None:
    """The value below which that share of the values lies; None of no values.

    Interpolated as `numpy.quantile` does by default: of n values in order, number (n - 1) * share,
    counted from 0, and between two of them a straight line. Off by at most 0.5 % of the larger of
    those two values. least, greatest: of all values where they are known; the answer is not
    outside. Raises Unusable for a share outside [0, 1].
    """
    if not 0 <= share <= 1:
        raise Unusable(f"A share is from 0 to 1; {share} is not.")
    counts = histogram._each
    n = histogram.zeros + int(counts.sum())
    if not n:
        return None
    place = (n - 1) * share
    before = floor(place)
    up_to = np.cumsum(counts)
    low = _at(histogram, up_to, before)
    high = _at(histogram, up_to, min(before + 1, n - 1))
    found = low + (high - low) * (place - before)
    found = found if least is None else max(found, least)
    return found if greatest is None else min(found, greatest)


def _at(histogram: Histogram, up_to: NDArray[np.int64], rank: int) -> float:
    """The value with that many values before it; up_to: running sums of the counts."""
    below = min(-histogram.first, len(up_to))  # how many buckets are negative
    negative = int(up_to[below - 1]) if below > 0 else 0
    if negative <= rank < negative + histogram.zeros:
        return 0.0
    among = rank if rank < negative else rank - histogram.zeros
    return middle(histogram.first + int(np.searchsorted(up_to, among, side="right")))
