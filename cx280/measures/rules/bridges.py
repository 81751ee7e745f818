"""Bridges of a graph whose points are the rows and columns of a table and whose lines are cells."""

from __future__ import annotations

from collections.abc import Iterable

Cell = tuple[int, int]
Point = tuple[str, int]


def bridges(cells: Iterable[Cell]) -> set[Cell]:
    """The cells whose row and column would fall apart without them.

    A cell that is no bridge lies on a ring of cells, alternately in one row and one column.
    """
    near = _neighbours(cells)
    order: dict[Point, int] = {}
    reach: dict[Point, int] = {}
    found: set[Cell] = set()
    for start in near:
        if start not in order:
            _walk(start, near, order, reach, found)
    return found


def _neighbours(cells: Iterable[Cell]) -> dict[Point, list[Point]]:
    near: dict[Point, list[Point]] = {}
    for row, column in sorted(cells):
        near.setdefault(("row", row), []).append(("column", column))
        near.setdefault(("column", column), []).append(("row", row))
    return near


def _walk(
    start: Point,
    near: dict[Point, list[Point]],
    order: dict[Point, int],
    reach: dict[Point, int],
    found: set[Cell],
) -> None:
    """Depth first from one point, noting for each the earliest point its branch gets back to
    (Tarjan 1974, A note on finding the bridges of a graph); a stack, as tables may be long."""
    order[start] = reach[start] = len(order)
    stack: list[tuple[Point, Point | None, int]] = [(start, None, 0)]
    while stack:
        point, parent, at = stack.pop()
        if at < len(near[point]):
            stack.append((point, parent, at + 1))
            other = near[point][at]
            if other not in order:
                order[other] = reach[other] = len(order)
                stack.append((other, point, 0))
            elif other != parent:
                reach[point] = min(reach[point], order[other])
        elif parent is not None:
            reach[parent] = min(reach[parent], reach[point])
            if reach[point] > order[parent]:
                found.add(_cell(point, parent))


def _cell(one: Point, other: Point) -> Cell:
    row, column = (one, other) if one[0] == "row" else (other, one)
    return row[1], column[1]
