"""Counts of values in buckets that grow by one percent: medians and quantiles that add up.

A median of a month does not follow from the medians of its days. A histogram does add up, and where
each bucket is 1 % wider than the one below, any value in it is within 0.5 % of its middle: the
idea of DDSketch (Masson, Rim and Lee, 2019, doi:10.14778/3352063.3352135), with fixed buckets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise
from math import exp, floor, log

import msgspec

from cx280.kernel.problem import Unusable

ERROR = 0.005
# Values nearer to zero than this are zero.
LEAST = 1e-9
_WIDTH = log((1 + ERROR) / (1 - ERROR))
_SHIFT = 1 - floor(log(LEAST) / _WIDTH)


class Histogram(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How many values lie in each bucket that has any, smallest first.

    gaps: the number of the first bucket, then how much further each of the others is. Buckets are
    numbered like their values are ordered: negative ones below 0, zero is 0, positive ones above.
    """

    gaps: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        """How many values."""
        return sum(self.counts)

    @property
    def buckets(self) -> dict[int, int]:
        """The count of each bucket by its number, in order."""
        return dict(zip(accumulate(self.gaps), self.counts, strict=True))


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
    kept = sorted((number, count) for number, count in found.items() if count)
    numbers = [number for number, _ in kept]
    gaps = numbers[:1] + [after - before for before, after in pairwise(numbers)]
    return Histogram(tuple(gaps), tuple(count for _, count in kept))


def from_values(values: Iterable[float]) -> Histogram:
    """The histogram of these values."""
    return from_buckets(Counter(map(bucket, values)))


def merged(histograms: Iterable[Histogram]) -> Histogram:
    """One histogram of all their values: the same as if they had been counted together."""
    total: Counter[int] = Counter()
    for each in histograms:
        total.update(each.buckets)
    return from_buckets(total)


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
    n = histogram.n
    if not n:
        return None
    place = (n - 1) * share
    before = floor(place)
    low, high = _at(histogram, before), _at(histogram, min(before + 1, n - 1))
    found = low + (high - low) * (place - before)
    found = found if least is None else max(found, least)
    return found if greatest is None else min(found, greatest)


def _at(histogram: Histogram, rank: int) -> float:
    """The value with that many values before it."""
    number = seen = 0
    for gap, count in zip(histogram.gaps, histogram.counts, strict=True):
        number += gap
        seen += count
        if seen > rank:
            break
    return middle(number)
