"""People asked and people who answered, by office and channel together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cx280.measures.models import OfferFact

Place = tuple[int | None, str]  # (unit, channel) of a cell; None is no office named


def cells_of(rows: Iterable[OfferFact], units: frozenset[int] | None) -> dict[Place, list[int]]:
    """(unit, channel) to [asked, answered]: the cells themselves, none of their sums.

    What names no office is what the sum over all offices has more than they have together.
    """
    cells: dict[Place, list[int]] = {}
    for row in rows:
        if not row.channel or (units is not None and row.unit_id not in units):
            continue
        sign = 1
        if row.unit_id is not None:
            add_to(cells, (row.unit_id, row.channel), row.offered or 0, row.completed)
            sign = -1
        if units is None:
            add_to(cells, (None, row.channel), sign * (row.offered or 0), sign * row.completed)
    return {place: cell for place, cell in cells.items() if any(cell)}


def add_to(cells: dict[Place, list[int]], place: Place, asked: int, answered: int) -> None:
    """Adds a pair of counts to a cell, which begins at none."""
    cell = cells.setdefault(place, [0, 0])
    cell[0] += asked
    cell[1] += answered


def summed(cells: Mapping[Place, Sequence[int]], at: int) -> dict[int | str | None, list[int]]:
    """Cells added up by their unit (0) or their channel (1)."""
    sums: dict[int | str | None, list[int]] = {}
    for place, (asked, answered) in cells.items():
        total = sums.setdefault(place[at], [0, 0])
        total[0] += asked
        total[1] += answered
    return sums
