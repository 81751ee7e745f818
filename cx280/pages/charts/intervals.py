"""Dot and whisker for each office, lowest first: which one stands apart, and how sure we are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cx280.pages import written
from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.model import NO_ANSWERS, SHARE, TOO_FEW, Chart, Row, Table, Unit, key_of


def intervals(
    rows: Sequence[Row],
    *,
    title: str,
    reference: float | None = None,
    reference_label: str = "all",
    note: str = "",
    unit: Unit = SHARE,
    first_column: str = "Office",
    key: str = "",
) -> Chart:
    """A chart of rows in the order given; `reference` is a dotted line (all offices together)."""
    key = key or key_of(title)
    table = Table(
        (first_column, "Value", "How sure", "n"),
        tuple((row.label, *row.cells(unit)) for row in rows),
    )
    values = picture.extent(rows)
    if not values:
        return Chart(key, title, note, (), table, empty=picture.why_empty(rows))
    line = None
    if reference is not None:
        values.append(reference)
        line = (reference, f"{reference_label} {unit.write(reference)}")
    drawings = picture.pictures(
        (look.MIDDLE, look.NARROW),
        lambda size: _paint(rows, size, values, line, unit),
        key=key,
        title=title,
        description="; ".join(f"{row.label}: {row.sentence(unit)}" for row in rows) + ".",
    )
    return Chart(key, title, note, drawings, table)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row's parts stand."""

    size: look.Size
    at: Callable[[float], float]
    left: float
    label_width: float
    step: float


def _paint(
    rows: Sequence[Row],
    size: look.Size,
    values: list[float],
    line: tuple[float, str] | None,
    unit: Unit,
) -> tuple[list[str], float]:
    """One width: labels beside the rows, or above them on a phone."""
    marks = scale.ticks(values, unit, most=4 if size.is_narrow else 5)
    longest = max(svg.width_of(row.label, 14, bold=True) for row in rows)
    labels = 0.0 if size.is_narrow else min(longest + 16, 190)
    counts = 0.0 if size.is_narrow else max(svg.width_of(_count(row)) for row in rows) + 16
    at = scale.linear(marks[0], marks[-1], labels + 22, size.width - counts - 22)
    place = _Place(
        size,
        at,
        labels,
        size.width if size.is_narrow else labels - 16,
        54 if size.is_narrow else 42,
    )
    top = 24.0 if line else 6.0
    bottom = top + place.step * len(rows)
    inside = grid(marks, at, unit, top, bottom)
    if line:
        inside += reference_line(at(line[0]), top, bottom, line[1], size.width)
    for index, row in enumerate(rows):
        inside += _row(row, place, top + place.step * index, unit)
    return inside, bottom + 26


def _count(row: Row) -> str:
    return "" if row.n is None or row.suppressed else f"n {written.number(row.n)}"


def grid(
    marks: list[float], at: Callable[[float], float], unit: Unit, top: float, bottom: float
) -> list[str]:
    """Vertical lines at the marks, with their values below."""
    drawn = []
    for mark in marks:
        x = at(mark)
        drawn.append(svg.line(x, top, x, bottom, look.GRID, part="grid"))
        drawn.append(svg.words(unit.write(mark), x, bottom + 20, anchor="middle"))
    return drawn


def reference_line(x: float, top: float, bottom: float, said: str, width: float) -> list[str]:
    """A dotted line with its words above it."""
    half = svg.width_of(said, 13) / 2
    return [
        svg.line(x, top - 4, x, bottom, look.INK, dash="2 3", part="line"),
        svg.words(said, min(max(x, half), width - half), top - 10, anchor="middle"),
    ]


def _row(row: Row, place: _Place, top: float, unit: Unit) -> list[str]:
    """Label, whisker, dot and n of one row."""
    narrow = place.size.is_narrow
    y = top + (place.step - 14 if narrow else place.step / 2)
    lines = svg.wrapped(
        row.label,
        place.label_width - (90 if narrow else 0),
        14,
        bold=row.attention,
        most=1 if narrow else 2,
    )
    first = top + 18 if narrow else y + 5 - 8 * (len(lines) - 1)
    drawn = [
        svg.words(
            said, 0, first + 16 * index, size=14, fill=look.INK, bold=row.attention, halo=narrow
        )
        for index, said in enumerate(lines)
    ]
    counted = _count(row)
    if counted:
        drawn.append(
            svg.words(
                counted, place.size.width, first if narrow else y + 5, anchor="end", halo=narrow
            )
        )
    if row.shown is None:
        said = TOO_FEW if row.suppressed else NO_ANSWERS
        return [*drawn, svg.words(said, place.left + 22 if not narrow else 0, y + 5, halo=True)]
    return [*drawn, svg.titled(f"{row.label}: {row.sentence(unit)}", *whisker(row, place.at, y))]


def whisker(
    row: Row, at: Callable[[float], float], y: float, colour: str = look.ACCENT
) -> list[str]:
    """The interval and the dot of a row that has a value."""
    colour = look.NEEDS_YOU if row.attention else colour
    value = row.shown
    assert value is not None  # noqa: S101 - the caller draws only rows with a value
    drawn = []
    if row.bounds:
        low, high = (at(bound) for bound in row.bounds)
        drawn.append(svg.line(low, y, high, y, colour, width=4, opacity=0.5, part="whisker"))
    shape = {"cx": at(value), "cy": y, "r": 6.5}
    return [*drawn, svg.element("circle", fill=colour, data_part="mark", **shape)]
