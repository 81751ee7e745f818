"""How services rank by impact where their figures are uncertain, or not known at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.circular.implements import implements
from cx280.surveys.rules.impact import FACTORS, Inputs, impacts, shares_of, weights_of

Floats = NDArray[np.float64]
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with who says so; low and high where it is uncertain, else the value itself."""

    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service that may be put forward, with what is known of it by factor."""

    code: str
    name: str
    known: Mapping[str, Span]

    @property
    def missing(self) -> tuple[str, ...]:
        """The factors nobody knows."""
        return tuple(each for each in FACTORS if each not in self.known)


@dataclass(frozen=True, slots=True)
class Placed:
    """A service with its score (0 to 1) and rank; None where nothing is known of it.

    best and worst: the ranks it can have with any values the figures may take. What is not known
    may be anything, and is never counted as zero.
    """

    candidate: Candidate
    score: float | None
    rank: int | None
    best: int
    worst: int

    @property
    def is_sure(self) -> bool:
        """Whether its rank is the same whatever the uncertain figures turn out to be."""
        return self.best == self.worst


def inputs_of(candidate: Candidate) -> Inputs:
    """The values as the score takes them, under the service's code."""
    value = {factor: span.value for factor, span in candidate.known.items()}
    return Inputs(
        name=candidate.code,
        customers=round(value["customers"]) if "customers" in value else None,
        cost=value.get("cost"),
        priority=round(value["priority"]) if "priority" in value else None,
    )


@implements("280.10-b1", "INC-40")
def placed(candidates: Sequence[Candidate], weights: Mapping[str, float]) -> list[Placed]:
    """The services, the highest impact first; each with the range of its rank."""
    ordered = sorted(candidates, key=lambda each: each.code)
    if not ordered:
        return []
    found = {each.inputs.name: each for each in impacts([inputs_of(c) for c in ordered], weights)}
    best, worst = ranges(leads(ordered), _row(weights))
    rows = []
    for place, each in enumerate(ordered):
        rank = found[each.code].rank
        known = [rank] if rank is not None else []
        rows.append(
            Placed(
                each, found[each.code].score, rank,
                min(int(best[place, 0]), *known, len(ordered)),
                max(int(worst[place, 0]), *known, 1),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda each: (each.rank is None, each.rank or 0, each.candidate.name))


def _row(weights: Mapping[str, float]) -> Floats:
    brought = weights_of(weights)
    return np.array([[brought[each] for each in FACTORS]])


def leads(candidates: Sequence[Candidate]) -> Floats:
    """By how much one service leads another at least, for each factor: shape (n, n, 3).

    In shares of services with less, as the score counts them. Exact for what the figures allow: a
    third service counts for both at once, so knowing nothing of it does not blur the two.
    """
    low = _bounds(candidates, -np.inf)
    high = _bounds(candidates, np.inf)
    count = len(candidates)
    found = np.zeros((count, count, len(FACTORS)))
    for one in range(count):
        for factor in range(len(FACTORS)):
            here = low[one, factor]
            there = high[:, factor]
            thirds = _least_by_thirds(here, there, low[:, factor], high[:, factor])
            thirds[:, one] = 0.0  # neither of the two is a third
            np.fill_diagonal(thirds, 0.0)
            found[one, :, factor] = (_sign(here, there) + thirds.sum(axis=1)) / count
        found[one, one] = 0.0
    return found


def _bounds(candidates: Sequence[Candidate], unknown: float) -> Floats:
    """The lowest (unknown: minus infinity) or highest value of each service and factor."""

    def end(span: Span | None) -> float:
        if span is None:
            return unknown
        return span.low if unknown < 0 else span.high

    rows = [[end(each.known.get(name)) for name in FACTORS] for each in candidates]
    return np.array(rows, dtype=np.float64)


def _sign(here: float, there: Floats) -> Floats:
    """1 where `here` is more, −1 where it is less, 0 where they are the same."""
    return (here > there).astype(np.float64) - (here < there).astype(np.float64)


def _least_by_thirds(here: float, there: Floats, low: Floats, high: Floats) -> Floats:
    """What each third service (columns), anywhere from low to high, takes at most from the lead of
    `here` over each of `there` (rows), or leaves of it: −1, −½, 0, ½ or 1."""
    b = there[:, None]
    touches = (low == b) | (high == here)
    above = np.where((low < b) | (high > here), 0.0, np.where(touches, 0.5, 1.0))
    below = np.where((low < b) & (high > here), -1.0, np.where(touches, -0.5, 0.0))
    return np.where(here > b, above, np.where(here < b, below, 0.0))


def ranges(lead: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The best and the worst rank of each service (rows) under each row of weights (columns)."""
    least = lead @ weights.T
    surely_ahead = least > _SAME
    maybe_ahead = -np.swapaxes(least, 0, 1) > _SAME
    for each in (surely_ahead, maybe_ahead):
        each[np.arange(len(each)), np.arange(len(each))] = False
    return 1.0 + surely_ahead.sum(axis=0), 1.0 + maybe_ahead.sum(axis=0)


def scores(candidates: Sequence[Candidate], weights: Floats) -> Floats:
    """The score of each service (rows) under each row of weights; NaN where none of it counts."""
    shares = shares_of([inputs_of(each) for each in candidates])
    there = np.array([[float(name in each) for name in FACTORS] for each in shares])
    value = np.array([[each.get(name, 0.0) for name in FACTORS] for each in shares])
    weight = there @ weights.T
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.where(weight > _SAME, (value @ weights.T) / weight, np.nan)
    return found
