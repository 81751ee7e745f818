"""What watching a figure gives: seen, expected, n, how rare; and when to tell.

How rare is said in looks: by chance alone something as far out comes up once in so many looks.
Whoever accepts one false alarm a month is told of what comes up less often than once in a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.detection.grid import DAY, Flags, Numbers

Worse = Literal["lower", "higher", "either"]
"""The direction that is told of; what goes the other way is no alarm."""
Counts = NDArray[np.int64]
MONTH = 30 * DAY
# Looks after a telling in which only what is ten times rarer is told.
_HOLD, _RARER = 7, 10.0


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry for each row given.

    seen: the figure over the rows from `since` to this one, n: what it counts (of counts, their sum
    and the periods with a count). expected, low, high:
    what was to be expected of so many, and the range of 19 in 20; NaN where nothing is known.
    once_in: looks in which chance alone gets as far once. told: whether to tell of the row.
    learned: rows it rests on. step: seconds from look to look.
    """

    seen: Numbers
    n: Counts
    expected: Numbers
    low: Numbers
    high: Numbers
    since: Counts
    once_in: Numbers
    told: Flags
    learned: Counts
    step: float

    def alarms(self) -> Counts:
        """The rows to tell of."""
        return np.flatnonzero(self.told)


def looks_between(step: float, a_month: float = 1.0) -> float:
    """Looks from one false alarm to the next, for so many a month (30 days).

    step: seconds from look to look. At least 2: of every look nobody can be told. Raises Unusable
    unless a_month is above zero.
    """
    if not a_month > 0:
        raise Unusable("False alarms a month must be more than zero; 1 is usual, 0.1 is strict.")
    return max(MONTH / max(step, 1.0) / a_month, 2.0)


class Telling:
    """Says of each look in turn whether to tell; holds still for a week of looks after it did."""

    def __init__(self, limit: float) -> None:
        self.limit = max(limit - _HOLD, limit / 2)  # what is held is no look
        self.last, self._peak = -_HOLD - 1, 0.0

    def tells(self, look: int, once_in: float) -> bool:
        """Whether something that comes up once in so many looks is told at this look."""
        held = look - self.last <= _HOLD and self.last >= 0
        if once_in < self.limit or (held and once_in < _RARER * self._peak):
            return False
        self._peak = max(once_in, self._peak) if held else once_in
        self.last = look
        return True
