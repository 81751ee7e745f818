"""Over which weights each service ranks first, and second (INC-40)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cx280.circular.implements import implements
from cx280.designation.rules.scoring import Candidate, Floats, leads, ranges, scores

_STEPS = 20  # the triangle of weights in 400 small triangles
Corner = tuple[float, float, float]
Cell = tuple[Corner, Corner, Corner]


@dataclass(frozen=True, slots=True)
class Held:
    """Where in the triangle of weights a service has a place.

    sure: cells where it has it whatever the uncertain figures are. unsure: where it has it by the
    figures as they stand, and might not.
    """

    code: str
    sure: tuple[Cell, ...]
    unsure: tuple[Cell, ...]

    @property
    def cells(self) -> int:
        """In how many cells."""
        return len(self.sure) + len(self.unsure)

    @property
    def share(self) -> float:
        """The share of all weights."""
        return self.cells / _STEPS**2

    @property
    def sure_share(self) -> float:
        """The share of all weights at which this is sure."""
        return len(self.sure) / _STEPS**2


@implements("280.10-b1", "INC-40")
def held_places(candidates: Sequence[Candidate], places: int = 2) -> list[dict[str, Held]]:
    """For the first place, the second and so on: who holds it where, by code."""
    ordered = sorted(candidates, key=lambda each: each.code)
    cells = list(_cells())
    if not any(each.known for each in ordered):
        return [{} for _ in range(places)]
    weights = np.array([_middle(each) for each in cells])
    points = scores(ordered, weights)
    best, worst = ranges(leads(ordered), weights)
    by_place = np.argsort(-np.nan_to_num(points, nan=-1.0), axis=0, kind="stable")
    found = []
    for place in range(min(places, len(ordered))):
        holders = by_place[place]
        known = ~np.isnan(points[holders, np.arange(len(cells))])
        at = np.arange(len(cells))
        sure = (best[holders, at] == place + 1) & (worst[holders, at] == place + 1) & known
        found.append(_held(ordered, cells, holders, sure, known))
    return found + [{} for _ in range(places - len(found))]


def _held(
    ordered: Sequence[Candidate],
    cells: Sequence[Cell],
    holders: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    sure: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    known: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> dict[str, Held]:
    found = {}
    for place, each in enumerate(ordered):
        mine: list[int] = np.flatnonzero((holders == place) & known).tolist()
        if mine:
            found[each.code] = Held(
                each.code,
                tuple(cells[at] for at in mine if sure[at]),
                tuple(cells[at] for at in mine if not sure[at]),
            )
    return found


def _cells() -> Iterator[Cell]:
    """The small triangles, corners as weights of customers, cost and priority."""
    for a in range(_STEPS):
        for b in range(_STEPS - a):
            yield _cell((a + 1, b), (a, b + 1), (a, b))
            if a + b < _STEPS - 1:
                yield _cell((a + 1, b), (a, b + 1), (a + 1, b + 1))


def _cell(*corners: tuple[int, int]) -> Cell:
    one, two, three = (
        (a / _STEPS, b / _STEPS, (_STEPS - a - b) / _STEPS) for a, b in corners
    )  # fmt: skip
    return one, two, three


def _middle(cell: Cell) -> Corner:
    a, b, c = (sum(each[at] for each in cell) / 3 for at in range(3))
    return a, b, c


__all__ = ["Cell", "Corner", "Floats", "Held", "held_places"]
