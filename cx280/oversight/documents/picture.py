"""A chart of a slide as SVG that needs nothing else, for pages and PDF."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from cx280.oversight.documents.look import BROKEN, INK, MUTED, RULE, colour_of
from cx280.oversight.rules.slides import Chart, Dot, Line
from cx280.pages.written import percent

WIDTH, HEIGHT = 640.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 110.0, 16.0, 36.0
_FONT = "Public Sans, DejaVu Sans, sans-serif"
_APART = 15.0  # the least distance of two labels at the end of lines


def address_of(chart: Chart) -> str:
    """The picture as a `data:` address for an `img`."""
    return "data:image/svg+xml;base64," + b64encode(svg_of(chart).encode()).decode()


def svg_of(chart: Chart) -> str:
    """The drawing; its words stand in the `alt` of whatever shows it."""
    scale = _Scale(chart)
    inside = [*_grid(scale), *(_bars(chart, scale) if chart.bars else _lines(chart, scale))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}" height="{HEIGHT:g}" font-family="{_FONT}" font-size="12">'
        f"{''.join(inside)}</svg>"
    )


class _Scale:
    """Where a share and a label stand: the axis spans what is drawn, in steps of ten points."""

    def __init__(self, chart: Chart) -> None:
        seen = [
            end
            for line in chart.lines
            for dot in line.dots
            for end in (dot.value, dot.low, dot.high)
            if end is not None
        ] or [0.0, 1.0]
        self.low = 0.0 if chart.bars else max(int(min(seen) * 10) / 10, 0.0)
        self.high = min(int(max(seen) * 10 + 0.999) / 10, 1.0)
        if self.high - self.low < 0.2:
            self.low, self.high = max(self.low - 0.1, 0.0), min(self.high + 0.1, 1.0)
        self.labels = chart.labels

    def up(self, share: float) -> float:
        part = (share - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM)

    def across(self, at: int) -> float:
        step = (WIDTH - _LEFT - _RIGHT) / max(len(self.labels), 1)
        return _LEFT + step * (at + 0.5)

    @property
    def step(self) -> float:
        """How wide the place of one label is."""
        return (WIDTH - _LEFT - _RIGHT) / max(len(self.labels), 1)

    @property
    def ticks(self) -> list[float]:
        """Every ten points, or every twenty where that would be many."""
        by = 10 if self.high - self.low <= 0.5 else 20
        first, last = round(self.low * 100), round(self.high * 100)
        return [each / 100 for each in range(first, last + 1) if each % by == 0]


def _grid(scale: _Scale) -> Iterator[str]:
    for tick in scale.ticks:
        y = scale.up(tick)
        yield f'<path d="M{_LEFT:g} {y:.1f}H{WIDTH - _RIGHT:g}" stroke="#{RULE}"/>'
        yield _text(_LEFT - 8, y + 4, percent(tick), MUTED, "end")
    for at, label in enumerate(scale.labels):
        yield _text(scale.across(at), HEIGHT - _BOTTOM + 20, label, MUTED, "middle")


def _lines(chart: Chart, scale: _Scale) -> Iterator[str]:
    for line in chart.lines:
        yield from _whiskers(line, scale)
        yield from _strokes(line, scale)
    yield from _names(chart.lines, scale)


def _whiskers(line: Line, scale: _Scale) -> Iterator[str]:
    colour = colour_of(line.colour)
    for at, dot in enumerate(line.dots):
        if dot.low is not None and dot.high is not None:
            low, high, x = scale.up(dot.low), scale.up(dot.high), scale.across(at)
            stroke = f'stroke="#{colour}" stroke-opacity=".5"'
            yield f'<path d="M{x:.1f} {low:.1f}V{high:.1f}" {stroke}/>'


def _strokes(line: Line, scale: _Scale) -> Iterator[str]:
    """Dots, joined where neighbours are both there."""
    colour = colour_of(line.colour)
    broken = ' stroke-dasharray="7 4"' if line.colour in BROKEN else ""
    for at, (one, other) in enumerate(pairwise(line.dots)):
        if one.value is not None and other.value is not None:
            yield (
                f'<path d="M{scale.across(at):.1f} {scale.up(one.value):.1f}'
                f'L{scale.across(at + 1):.1f} {scale.up(other.value):.1f}" '
                f'stroke="#{colour}" stroke-width="2"{broken}/>'
            )
    for at, dot in enumerate(line.dots):
        if dot.value is not None:
            x, y = scale.across(at), scale.up(dot.value)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#{colour}"/>'


def _names(lines: Sequence[Line], scale: _Scale) -> Iterator[str]:
    """Each line's name and last value at its end, kept apart; of a piece that ended before, its
    name above its start."""
    ends = []
    for line in lines:
        shown = [(at, dot) for at, dot in enumerate(line.dots) if dot.value is not None]
        if shown and shown[-1][0] < len(scale.labels) - 1 and len(lines) > 1:
            at, dot = shown[0]
            y = scale.up(dot.high or dot.value or 0.0) - 8
            yield _text(scale.across(at) - 6, y, line.name, colour_of(line.colour), "start")
        elif shown:
            at, dot = shown[-1]
            ends.append((scale.up(dot.value or 0.0), at, dot, line))
    last = -_APART
    for y, at, dot, line in sorted(ends, key=lambda each: each[0]):
        last = max(y, last + _APART)
        words = f"{line.name} {percent(dot.value)}"
        x, colour = scale.across(at) + 10, colour_of(line.colour)
        yield _text(x, last + 4, words, colour, "start", bold=True)


def _bars(chart: Chart, scale: _Scale) -> Iterator[str]:
    """Bars beside each other for each label, with their share above."""
    width = min(scale.step * 0.8 / max(len(chart.lines), 1), 40.0)
    for number, line in enumerate(chart.lines):
        for at, dot in enumerate(line.dots):
            x = scale.across(at) + (number - len(chart.lines) / 2) * width
            yield from _bar(dot, x, width, colour_of(line.colour), scale)
        y = _TOP + 12 + number * 20
        yield f'<rect x="{WIDTH - _RIGHT + 10:g}" y="{y - 10:g}" width="12" height="12" ' \
              f'fill="#{colour_of(line.colour)}"/>'  # fmt: skip
        yield _text(WIDTH - _RIGHT + 28, y, line.name, INK, "start")


def _bar(dot: Dot, x: float, width: float, colour: str, scale: _Scale) -> Iterator[str]:
    if dot.value is None:
        return
    y = scale.up(dot.value)
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width - 4:.1f}" '
        f'height="{HEIGHT - _BOTTOM - y:.1f}" fill="#{colour}"/>'
    )
    yield _text(x + width / 2 - 2, y - 4, percent(dot.value), INK, "middle")


def _text(x: float, y: float, words: str, colour: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="#{colour}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )
