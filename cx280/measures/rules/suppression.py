"""What is too small to show, and what must be hidden with it so that nobody can work it out.

Counts from 1 to below the threshold are hidden (a zero names nobody). A hidden count must not
follow from what is shown: a total less the other cells. So more is hidden, as little as will do.

In a table with totals every cell, totals included, stands in one row sum and one column sum.
Draw rows and columns as points and each hidden cell as a line between them: a hidden cell can be
worked out exactly when its line is a bridge, the only way between its two ends. Where no bridge
is left, each hidden cell could be one more or one less, because hidden cells are never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.measures.rules.bridges import bridges

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """What to hide of counts and their total: one flag for each count, and one for the total."""

    hidden: tuple[bool, ...]
    total_hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What to hide of a table with totals: cells as (row, column); a total has the index after
    the last row or column."""

    rows: int
    columns: int
    hidden: frozenset[Cell]

    def hides(self, row: int, column: int) -> bool:
        """Whether a cell is hidden."""
        return (row, column) in self.hidden

    def hides_row_total(self, row: int) -> bool:
        """Whether the total of a row is hidden."""
        return (row, self.columns) in self.hidden

    def hides_column_total(self, column: int) -> bool:
        """Whether the total of a column is hidden."""
        return (self.rows, column) in self.hidden

    @property
    def hides_total(self) -> bool:
        """Whether the total of all is hidden."""
        return (self.rows, self.columns) in self.hidden


def is_too_few(n: int, smallest: int) -> bool:
    """Whether a count is hidden for its own sake."""
    return 0 < n < smallest


def suppress_line(counts: Sequence[int], smallest: int = 10) -> Line:
    """What to hide of counts shown with their total.

    While the total shows, the hidden ones together follow from it: so there are at least two of
    them, and each could be anything from 1 to `smallest` - 1 for all that anybody can tell. Where
    that cannot be, the total is hidden too.
    """
    total = sum(counts)
    hidden = {i for i, n in enumerate(counts) if is_too_few(n, smallest)}
    if is_too_few(total, smallest):
        return Line(tuple(n > 0 for n in counts), total_hidden=True)
    spare = sorted((n, i) for i, n in enumerate(counts) if n > 0 and i not in hidden)
    while spare and not _is_covered([counts[i] for i in hidden], smallest):
        hidden.add(spare.pop(0)[1])
    alone = not _is_covered([counts[i] for i in hidden], smallest)
    return Line(tuple(i in hidden for i in range(len(counts))), total_hidden=alone)


def _is_covered(hidden: Sequence[int], smallest: int) -> bool:
    """Whether the sum of hidden counts leaves each of them as open as the rule does.

    All are at least 1, so the largest one can be is the sum less 1 for each of the others.
    """
    if not hidden:
        return True
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= smallest - 1


def suppress(table: Sequence[Sequence[int]], smallest: int = 10) -> Table:
    """What to hide of a table of counts shown with all its totals.

    No hidden cell, total or not, can be worked out from what stays visible, and the hidden cells
    of a row or column whose total shows are together at least `smallest`. Where only hiding
    everything does that, everything but zeros is hidden.
    """
    whole = _with_totals(table)
    everything = {(r, c) for r, row in enumerate(whole) for c, n in enumerate(row) if n > 0}
    hidden = {(r, c) for r, c in everything if is_too_few(whole[r][c], smallest)}
    while more := _still_to_hide(whole, hidden, smallest):
        hidden |= more
    if bridges(hidden):
        hidden = everything
    return Table(len(whole) - 1, len(whole[0]) - 1, frozenset(hidden))


def _still_to_hide(whole: list[list[int]], hidden: set[Cell], smallest: int) -> set[Cell]:
    """The next cells to hide; none when the table is safe, or when no rectangle can make it so."""
    exposed = bridges(hidden)
    if not exposed:
        return _thin_line(whole, hidden, smallest)
    more: set[Cell] = set()
    round_about: set[Cell] = set()  # cells that a rectangle of this pass already goes through
    for cell in sorted(exposed):
        if cell not in round_about:
            new, corners = _cheapest_way_round(whole, hidden | more, cell, smallest)
            more |= new
            round_about |= corners
    return more


def _thin_line(whole: list[list[int]], hidden: set[Cell], smallest: int) -> set[Cell]:
    """One more cell of a row or column whose hidden cells together are still too few."""
    rows, columns = len(whole), len(whole[0])
    lines = [[(r, c) for c in range(columns)] for r in range(rows)]
    lines += [[(r, c) for r in range(rows)] for c in range(columns)]
    for *cells, total in lines:
        if total in hidden:
            continue
        if is_too_few(sum(whole[r][c] for r, c in cells if (r, c) in hidden), smallest):
            spare = [(whole[r][c], (r, c)) for r, c in cells if (r, c) not in hidden]
            return {min(each for each in spare if each[0] > 0)[1]}
    return set()


def _with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _cheapest_way_round(
    whole: list[list[int]], hidden: set[Cell], cell: Cell, smallest: int
) -> tuple[set[Cell], set[Cell]]:
    """The cells that close a rectangle with the exposed one and hide the fewest people, and all
    corners of it.

    Totals and cells below the threshold come last: totals because people look for them, small
    cells because they leave less room for doubt. Empty when there is no rectangle without zeros.
    """
    row, column = cell
    best: tuple[tuple[int, int], set[Cell], set[Cell]] | None = None
    for r in range(len(whole)):
        for c in range(len(whole[0])):
            if r == row or c == column:
                continue
            corners = {(r, column), (row, c), (r, c)}
            if any(whole[y][x] == 0 for y, x in corners):
                continue
            new = corners - hidden
            totals = sum(y == len(whole) - 1 or x == len(whole[0]) - 1 for y, x in new)
            cost = (totals, sum(max(whole[y][x], smallest) for y, x in new))
            if best is None or cost < best[0]:
                best = (cost, new, corners)
    return (best[1], best[2]) if best else (set(), set())
