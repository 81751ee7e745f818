"""Who holds a place under which weights of three factors: triangles, a colour for each holder."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cx280.pages.charts import look, picture, svg
from cx280.pages.charts.model import Chart, Table, key_of

Corner = tuple[float, float, float]  # weights that sum to 1
Cell = tuple[Corner, Corner, Corner]
At = Callable[[Corner], tuple[float, float]]
_ROOM = 26.0  # above and below a triangle, for the names of its corners
_LINE = 22.0
_RING = 22.0  # around the weights chosen, no letter


@dataclass(frozen=True, slots=True)
class Region:
    """The cells one holder has; unsure: those it has only by the figures as they stand."""

    letter: str
    colour: str
    sure: Sequence[Cell]
    unsure: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Triangle:
    """One drawing of all weights: `First`, with its regions."""

    title: str
    regions: Sequence[Region]


@dataclass(frozen=True, slots=True)
class Holder:
    """A letter and colour with the whole name, for the lines below."""

    letter: str
    colour: str
    name: str


def ternary(
    triangles: Sequence[Triangle],
    holders: Sequence[Holder],
    corners: tuple[str, str, str],
    table: Table,
    *,
    title: str,
    note: str = "",
    chosen: Corner | None = None,
    description: str = "",
    empty: str = "",
    key: str = "",
) -> Chart:
    """The triangles beside each other (below, on a phone); `chosen` is marked in each.

    At a corner all the weight is on that factor, in the middle each has a third.
    """
    key = key or key_of(title)
    if not any(each.regions for each in triangles):
        return Chart(key, title, note, (), table, empty=empty)
    drawings = picture.pictures(
        (look.MIDDLE, look.NARROW),
        lambda size: _paint(triangles, holders, corners, chosen, size),
        key=key,
        title=title,
        description=description,
    )
    return Chart(key, title, note, drawings, table)


def _paint(
    triangles: Sequence[Triangle],
    holders: Sequence[Holder],
    corners: tuple[str, str, str],
    chosen: Corner | None,
    size: look.Size,
) -> tuple[list[str], float]:
    across = 1 if size.is_narrow else len(triangles)
    width = (size.width - 24.0 * (across - 1)) / across
    side = min(width - 16, 280.0)
    tall = side * 0.866 + 2 * _ROOM + _LINE
    inside: list[str] = []
    for place, each in enumerate(triangles):
        left = (place % across) * (width + 24) + (width - side) / 2
        top = (place // across) * tall
        inside += _triangle(each, corners, chosen, left, top, side)
    y = tall * -(-len(triangles) // across) + 6
    for holder in holders:
        for said in svg.wrapped(holder.name, size.width - 26, 14, most=2):
            y += 20
            inside.append(svg.words(said, 26, y, size=14, fill=look.INK))
        inside.append(_badge(holder.letter, holder.colour, 9, y - 5))
    return inside, y + 12


def _triangle(
    triangle: Triangle,
    corners: tuple[str, str, str],
    chosen: Corner | None,
    left: float,
    top: float,
    side: float,
) -> list[str]:
    middle, base = left + side / 2, top + _LINE + _ROOM + side * 0.866

    def at(corner: Corner) -> tuple[float, float]:
        x = middle + (corner[2] - corner[1]) * side / 2
        return x, base - corner[0] * side * 0.866

    drawn = [svg.words(triangle.title, middle, top + 14, size=14, fill=look.INK, bold=True,
                       anchor="middle")]  # fmt: skip
    for region in triangle.regions:
        colour = look.colour_of(region.colour)
        drawn += _cells(region.sure, at, colour, 1.0) + _cells(region.unsure, at, colour, 0.4)
    drawn.append(_outline(at))
    ring = at(chosen) if chosen is not None else None
    drawn += [_lettered(each, at, ring) for each in triangle.regions]
    if ring is not None:
        x, y = ring
        drawn.append(svg.titled("the weights chosen", svg.element(
            "circle", cx=x, cy=y, r=6, fill="#fff", stroke=look.INK, stroke_width=3)))  # fmt: skip
    drawn.append(svg.words(corners[0], middle, top + _LINE + _ROOM - 7, anchor="middle"))
    drawn.append(svg.words(corners[1], left, base + 18))
    drawn.append(svg.words(corners[2], left + side, base + 18, anchor="end"))
    return drawn


def _cells(cells: Sequence[Cell], at: At, colour: str, opacity: float) -> list[str]:
    if not cells:
        return []
    said = "".join(_closed(at(corner) for corner in cell) for cell in cells)
    return [svg.element("path", d=said, fill=colour, fill_opacity=f"{opacity:g}")]


def _outline(at: At) -> str:
    ends: list[Corner] = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    said = _closed(at(each) for each in ends)
    return svg.element("path", d=said, fill="none", stroke=look.EDGE, stroke_width=1)


def _closed(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _lettered(region: Region, at: At, ring: tuple[float, float] | None) -> str:
    """The letter in the region's cell nearest to its middle, and never under the ring."""
    cells = [*region.sure, *region.unsure]
    middles = [at(_mean(cell)) for cell in cells]
    across, down = (sum(each) / len(middles) for each in zip(*middles, strict=True))
    free = [each for each in middles if ring is None or math.dist(each, ring) > _RING] or middles
    x, y = min(free, key=lambda each: math.dist(each, (across, down)))
    return _badge(region.letter, region.colour, x, y)


def _mean(cell: Cell) -> Corner:
    one, two, three = cell
    return (
        (one[0] + two[0] + three[0]) / 3,
        (one[1] + two[1] + three[1]) / 3,
        (one[2] + two[2] + three[2]) / 3,
    )


def _badge(letter: str, colour: str, x: float, y: float) -> str:
    return svg.element(
        "g",
        svg.element("circle", cx=x, cy=y, r=9, fill="#fff", stroke=look.colour_of(colour),
                    stroke_width=2),
        svg.words(letter, x, y + 4.5, size=13, fill=look.INK, bold=True, anchor="middle"),
    )  # fmt: skip
