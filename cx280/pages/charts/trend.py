"""Lines over quarters with soft bands, named at their end, cut where a question was reworded."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.model import SHARE, Chart, Mark, Point, Series, Table, Unit, key_of
from cx280.pages.charts.strip import Note, Strip, strip_of

# Nearer than this, in pixels, the dots of a line run into one another.
_NEAREST = 10.0
_MOST_ON_A_PHONE = 3
_PANEL = 52.0
_FLAT = 5  # times the smallest: a line of that height is pressed flat
_HEIGHT = {"wide": 170.0, "middle": 190.0, "narrow": 180.0}


def trend(
    series: Sequence[Series],
    *,
    title: str,
    breaks: Sequence[Mark] = (),
    launches: Sequence[Mark] = (),
    note: str = "",
    unit: Unit = SHARE,
    first_column: str = "Quarter",
    key: str = "",
) -> Chart:
    """A chart of one line for each series, over every period that any of them has.

    breaks: where a line is not joined, with the reason; launches: what happened, line joined.
    """
    key = key or key_of(title)
    periods = periods_of(series)
    table = _table(series, periods, unit, first_column)
    everything = [point for each in series for point in each.points]
    if not picture.extent(everything):
        return Chart(key, title, note, (), table, empty=picture.why_empty(everything))
    sketch = _Sketch(series, periods, tuple(breaks), tuple(launches), unit)
    drawings = picture.pictures(
        (look.WIDE, look.MIDDLE, look.NARROW),
        lambda size: _panels(sketch, size) if _needs_panels(sketch, size) else _paint(sketch, size),
        key=key,
        title=title,
        description=_description(series, breaks, launches, unit),
    )
    return Chart(key, title, note, drawings, table)


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is to be drawn, whatever the width."""

    series: Sequence[Series]
    periods: list[str]
    breaks: tuple[Mark, ...]
    launches: tuple[Mark, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values and periods stand for one width."""

    left: float
    right: float
    top: float
    bottom: float
    across: Callable[[float], float]
    up: Callable[[float], float]


def periods_of(series: Sequence[Series]) -> list[str]:
    """The labels of all points in order; one that only a later series has follows its neighbour."""
    found: list[str] = []
    for each in series:
        after = 0
        for point in each.points:
            if point.label in found:
                after = found.index(point.label) + 1
            else:
                found.insert(after, point.label)
                after += 1
    return found


def _table(series: Sequence[Series], periods: list[str], unit: Unit, first_column: str) -> Table:
    head = [first_column]
    for each in series:
        head += [each.name, f"{each.name}: how sure", f"{each.name}: n"]
    rows = []
    for period in periods:
        cells = [period]
        for each in series:
            point = next((p for p in each.points if p.label == period), Point(period))
            cells += point.cells(unit)
        rows.append(tuple(cells))
    # A column in which nothing stands only takes room: counts of events have no n and no interval.
    kept = [at for at in range(len(head)) if at == 0 or at % 3 == 1 or any(row[at] for row in rows)]
    return Table(_only(head, kept), tuple(_only(row, kept) for row in rows))


def _only(cells: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[at] for at in kept)


def _description(
    series: Sequence[Series], breaks: Sequence[Mark], launches: Sequence[Mark], unit: Unit
) -> str:
    said = []
    for each in series:
        known = [point for point in each.points if point.shown is not None]
        if known:
            first, last = known[0], known[-1]
            said.append(
                f"{each.name}: {unit.write(first.shown)} in {first.label}, "
                f"{last.sentence(unit)} in {last.label}"
            )
    said += [f"Before {mark.before}: {mark.words}" for mark in (*breaks, *launches)]
    return ". ".join(said) + "."


def _needs_panels(sketch: _Sketch, size: look.Size) -> bool:
    """Whether so many lines would cover one another on a phone that each gets a plot of its own."""
    bare = not (sketch.breaks or sketch.launches or _hidden(sketch))
    return size.is_narrow and bare and len(sketch.series) > _MOST_ON_A_PHONE


def _panels(sketch: _Sketch, size: look.Size) -> tuple[list[str], float]:
    """Each line by itself, one under another over the same periods.

    On one scale, unless the largest line would press the smallest flat.
    """
    shown = [each for each in sketch.series if picture.extent(each.points)]
    values = [picture.extent(each.points) for each in shown]
    tops = [max(abs(value) for value in each) for each in values]
    apart = max(tops) > _FLAT * min(tops)
    if not apart:
        values = [[value for each in values for value in each]] * len(shown)
    scales = [scale.ticks(each, sketch.unit, most=3) for each in values]
    left = max(svg.width_of(sketch.unit.write(mark)) for marks in scales for mark in marks) + 10
    right = size.width - 10
    across = scale.linear(0, max(len(sketch.periods) - 1, 1), left + 8, right)
    drawn = [
        svg.words(f"{'Each line has its own' if apart else 'All lines have one'} scale.", 0, 14)
    ]
    bottom = 14.0
    for index, (each, marks) in enumerate(zip(shown, scales, strict=True)):
        top, bottom = bottom + 42, bottom + 42 + _PANEL
        up = scale.linear(marks[0], marks[-1], bottom, top)
        plot = _Plot(left, right, top, bottom, across, up)
        drawn += [_named(each, sketch.unit, top - 14, size.width)]
        drawn += _grid([marks[0], marks[-1]], plot, sketch.unit)
        drawn += _line(each, index, plot, sketch)
    drawn += _period_labels(sketch.periods, plot, bottom + 22)
    return drawn, bottom + 30


def _named(each: Series, unit: Unit, y: float, width: float) -> str:
    """The name of a line with its last value."""
    last = next(point for point in reversed(each.points) if point.shown is not None)
    said = svg.wrapped(f"{each.name} {unit.write(last.shown)}", width, 14, bold=True, most=1)
    return svg.words(said[0], 0, y, size=14, bold=True, fill=look.colour_of(each.colour))


def _paint(sketch: _Sketch, size: look.Size) -> tuple[list[str], float]:
    """One width: grid, marks, bands, lines, dots, names at the end."""
    ends = _end_labels(sketch, size)
    values = picture.extent(p for each in sketch.series for p in each.points)
    marks = scale.ticks(values, sketch.unit, most=5 if size.is_narrow else 6)
    left = max(svg.width_of(sketch.unit.write(mark)) for mark in marks) + 10
    right = (
        size.width
        - max((svg.width_of(line, 14, bold=True) for _, lines in ends for line in lines), default=0)
        - 16
    )
    first = left + (8 if size.is_narrow else 16) if len(sketch.periods) > 1 else (left + right) / 2
    across = scale.linear(0, max(len(sketch.periods) - 1, 1), first, right)
    above, below = _strips(sketch, across, left, size.width)
    top = 8 + above.height
    bottom = top + _HEIGHT[size.name]
    plot = _Plot(left, right, top, bottom, across, scale.linear(marks[0], marks[-1], bottom, top))
    base = bottom + below.height
    drawn = _grid(marks, plot, sketch.unit)
    drawn += above.drawn(top, up=True, line_from=top - above.height, line_to=bottom)
    drawn += below.drawn(bottom, up=False, line_from=top, line_to=base)
    for index, each in enumerate(sketch.series):
        drawn += _line(each, index, plot, sketch)
    drawn += _names(ends, plot)
    drawn += _period_labels(sketch.periods, plot, base + 20)
    return drawn, base + 30


def _grid(marks: list[float], plot: _Plot, unit: Unit) -> list[str]:
    drawn = []
    for mark in marks:
        y = plot.up(mark)
        drawn.append(svg.line(plot.left, y, plot.right, y, look.GRID, part="grid"))
        drawn.append(svg.words(unit.write(mark), plot.left - 8, y + 4.5, anchor="end"))
    return drawn


def _strips(
    sketch: _Sketch, across: Callable[[float], float], left: float, right: float
) -> tuple[Strip, Strip]:
    """What is told above the lines (launches) and under them (rewordings, too few)."""
    launches = [
        Note(across(_index(sketch, mark.before) - 0.5), mark.words, look.LAUNCH, "4 4")
        for mark in sketch.launches
        if mark.before in sketch.periods
    ]
    breaks = [
        Note(across(_index(sketch, mark.before) - 0.5), mark.words, look.MUTED, "2 4")
        for mark in sketch.breaks
        if mark.before in sketch.periods
    ]
    hidden = [Note(across(index), "too few to show", look.MUTED, "") for index in _hidden(sketch)]
    return strip_of(launches, left, right), strip_of([*breaks, *hidden], left, right)


def _index(sketch: _Sketch, period: str) -> int:
    return max(sketch.periods.index(period), 0)


def _hidden(sketch: _Sketch) -> list[int]:
    """The first index of each run of periods in which some series has too few answers."""
    names = {p.label for each in sketch.series for p in each.points if p.suppressed}
    indexes = [index for index, period in enumerate(sketch.periods) if period in names]
    return [index for index in indexes if index - 1 not in indexes]


def runs_of(
    each: Series, periods: Sequence[str], breaks: Sequence[Mark]
) -> list[list[tuple[int, Point]]]:
    """The points of a series that may be joined, in runs: (index of the period, point)."""
    cuts = {mark.before for mark in breaks if mark.series in {"", each.name}}
    found: list[list[tuple[int, Point]]] = []
    previous = -2
    for point in each.points:
        if point.shown is None:
            continue
        index = periods.index(point.label)
        if index != previous + 1 or point.label in cuts:
            found.append([])
        found[-1].append((index, point))
        previous = index
    return found


def _line(each: Series, order: int, plot: _Plot, sketch: _Sketch) -> list[str]:
    """The band, the line and the dots of one series; where dots would touch, only lone ones."""
    colour = look.colour_of(each.colour)
    bands, lines, dots = [], [], []
    crowded = plot.across(1) - plot.across(0) < _NEAREST and len(sketch.periods) > 1
    runs = runs_of(each, sketch.periods, sketch.breaks)
    for run in runs:
        bands += _band(run, plot, colour)
        if len(run) > 1:
            path = "M" + "L".join(
                f"{plot.across(i):.1f} {plot.up(p.shown or 0):.1f}" for i, p in run
            )
            lines.append(
                svg.element("path", d=path, fill="none", stroke=colour,
                            stroke_width=1.6 if crowded else 2.2,
                            stroke_linejoin="round", data_part="line")
            )  # fmt: skip
        lone = run if len(run) == 1 else run[-1:] if run is runs[-1] else []
        for index, point in lone if crowded else run:
            tip = f"{each.name}, {point.label}: {point.sentence(sketch.unit)}"
            dot = _dot(order, plot.across(index), plot.up(point.shown or 0), colour)
            dots.append(svg.titled(tip, dot))
    return [*bands, *lines, *dots]


def _band(run: list[tuple[int, Point]], plot: _Plot, colour: str) -> list[str]:
    """The interval as a soft band; a whisker where a point stands alone."""
    known = [(index, point.bounds) for index, point in run if point.bounds]
    if not known:
        return []
    if len(known) == 1:
        index, bounds = known[0]
        x = plot.across(index)
        return [
            svg.line(
                x,
                plot.up(bounds[0]),
                x,
                plot.up(bounds[1]),
                colour,
                width=6,
                opacity=0.25,
                part="band",
            )
        ]
    upper = [f"{plot.across(i):.1f} {plot.up(b[1]):.1f}" for i, b in known]
    lower = [f"{plot.across(i):.1f} {plot.up(b[0]):.1f}" for i, b in reversed(known)]
    path = f"M{'L'.join([*upper, *lower])}Z"
    return [svg.element("path", d=path, fill=colour, fill_opacity="0.13", data_part="band")]


def _dot(order: int, x: float, y: float, colour: str) -> str:
    """Circle, square or diamond: lines are told apart without colour too."""
    look_of: dict[str, Any] = {
        "fill": "#fff",
        "stroke": colour,
        "stroke_width": 2,
        "data_part": "dot",
    }
    if order % 3 == 1:
        return svg.element("rect", x=x - 3.2, y=y - 3.2, width=6.4, height=6.4, **look_of)
    if order % 3 == 2:
        path = f"M{x:.1f} {y - 4.6:.1f}l4.6 4.6-4.6 4.6-4.6-4.6z"
        return svg.element("path", d=path, **look_of)
    return svg.element("circle", cx=x, cy=y, r=3.6, **look_of)


def _end_labels(sketch: _Sketch, size: look.Size) -> list[tuple[Series, list[str]]]:
    """For each series that has a value: its name and last value, in lines that fit the margin."""
    found = []
    for each in sketch.series:
        last = next((p for p in reversed(each.points) if p.shown is not None), None)
        if last is None:
            continue
        said = f"{each.name} {sketch.unit.write(last.shown)}"
        width = size.width * (0.27 if size.is_narrow else 0.24 if size is look.MIDDLE else 0.18)
        lines = svg.wrapped(said, width, 14, bold=True)
        if lines[-1].endswith("…") or len(svg.wrapped(said, width, 14, bold=True, most=9)) > 3:
            lines = [
                *svg.wrapped(each.name, width, 14, bold=True, most=2),
                sketch.unit.write(last.shown),
            ]
        found.append((each, lines))
    return found


def _names(ends: list[tuple[Series, list[str]]], plot: _Plot) -> list[str]:
    """The end labels, moved apart so that none covers another."""
    wanted = [
        plot.up(next(p.shown for p in reversed(each.points) if p.shown is not None) or 0)
        for each, _ in ends
    ]
    heights = [16.0 * len(lines) + 3 for _, lines in ends]
    centres = scale.spread(wanted, heights, plot.top - 8, plot.bottom + 8)
    drawn = []
    for (each, lines), centre in zip(ends, centres, strict=True):
        first = centre - 8 * (len(lines) - 1) + 5
        drawn += [
            svg.words(line, plot.right + 12, first + 16 * index, size=14, bold=True,
                      fill=look.colour_of(each.colour))
            for index, line in enumerate(lines)
        ]  # fmt: skip
    return drawn


def _period_labels(periods: Sequence[str], plot: _Plot, y: float) -> list[str]:
    """As many periods as have room, always with the last."""
    gap = plot.across(1) - plot.across(0) if len(periods) > 1 else 1.0
    widest = max(svg.width_of(period) for period in periods) + 12
    every = max(1, math.ceil(widest / max(gap, 0.01)))
    last = len(periods) - 1
    return [
        svg.words(period, plot.across(index), y, anchor="middle")
        for index, period in enumerate(periods)
        if (last - index) % every == 0
    ]
