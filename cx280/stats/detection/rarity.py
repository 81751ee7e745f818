"""How rare a number is among those that its own past would have led one to expect.

Rarity is -log10 of a probability: 2 is one in a hundred, 3 one in a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used

from cx280.stats.detection.grid import Numbers

# Of the past, the part that is taken for its tail; at least so many numbers of it.
_TAIL, _LEAST_IN_TAIL = 0.02, 12
# Less past than this says nothing of its own tail.
ENOUGH = 40
# Never more surprised than a t distribution with so many degrees of freedom would be: 5 with a past
# of one's own, 3 (a wider one) as long as there is none.
_DEGREES, _DEGREES_COLD = 5.0, 3.0
_SHAPES = (0.08, 2.0)  # of tails: about as light as a normal one, and without a mean


@dataclass(frozen=True, slots=True)
class _Tail:
    """Beyond `start` a part `share` of the past, falling off with the power -1 / `shape`."""

    share: float
    start: float
    shape: float

    def beyond(self, sizes: Numbers) -> Numbers:
        """The probability of such a size or a larger one; 1 within the body."""
        far = np.maximum(sizes, self.start) / self.start
        return np.where(sizes > self.start, self.share * far ** (-1 / self.shape), 1.0)


def rarity(deviations: Numbers, past: Numbers) -> Numbers:
    """How rare each deviation is on its side, after a past of deviations of the same kind.

    Deviations are in units of their usual size (mean absolute). The tail of the past is a power
    law, its shape estimated from the largest (Hill, B. M. (1975), A simple general approach to
    inference about the tail of a distribution, Annals of Statistics 3, 1163-1174) and shared by
    both sides; where it begins is each side's own. A past of less than 40 gives wider limits.
    """
    sizes = np.abs(deviations)
    if len(past) < ENOUGH:
        return -np.log10(np.minimum(_at_least(sizes, _DEGREES_COLD), 1.0))
    shape, everywhere = _shape(np.abs(past))
    chance = np.empty(len(deviations))
    for side in (1.0, -1.0):
        here = (deviations > 0) == (side > 0)
        tail = _side(np.maximum(side * past, 0.0), shape, everywhere)
        chance[here] = 2 * tail.beyond(sizes[here])
    chance = np.maximum(chance, _at_least(sizes, _DEGREES))
    return -np.log10(np.clip(chance, 1e-300, 1.0))


def rarity_of_counts(counts: Numbers, expected: Numbers) -> Numbers:
    """How rare a count is by chance alone (Poisson), on its side; no count is rarer than this.

    expected: medians, which lie up to half under means; half is added for higher ones.
    """
    seen = np.nan_to_num(np.maximum(counts, 0.0))
    level = np.nan_to_num(np.maximum(expected, 0.0))
    more = scipy.special.pdtrc(np.maximum(seen - 1, 0.0), level + 0.5)
    fewer = scipy.special.pdtr(seen, np.maximum(level, 1e-9))
    chance = np.where(seen > level, np.where(seen < 1, 1.0, more), fewer)
    found: Numbers = -np.log10(np.clip(2 * chance, 1e-300, 1.0))
    return found


def usual_size(past: Numbers, share: float = 0.95) -> float:
    """The size that a part `share` of past deviations stays within; 3 where the past is short."""
    return float(np.quantile(np.abs(past), share)) if len(past) >= ENOUGH else 3.0


def _shape(sizes: Numbers) -> tuple[float, float]:
    """The tail's shape and where it begins."""
    ordered = np.sort(sizes)
    count = min(max(_LEAST_IN_TAIL, int(len(sizes) * _TAIL)), len(sizes) - 1)
    start = max(float(ordered[-count - 1]), 1e-3)
    hill = float(np.mean(np.log(np.maximum(ordered[-count:], start) / start)))
    return float(np.clip(hill, *_SHAPES)), start


def _side(sizes: Numbers, shape: float, everywhere: float) -> _Tail:
    count = min(max(_LEAST_IN_TAIL, int(len(sizes) * _TAIL)) // 2, len(sizes) - 1)
    start = max(float(np.sort(sizes)[-count - 1]), everywhere / 4, 1e-3)
    return _Tail(count / len(sizes), start, shape)


def _at_least(sizes: Numbers, degrees: float) -> Numbers:
    """The probability that a t distribution of mean absolute size 1 gives to such a size."""
    mean = (
        2 * np.sqrt(degrees) * scipy.special.gamma((degrees + 1) / 2)
        / (np.sqrt(np.pi) * scipy.special.gamma(degrees / 2) * (degrees - 1))
    )  # fmt: skip
    found: Numbers = 2 * scipy.special.stdtr(degrees, -sizes * mean)
    return found
