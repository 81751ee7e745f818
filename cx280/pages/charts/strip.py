"""Strips above and under a plot in which what happened is told, in as many rows as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.pages.charts import svg

_LINE = 16.0


@dataclass(frozen=True, slots=True)
class Note:
    """Words about the place x; `dash` draws a vertical line there, empty draws none."""

    x: float
    words: str
    colour: str
    dash: str


@dataclass(frozen=True, slots=True)
class _Placed:
    note: Note
    lines: list[str]
    row: int  # the first row it takes
    anchor: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Notes that have found their rows; no two of them overlap."""

    placed: tuple[_Placed, ...]
    rows: int

    @property
    def height(self) -> float:
        """Pixels that the rows take."""
        return self.rows * _LINE + 6 if self.rows else 0.0

    def drawn(self, edge: float, *, up: bool, line_from: float, line_to: float) -> list[str]:
        """The lines and words of a strip that begins at `edge` and grows up or down."""
        found = []
        for each in self.placed:
            note = each.note
            if note.dash:
                found.append(
                    svg.line(note.x, line_from, note.x, line_to, note.colour, width=1.4,
                             dash=note.dash, part="line")
                )  # fmt: skip
            start = edge - self.height + 8 if up else edge + 14
            shift = 0 if each.anchor == "middle" else 6 if each.anchor == "start" else -6
            found += [
                svg.words(line, note.x + shift, start + (each.row + index) * _LINE,
                          fill=note.colour, anchor=each.anchor, halo=True)
                for index, line in enumerate(each.lines)
            ]  # fmt: skip
        return found


def strip_of(notes: Sequence[Note], left: float, right: float) -> Strip:
    """Every note in the first rows that are free, on the side of its line that has more room."""
    placed: list[_Placed] = []
    taken: list[tuple[int, float, float]] = []  # row, from, to
    for note in sorted(notes, key=lambda each: each.x):
        anchor, room = _side(note, left, right)
        lines = svg.wrapped(note.words, room, 13, most=4)
        start, end = _extent(note, anchor, max(svg.width_of(line) for line in lines))
        row = 0
        while any(
            row <= other < row + len(lines) and start < to and from_ < end
            for other, from_, to in taken
        ):
            row += 1
        taken += [(row + index, start, end) for index in range(len(lines))]
        placed.append(_Placed(note, lines, row, anchor))
    return Strip(tuple(placed), max((row + 1 for row, _, _ in taken), default=0))


def _side(note: Note, left: float, right: float) -> tuple[str, float]:
    """Where the words stand from the line, and how wide they may be."""
    width = svg.width_of(note.words)
    if not note.dash and left <= note.x - width / 2 and note.x + width / 2 <= right:
        return "middle", width + 1
    if note.x + 6 + width <= right or right - note.x >= note.x - left:
        return "start", max(right - note.x - 6, 60)
    return "end", max(note.x - left - 6, 60)


def _extent(note: Note, anchor: str, width: float) -> tuple[float, float]:
    """From and to in pixels, with a gap to the neighbours."""
    if anchor == "middle":
        return note.x - width / 2 - 6, note.x + width / 2 + 6
    return (
        (note.x - 4, note.x + width + 14)
        if anchor == "start"
        else (note.x - width - 14, note.x + 4)
    )
