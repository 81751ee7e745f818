"""What would have been told over a history, for several choices of how many false alarms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.detection.watched import MONTH, Counts

CHOICES: Mapping[str, float] = MappingProxyType(
    {"a week": MONTH / (7 * 86_400.0), "a month": 1.0, "a quarter": 1 / 3}
)
"""One false alarm in so long, and how many a month that is."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """name: one false alarm in so long (`a month`); a_month: the same as a rate; rows: those that
    would have been told; months: how long the history is, of 30 days each."""

    name: str
    a_month: float
    rows: Counts
    months: float

    @property
    def told_a_month(self) -> float:
        """What would have been told, false or not, a month."""
        return len(self.rows) / self.months


def replay(
    times: Sequence[datetime],
    told: Callable[[float], Counts],
    choices: Mapping[str, float] = CHOICES,
) -> list[Replayed]:
    """What each choice would have told over a history, most alarms first.

    told: the rows that are told at so many false alarms a month, as `Detection.alarms`, or
    `lambda a_month: watch_counts(times, counts, a_month=a_month).alarms()`. Every row is judged by
    the rows before it, as it would have been on the day. Raises Unusable for fewer than two times.
    """
    if len(times) < 2:
        raise Unusable("A history of at least two rows is needed to play it again.")
    seconds = np.array([(each - times[0]).total_seconds() for each in times])
    gaps = np.diff(seconds)
    step = float(np.median(gaps[gaps > 0])) if (gaps > 0).any() else 1.0
    months = (float(seconds[-1]) + step) / MONTH
    ordered = sorted(choices.items(), key=lambda choice: -choice[1])
    return [Replayed(name, a_month, told(a_month), months) for name, a_month in ordered]


def strictest(replayed: Sequence[Replayed]) -> dict[int, str]:
    """Each row that any choice tells, in order, and the name of the strictest that does."""
    found: dict[int, str] = {}
    for each in replayed:  # the strictest comes last
        found |= dict.fromkeys(map(int, each.rows), each.name)
    return dict(sorted(found.items()))
