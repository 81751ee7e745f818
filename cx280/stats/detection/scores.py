"""Watches survey scores and durations: both are shares, of answers and of visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.detection.shares import watch_shares
from cx280.stats.detection.watched import Watched

_RATINGS, _TOP = 5, 2
# Durations before it is known how long three in four take.
_ENOUGH = 400


class Slower(NamedTuple):
    """watched: the share that takes longer than `limit`, which one in four took at first."""

    limit: float
    watched: Watched


def watch_scores(
    times: Sequence[datetime],
    ratings: Sequence[Sequence[int]],
    *,
    a_month: float = 1.0,
    least: float = 0.0,
) -> Watched:
    """What has become of the share of 4 and 5 among ratings of one question, told when it falls.

    ratings: of each row, how many gave 1, 2, 3, 4 and 5. least: a fall by less is not told (0.01 is
    a point). It may be looked at every day: see `watch_shares`. Raises Unusable unless every row
    has five counts.
    """
    counts = np.asarray(ratings, dtype=np.int64)
    if counts.ndim != 2 or counts.shape[1] != _RATINGS:
        raise Unusable("Every row needs five counts: of the ratings 1, 2, 3, 4 and 5.")
    top = counts[:, -_TOP:].sum(axis=1)
    return watch_shares(
        times, top.tolist(), counts.sum(axis=1).tolist(), a_month=a_month, least=least
    )


def watch_durations(
    times: Sequence[datetime],
    limits: Sequence[float],
    counts: Sequence[Sequence[int]],
    *,
    a_month: float = 1.0,
    closed: Sequence[bool] | None = None,
) -> Slower:
    """Whether more take longer than the 75th percentile of the first 400 or more durations.

    limits: upper ends of the bins of a histogram, rising; counts: of each row, how many lie in each
    bin. The percentile is the nearest end of a bin. The rows it was learned from say nothing.
    Raises Unusable for bins that do not fit and for fewer than 400 durations.
    """
    table, ends = np.asarray(counts, dtype=np.int64), np.asarray(limits, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(ends) or (np.diff(ends) <= 0).any():
        raise Unusable("Every row needs a count for each bin, and the ends of bins must rise.")
    enough = np.flatnonzero(np.cumsum(table.sum(axis=1)) >= _ENOUGH)
    if not len(enough):
        raise Unusable(f"{_ENOUGH} durations are needed to know how long three in four take.")
    learned = table[: enough[0] + 1].sum(axis=0)
    cut = int(np.argmin(np.abs(np.cumsum(learned) / learned.sum() - 0.75)))
    longer = table[:, cut + 1 :].sum(axis=1)
    found = watch_shares(times, longer.tolist(), table.sum(axis=1).tolist(), worse="higher",
                         a_month=a_month, closed=closed)  # fmt: skip
    found.told[: enough[0] + 1] = False
    return Slower(float(ends[cut]), found)
