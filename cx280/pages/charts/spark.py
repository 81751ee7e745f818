"""Small multiples: one short line for each service, its last value written at its end."""

from __future__ import annotations

from collections.abc import Sequence

from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.model import SHARE, Chart, Point, Table, Unit, key_of

_HEIGHT = 64.0
_SIZE = look.Size("spark", 240)


def small_multiple(
    points: Sequence[Point],
    *,
    title: str,
    colour: str = "trust",
    note: str = "",
    unit: Unit = SHARE,
    bounds: tuple[float, float] | None = None,
    key: str = "",
) -> Chart:
    """A short line without axes; give all cards the same `bounds` so that they compare."""
    key = key or key_of(title)
    table = Table(
        ("Period", "Value", "How sure", "n"), tuple((p.label, *p.cells(unit)) for p in points)
    )
    values = picture.extent(points)
    if not values:
        return Chart(key, title, note, (), table, empty=picture.why_empty(points))
    low, high = bounds or (min(values), max(values))
    description = "; ".join(f"{point.label}: {point.sentence(unit)}" for point in points) + "."
    drawings = picture.pictures(
        (_SIZE,),
        lambda size: (_paint(points, size, look.colour_of(colour), low, high, unit), _HEIGHT),
        key=key,
        title=title,
        description=description,
    )
    return Chart(key, title, note, drawings, table)


def _paint(
    points: Sequence[Point], size: look.Size, colour: str, low: float, high: float, unit: Unit
) -> list[str]:
    last = next(each for each in reversed(points) if each.shown is not None)
    said = unit.write(last.shown)
    right = size.width - svg.width_of(said, 16, bold=True) - 16
    across = scale.linear(0, max(len(points) - 1, 1), 6, right)
    up = scale.linear(low, high, _HEIGHT - 10, 10)
    drawn = []
    for run in runs(points):
        path = "M" + "L".join(f"{across(i):.1f} {up(v):.1f}" for i, v in run)
        drawn.append(
            svg.element("path", d=path, fill="none", stroke=colour, stroke_width=2.5,
                        stroke_linecap="round", stroke_linejoin="round", data_part="line")
        )  # fmt: skip
    x, y = across(list(points).index(last)), up(last.shown or 0.0)
    drawn.append(svg.element("circle", cx=x, cy=y, r=4.5, fill=colour, data_part="mark"))
    drawn.append(
        svg.words(said, x + 10, min(max(y + 5, 14), _HEIGHT - 4), size=16, fill=colour, bold=True)
    )
    return drawn


def runs(points: Sequence[Point]) -> list[list[tuple[int, float]]]:
    """Points in a row that may be joined: (index, value); a gap starts another run."""
    found: list[list[tuple[int, float]]] = []
    joined = False
    for index, point in enumerate(points):
        value = point.shown
        if value is None:
            joined = False
            continue
        if not joined:
            found.append([])
        found[-1].append((index, value))
        joined = True
    return found
