"""Simulated answers: numbers drawn so that drivers, offices and time behave like real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.quarter import Quarter
from cx280.site.demo.plan import Office, ServicePlan

DRIVERS = ("effectiveness", "ease", "efficiency", "equity", "employee")
# How much each driver moves trust and satisfaction: waiting time matters most.
_TRUST = np.array([0.30, 0.14, 0.34, 0.14, 0.08])
_SATISFACTION = np.array([0.34, 0.20, 0.24, 0.06, 0.16])
# How strongly an office's pull moves each driver: mostly the time it takes.
_OFFICE = np.array([0.7, 0.6, 2.0, 0.4, 0.7])
_OFFSET = np.array([0.15, 0.0, -0.15, 0.3, 0.35])


@dataclass(frozen=True, slots=True)
class Answers:
    """n simulated answers of one service in one quarter.

    day: days since the quarter's first day, n integers. office: index into the offices, n.
    in_person: whether the visit was at a counter, n. spanish: n booleans. seconds: n integers.
    ratings: n × 7 integers 1..5, columns trust, satisfaction, five drivers; 0 is a skipped one.
    """

    day: NDArray[np.int64]
    office: NDArray[np.int64]
    in_person: NDArray[np.bool_]
    spanish: NDArray[np.bool_]
    seconds: NDArray[np.int64]
    ratings: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.day)


def simulate(
    service: ServicePlan,
    offices: tuple[Office, ...],
    quarter_index: int,
    days: NDArray[np.int64],
    rng: np.random.Generator,
    troubled: NDArray[np.float64] | None = None,
) -> Answers:
    """Answers for one service and quarter; `days` has the day of each answer, n of them.

    troubled: what each day and office adds to every rating, days × offices; None for nothing.
    """
    n = len(days)
    weights = np.array([each.weight for each in offices])
    office = rng.choice(len(offices), size=n, p=weights / weights.sum())
    pulls = np.array([each.pull for each in offices])[office]
    if troubled is not None:
        pulls = pulls + troubled[days, office]
    drivers = _driver_feelings(service, quarter_index, pulls, rng)
    overall = np.column_stack(
        [
            drivers @ _TRUST + rng.normal(-0.1, 0.45, n),
            drivers @ _SATISFACTION + rng.normal(0.0, 0.45, n),
        ]
    )
    ratings = np.clip(np.rint(np.column_stack([overall, drivers])), 1, 5).astype(np.int64)
    skipped = rng.random(ratings.shape) < np.array([0.02, 0.02, 0.06, 0.06, 0.07, 0.10, 0.14])
    ratings[skipped] = 0
    return Answers(
        day=days,
        office=office,
        in_person=np.array([each.code != "drt-online" for each in offices])[office],
        spanish=rng.random(n) < 0.12,
        seconds=np.clip(rng.lognormal(3.75, 0.55, n), 6, 1800).astype(np.int64),
        ratings=ratings,
    )


def _driver_feelings(
    service: ServicePlan, quarter_index: int, pulls: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """How each person felt about each driver before it was put on a scale: n × 5."""
    n = len(pulls)
    better = (
        service.improvement
        if service.improved is not None and quarter_index >= service.improved
        else 0.0
    )
    mood = rng.normal(0, 0.75, n)[:, None]  # one person's ratings move together
    drift = 0.012 * quarter_index
    quality = service.quality + better + drift + _OFFSET
    noise = rng.normal(0, 0.7, (n, len(DRIVERS)))
    return np.asarray(quality + pulls[:, None] * _OFFICE + mood + noise)


def spread_over_days(
    first: date, last: date, n: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """n days between first and last, fewer at weekends, as days since `first`, sorted."""
    length = (last - first).days + 1
    weekday = np.array([(first + timedelta(days=each)).weekday() for each in range(length)])
    weight = np.where(weekday >= 5, 0.45, 1.0)
    return np.sort(rng.choice(length, size=n, p=weight / weight.sum()))


def answers_in(quarter: Quarter, yearly_answers: float, today: date) -> tuple[date, date, int]:
    """First and last day of the part of the quarter that has passed, and how many answers."""
    last = min(quarter.last_day, today - timedelta(days=1))
    whole = (quarter.last_day - quarter.first_day).days + 1
    passed = max(0, (last - quarter.first_day).days + 1)
    return quarter.first_day, last, round(yearly_answers / 4 * passed / whole)
