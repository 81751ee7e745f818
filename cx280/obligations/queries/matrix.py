"""Who owes what across the government: a row for each provider, a column for each paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cx280.obligations.queries.standing import Line
from cx280.obligations.rules.vocabulary import State

# What a cell says when its obligations differ: what needs somebody first.
_WORST = (
    State.MISSING,
    State.RETURNED,
    State.LATE,
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.DEFERRED,
    State.ON_TIME,
    State.HANDED_OVER,
    State.INFORMATIONAL,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A paragraph of the Circular and what it asks for, in one period."""

    code: str
    period: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The obligations of one provider under one column: the worst state, and how many are done."""

    lines: tuple[Line, ...]

    @property
    def state(self) -> State | None:
        """The state that needs somebody first; None where nothing is owed."""
        if not self.lines:
            return None
        states = {each.state for each in self.lines}
        return next(each for each in _WORST if each in states)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines)

    @property
    def alike(self) -> int:
        """How many are in that state."""
        return sum(each.state is self.state for each in self.lines)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider, or agency without one, with its cells under their columns."""

    code: str
    name: str
    agency: str
    named: tuple[tuple[Column, Cell], ...]
    is_provider: bool = True


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole year."""

    columns: tuple[Column, ...]
    rows: tuple[ProviderRow, ...]

    def count(self, *states: State) -> int:
        """How many obligations are in one of these states."""
        return sum(
            line.state in states
            for row in self.rows
            for _, cell in row.named
            for line in cell.lines
        )


def matrix_of(lines: Sequence[Line]) -> Matrix:
    """The lines of a year, by provider; columns in the order of their days."""
    columns = _columns(lines)
    cells: dict[tuple[str, int, str, str], list[Line]] = defaultdict(list)
    wholes = {}
    for line in lines:
        row = line.obligation
        key = ("hisp", row.hisp_id) if row.hisp_id else ("agency", row.organization_id or 0)
        wholes[key] = row
        cells[*key, row.code, row.period].append(line)
    rows = [
        ProviderRow(
            row.whole.code,
            row.whole.name,
            row.owner.name,
            tuple((each, Cell(tuple(cells[*key, each.code, each.period]))) for each in columns),
            row.hisp_id is not None,
        )
        for key, row in wholes.items()
    ]
    rows.sort(key=lambda each: (each.agency, each.name))
    return Matrix(columns, tuple(rows))


def _columns(lines: Iterable[Line]) -> tuple[Column, ...]:
    found: dict[tuple[str, str], Column] = {}
    for line in sorted(lines, key=lambda each: (each.obligation.due, each.obligation.code)):
        row = line.obligation
        column = Column(row.code, row.period, row.name, row.source)
        found.setdefault((row.code, row.period), column)
    return tuple(found.values())
