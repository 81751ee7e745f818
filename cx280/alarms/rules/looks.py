"""Look: what looking once at a watched figure gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Point:
    """One place of the chart beside an alarm; None: nobody knows."""

    at: datetime
    seen: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in one period, and what was to be expected of it.

    period, end: when it begins and is over; since: when the change that is seen began. seen,
    expected, low, high: a count or a share; n: what a share is of, for counts what was counted.
    once_in_days: days of looking in which chance alone does that once. told: whether to tell of it.
    usual: whether it is what was to be expected, or better; judged: whether that can be told, as on
    days of closure it cannot. words: one sentence that explains it.
    """

    period: datetime
    end: datetime
    since: datetime
    seen: float
    expected: float | None
    low: float | None
    high: float | None
    n: int
    once_in_days: float
    told: bool
    usual: bool
    judged: bool = True
    silent: bool = False
    words: str = ""
    points: tuple[Point, ...] = ()
