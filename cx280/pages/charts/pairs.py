"""Two groups beside each other on each row: who taps what, with how sure we are of either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.intervals import grid, whisker
from cx280.pages.charts.model import SHARE, Chart, Measured, Row, Table, Unit, key_of

_STEP = 24.0
_COLOURS = (look.LAUNCH, look.ACCENT)


@dataclass(frozen=True, slots=True)
class Pair:
    """One driver in both groups; `strong` where the evidence separates the groups."""

    label: str
    first: Measured
    second: Measured
    strong: bool = False


def pairs(
    rows: Sequence[Pair],
    groups: tuple[str, str],
    *,
    title: str,
    note: str = "",
    unit: Unit = SHARE,
    first_column: str = "Driver",
    key: str = "",
) -> Chart:
    """A chart of rows in the order given; `groups` name the two dots of each row."""
    key = key or key_of(title)
    head = [first_column]
    for group in groups:
        head += [group, f"How sure, {group}", f"n, {group}"]
    table = Table(
        tuple(head),
        tuple((row.label, *row.first.cells(unit), *row.second.cells(unit)) for row in rows),
    )
    values = picture.extent([each for row in rows for each in (row.first, row.second)])
    if not values:
        empty = picture.why_empty([each for row in rows for each in (row.first, row.second)])
        return Chart(key, title, note, (), table, empty=empty)
    drawings = picture.pictures(
        (look.MIDDLE, look.NARROW),
        lambda size: _paint(rows, groups, size, [0.0, *values], unit),
        key=key,
        title=title,
        description=" ".join(
            f"{row.label}: {groups[0]} {row.first.sentence(unit)}; "
            f"{groups[1]} {row.second.sentence(unit)}."
            for row in rows
        ),
    )
    return Chart(key, title, note, drawings, table)


def _paint(
    rows: Sequence[Pair],
    groups: tuple[str, str],
    size: look.Size,
    values: list[float],
    unit: Unit,
) -> tuple[list[str], float]:
    """Each row: its words, then a line for each group with the group's name at the left."""
    marks = scale.ticks(values, unit, most=4 if size.is_narrow else 6)
    names = max(svg.width_of(each) for each in groups) + 14
    at = scale.linear(marks[0], marks[-1], names + 8, size.width - 48)
    heights = [_height(row, size) for row in rows]
    inside = grid(marks, at, unit, 0, sum(heights))
    y = 0.0
    for row, height in zip(rows, heights, strict=True):
        inside += _row(row, groups, size, at, y, unit)
        y += height
    return inside, y + 26


def _height(row: Pair, size: look.Size) -> float:
    return 17.0 * len(_lines(row, size)) + 2 * _STEP + 18


def _lines(row: Pair, size: look.Size) -> list[str]:
    return svg.wrapped(row.label, size.width, 14, bold=row.strong, most=2)


def _row(
    row: Pair,
    groups: tuple[str, str],
    size: look.Size,
    at: Callable[[float], float],
    top: float,
    unit: Unit,
) -> list[str]:
    lines = _lines(row, size)
    drawn = [
        svg.words(said, 0, top + 15 + 17 * index, size=14, fill=look.INK, bold=row.strong,
                  halo=True)
        for index, said in enumerate(lines)
    ]  # fmt: skip
    y = top + 17 * len(lines) + 16
    for group, each, colour in zip(groups, (row.first, row.second), _COLOURS, strict=True):
        drawn.append(svg.words(group, 0, y + 5, fill=colour, halo=True))
        drawn += _line(f"{row.label}, {group}", each, at, y, colour, unit, size.width)
        y += _STEP
    return drawn


def _line(
    label: str,
    each: Measured,
    at: Callable[[float], float],
    y: float,
    colour: str,
    unit: Unit,
    width: float,
) -> list[str]:
    if each.shown is None:
        return [svg.words(each.sentence(unit), width, y + 5, anchor="end", halo=True)]
    row = Row(label, each.value, each.low, each.high, n=each.n)
    return [
        svg.titled(f"{label}: {each.sentence(unit)}", *whisker(row, at, y, colour)),
        svg.words(unit.write(each.shown), width, y + 5, anchor="end", halo=True),
    ]
