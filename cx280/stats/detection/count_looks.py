"""The two looks at counts, cell after cell: one count alone, and counts together since any time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.detection.grid import DAY, Flags, Grid, Numbers
from cx280.stats.detection.overshoot import of_counts
from cx280.stats.detection.usual_counts import Usual
from cx280.stats.detection.watched import Counts, looks_between

# Of false alarms, the part left to a period alone.
_ALONE = 0.75
# Sizes of a change that are tried, in deviations of one usual period; and nothing coming at all.
_SIZES = (0.25, 0.5, 1.0, 2.0, 4.0)
_NOTHING = 1e-6
_LARGEST_RISE = 10.0  # tried
# On closed days so small a part of what is usual is still no alarm.
_CLOSED = 0.1
# Means up to which the steps between one count and the next matter; further up, so much of what is
# asked for is reached.
_FEW, _REACHED = 8, 0.85
# A count together with others speaks for at most so many deviations. Alone, odd ones of the past
# begin there and fall off with this power.
_ODD, _TAIL = 3.5, 3.0
_NEAR = 1.0  # deviations within which a count alone is never rare
# Looks after a telling (at least a day of them) in which only what is ten times rarer is told.
_HOLD, _RARER = 7, 10.0
# Sums and log ratios beyond which nothing becomes surer.
_CERTAIN, _FAR = 1e100, 400.0
Side = Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Judged:
    """Of series × cells (or of the cells of one): how rare, since when, whether to tell.

    once_in: looks in which chance gets as far once.
    """

    once_in: Numbers
    since: Counts
    told: Flags

    def of(self, row: int) -> Judged:
        """Of one series."""
        return Judged(self.once_in[row], self.since[row], self.told[row])


class CountLooks:
    """One direction of many series.

    counts: series × cells, NaN where unknown; shut: closed cells; least: a change by a smaller part
    than this is not told; anew: cells before which nothing counts.
    """

    def __init__(
        self, counts: Numbers, usual: Usual, grid: Grid, shut: Flags, side: Side, *,
        a_month: float, least: float, anew: Collection[int] = (),
    ) -> None:  # fmt: skip
        self.hold = max(_HOLD, round(DAY / grid.step))
        between = looks_between(grid.step, a_month)
        self.limit = max(between - self.hold, between / 2)  # what is held is no look
        self.lower, self.least = side == "lower", least
        self.known = np.isfinite(counts) & np.isfinite(usual.mean)
        self.counts = np.where(self.known, counts, 0.0)
        self.mean = np.where(self.known, np.maximum(usual.mean, 1e-9), 1.0)
        self.spread = np.where(self.known, np.maximum(usual.spread, 1e-7), 1.0)
        self.leans = np.where(self.known, usual.leans, 1.0)
        self.typical = np.where(self.known, np.maximum(usual.typical, 1e-9), 1.0)
        self.degrees = np.where(self.known, np.maximum(usual.degrees, 1.0), 1.0)
        self.odd = usual.odd_low if self.lower else usual.odd_high
        self.shut, self.anew = shut, frozenset(anew)

    def judged(self) -> Judged:
        """Both looks, cell after cell; what was told is begun anew."""
        alone, share = self._alone()
        ratios, factors = self._ratios()
        series, cells = self.counts.shape
        sums = np.zeros((len(ratios), series))
        page, begun = np.zeros_like(sums), np.zeros(sums.shape, dtype=np.int64)
        last, peak = np.full(series, -self.hold - 1), np.zeros(series)
        once_in, since = np.empty((series, cells)), np.empty((series, cells), dtype=np.int64)
        told = np.zeros((series, cells), dtype=np.bool_)
        for at in range(cells):
            if at in self.anew:
                sums, page = np.zeros_like(sums), np.zeros_like(page)
            now = ratios[:, :, at]
            used = ~self.shut[at] & self.known[:, at]
            begun = np.where(page <= 0, at, begun)
            page = np.maximum(page + now, 0.0)
            sums = np.where(used, np.minimum((1 + sums) * np.exp(now), _CERTAIN), sums)
            weighed = sums / factors[:, :, at]
            together = as_sure(weighed.mean(axis=0), self.degrees[:, at])
            together = np.where(used, share[:, at] * together, 0.0)
            first = begun[np.argmax(weighed, axis=0), np.arange(series)]
            since[:, at] = np.where(together > alone[:, at], first, at)
            rare = np.maximum(together, alone[:, at])
            once_in[:, at] = np.maximum(rare, 1.0)
            held = (at - last <= self.hold) & (rare < _RARER * peak)
            tell = self.known[:, at] & (rare >= self.limit) & ~held
            told[:, at] = tell
            peak = np.where(tell, rare, peak)
            last = np.where(tell, at, last)
            sums, page = np.where(tell, 0.0, sums), np.where(tell, 0.0, page)
        return Judged(once_in, since, told)

    def _ratios(self) -> tuple[Numbers, Numbers]:
        """(log likelihood ratio, overshoot factor) of each size of change in each cell.

        Where periods lean the same way, a run of them says as much less as it varies more.
        """
        deviation = np.sqrt(1 / self.typical + self.spread)
        mean, root = 1 / deviation**2, np.sqrt(self.leans)
        made, factors = [], []
        for size in _SIZES:
            change = size * deviation * root
            if self.lower:
                change = np.maximum(change, -np.log1p(-self.least))
            else:
                change = np.clip(change, np.log1p(self.least), np.log(_LARGEST_RISE))
            made.append(self._ratio(-change if self.lower else change))
            factors.append(of_counts(mean, change / deviation / root, lower=self.lower))
        if self.lower:
            made.append(self._ratio(np.full_like(mean, np.log(_NOTHING))))
            factors.append(of_counts(mean, np.full_like(mean, np.inf), lower=True))
        return np.stack(made), np.stack(factors)

    def _ratio(self, change: Numbers) -> Numbers:
        """Of means changed by exp(change), odd counts tamed; 0 where nothing is said."""
        shape = 1 / self.spread
        reach = _ODD * np.sqrt(self.mean + self.mean**2 / shape)
        counts = np.clip(self.counts, self.mean - reach, self.mean + reach + 1)
        more = np.log1p(self.mean * np.expm1(change) / (shape + self.mean))
        found = (counts * change - (counts + shape) * more) / self.leans
        return np.where(self.known & ~self.shut, np.clip(found, -_FAR, _FAR), 0.0)

    def _alone(self) -> tuple[Numbers, Numbers]:
        """Looks in which chance gets as far with one count; what that leaves to the other look."""
        usual = np.where(self.shut, _CLOSED if self.lower else 1.0, 1.0) * self.mean
        shape = 1 / self.spread
        away = (usual - self.counts) * (1 if self.lower else -1)
        away = away / np.sqrt(usual + usual**2 / shape)
        change = (1 - self.counts / self.mean) * (1 if self.lower else -1)
        far = self.known & (away > _NEAR) & (change >= self.least)
        chance = np.ones_like(usual)
        chance[far] = self._tail(self.counts[far], usual[far], shape[far])
        chance[far] += self.odd[far] * np.minimum(_ODD / away[far], 1.0) ** _TAIL
        return _ALONE / np.maximum(chance, 1e-300), 1 - self.limit * self._reached(usual, shape)

    def _tail(self, counts: Numbers, mean: Numbers, shape: Numbers) -> Numbers:
        """The probability of as few or fewer, as many or more (negative binomial)."""
        if self.lower:
            few: Numbers = scipy.special.betainc(shape, counts + 1, shape / (shape + mean))
            return few
        many: Numbers = scipy.special.betainc(
            np.maximum(counts, 1e-9), shape, mean / (shape + mean)
        )
        return many

    def _reached(self, usual: Numbers, shape: Numbers) -> Numbers:
        """The chance of the rarest counts that are told alone: under what is asked, by steps."""
        most = _ALONE / self.limit
        found = np.full(usual.shape, _REACHED * most)
        few = usual < _FEW
        if not self.lower or not few.any():
            return found
        mean, shape = usual[few], shape[few]
        chance = (1 + mean / shape) ** -shape
        total, best = chance.copy(), np.zeros_like(mean)
        for count in range(_FEW):
            best = np.where(total <= most, total, best)
            chance = chance * (shape + count) / (count + 1) * mean / (shape + mean)
            total = total + chance
        found[few] = best
        return found


def as_sure(sums: Numbers, degrees: Numbers) -> Numbers:
    """How rare sums of likelihood ratios are where the variance was learned and is not known.

    As Student's t is to the normal law: half of its squared deviation is the logarithm of a ratio.
    Far out that is much: with 40 degrees of freedom 1 in 20,000 is 1 in 3,000.
    """
    surely = np.log(np.maximum(sums, 1.0))
    return np.where(sums > 1, np.exp(degrees / 2 * np.log1p(2 * surely / degrees)), sums)


def rarer(low: Judged, high: Judged) -> Judged:
    """Of two directions, the one that is told or else the rarer; chance has two tries."""
    first = np.where(low.told == high.told, low.once_in >= high.once_in, low.told)
    since = np.where(first, low.since, high.since)
    return Judged(np.maximum(low.once_in, high.once_in) / 2, since, low.told | high.told)
