"""A journey as a picture: bands of stations side by side, or one below the other on a phone.

Lanes run below the stations. How steps feel is joined by a line only between neighbours of which
somebody said so. The table has every word; the picture cuts long ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil

from cx280.journeys.documents.lanes import LANES, Drawn, View, described
from cx280.journeys.rules.files import metadata_of
from cx280.journeys.rules.record import MapRecord
from cx280.journeys.rules.vocabulary import feeling_words
from cx280.pages.charts import look, svg

_LABELS = 76.0  # the column in which lanes are named
_GAP = 12.0
_SIZE, _LINE = 12.0, 15.0
_RADIUS = 13.0
_CURVE = 96.0  # the height of the lane of feelings
MOST_SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a journey drawn for three widths: `{{ part }}` shows the one that fits."""

    drawings: tuple[str, ...]
    label: str


def pictures(steps: Sequence[Drawn], view: View, *, key: str, name: str) -> list[Picture]:
    """The journey in parts of at most eight steps, so that no part is cut when printed."""
    parts = _parts(steps, MOST_SIDE_BY_SIDE)
    return [
        Picture(
            tuple(_drawing(each, view, size, f"{key}-{at}", name)
                  for size in (look.WIDE, look.MIDDLE, look.NARROW)),
            f"Steps {each[0].number} to {each[-1].number}",
        )
        for at, each in enumerate(parts, start=1)
    ]  # fmt: skip


def whole(steps: Sequence[Drawn], record: MapRecord, *, carries: bool = True) -> str:
    """One picture of everything, to keep: it carries the whole journey inside."""
    inside, height = _bands(steps, "whole", look.WIDE.width - 48, MOST_SIDE_BY_SIDE)
    title = svg.words(record.name, 0, -18, size=20, fill=look.NAVY, bold=True)
    return svg.element(
        "svg",
        svg.element("title", escape(record.name)),
        svg.element("desc", escape(described(steps, record.name))),
        metadata_of(record) if carries else "",
        svg.element("rect", width=look.WIDE.width, height=height + 84, fill="#fff"),
        svg.element("g", title, *inside, transform="translate(24 54)"),
        viewBox=f"0 0 {look.WIDE.width:.0f} {height + 84:.0f}",
        width=look.WIDE.width,
        height=f"{height + 84:.0f}",
        role="img",
        font_family=svg.FONT,
        xmlns="http://www.w3.org/2000/svg",
    )


def _parts(steps: Sequence[Drawn], most: int) -> list[Sequence[Drawn]]:
    """The steps in parts of much the same length."""
    each = ceil(len(steps) / ceil(len(steps) / most)) if steps else 1
    return [steps[at : at + each] for at in range(0, len(steps), each)]


def _drawing(steps: Sequence[Drawn], view: View, size: look.Size, key: str, name: str) -> str:
    if size.is_narrow:
        inside, height = _column(steps, view, size.width)
    else:
        inside, height = _bands(steps, view, size.width, 4 if size is look.MIDDLE else 8)
    title = f"{name}, steps {steps[0].number} to {steps[-1].number}"
    return svg.drawing(
        inside, key=key, size=size.name, width=size.width, height=height, title=title,
        description=described(steps, name),
    )  # fmt: skip


def _bands(steps: Sequence[Drawn], view: View, width: float, most: int) -> tuple[list[str], float]:
    """Stations side by side, as many bands below each other as it takes."""
    inside: list[str] = []
    top = 0.0
    parts = _parts(steps, most)
    column = (width - _LABELS) / max(map(len, parts), default=1)
    for each in parts:
        drawn, height = _band(each, view, column, top, is_last=each[-1] is steps[-1])
        inside += drawn
        top += height + 26
    return inside, max(top - 26, 20)


def _band(
    steps: Sequence[Drawn], view: View, column: float, top: float, *, is_last: bool
) -> tuple[list[str], float]:
    inside = _stations(steps, column, top, is_last=is_last)
    names = [svg.wrapped(each.name, column - _GAP, 13, bold=True, most=4) for each in steps]
    y = top + 2 * _RADIUS + 20
    for at, lines in enumerate(names):
        inside += _text(lines, _LABELS + at * column, y, size=13, fill=look.INK, bold=True)
    y += max(map(len, names)) * 16 + 2
    right = _LABELS + column * len(steps)
    if view != "blueprint" and any(each.feeling is not None for each in steps):
        inside += _curve(steps, column, y, right)
        y += _CURVE
    for lane in LANES[view]:
        drawn, height = _lane(lane, steps, column, y, right)
        inside += drawn
        y += height
    return inside, y - top


def _stations(steps: Sequence[Drawn], column: float, top: float, *, is_last: bool) -> list[str]:
    """A numbered station for each step on one line; moments that matter are filled."""
    y = top + _RADIUS + 1
    end = _LABELS + (len(steps) - (1 if is_last else 0.15)) * column + _RADIUS
    inside = [svg.line(_LABELS + _RADIUS, y, end, y, look.EDGE, width=2, part="line")]
    for at, each in enumerate(steps):
        inside += _station(each, _LABELS + at * column + _RADIUS, y)
    return inside


def _station(step: Drawn, x: float, y: float) -> list[str]:
    colour = look.LAUNCH if step.elsewhere else look.NAVY
    dot = svg.element(
        "circle", cx=x, cy=y, r=_RADIUS - 1, fill=colour if step.is_moment else "#fff",
        stroke=colour, stroke_width=2, stroke_dasharray="4 3" if step.elsewhere else None,
        data_part="mark" if step.is_moment else "dot",
    )  # fmt: skip
    return [
        dot,
        svg.words(str(step.number), x, y + 4.5, size=12.5, bold=True, anchor="middle",
                  fill="#fff" if step.is_moment else colour,
                  part="on-mark" if step.is_moment else ""),
    ]  # fmt: skip


def _lane(
    lane: str, steps: Sequence[Drawn], column: float, y: float, right: float
) -> tuple[list[str], float]:
    """One lane, named at its left; nothing where no step says anything."""
    texts = [each.lanes.get(lane, "") for each in steps]
    if not any(texts):
        return [], 0.0
    spans = _spans(texts) if lane == "Source" else [1] * len(texts)
    cells = [
        svg.wrapped(text, column * span - _GAP, _SIZE, most=6) if text and span else []
        for text, span in zip(texts, spans, strict=True)
    ]
    # Above this line stands what the customer sees.
    seen = lane == "Behind"
    inside = [
        svg.line(
            0,
            y,
            right,
            y,
            look.EDGE if seen else look.GRID,
            width=1.5 if seen else 1,
            dash="6 4" if seen else None,
            part="grid",
        )
    ]
    inside += _text([lane], 0, y + 19, size=_SIZE, fill=look.MUTED)
    for at, lines in enumerate(cells):
        away = lane == "Owner" and steps[at].elsewhere
        fill = look.LAUNCH if away else look.MUTED if lane == "Source" else look.INK
        inside += _text(lines, _LABELS + at * column, y + 19, size=_SIZE, fill=fill, bold=away)
    return inside, max(map(len, cells)) * _LINE + 16


def _spans(texts: Sequence[str]) -> list[int]:
    """Over how many steps each text reaches, said once for neighbours that say the same."""
    spans = [1] * len(texts)
    first = 0
    for at in range(1, len(texts)):
        if texts[at] and texts[at] == texts[first]:
            spans[first], spans[at] = spans[first] + 1, 0
        else:
            first = at
    return spans


def _curve(steps: Sequence[Drawn], column: float, top: float, right: float) -> list[str]:
    """How steps feel, where somebody said so; neighbours are joined, gaps are not bridged."""
    middle = top + _CURVE / 2
    inside = [
        svg.line(0, top, right, top, look.GRID, part="grid"),
        svg.line(_LABELS, middle, right, middle, look.GRID, dash="2 4", part="grid"),
        *_text(["Feels"], 0, middle + 4, size=_SIZE, fill=look.MUTED),
    ]
    places = [
        (_LABELS + at * column + _RADIUS, middle - (each.feeling or 0) * 12, each.feeling)
        for at, each in enumerate(steps)
    ]
    for before, after in pairwise(places):
        if before[2] is not None and after[2] is not None:
            inside.append(svg.line(*before[:2], *after[:2], look.ACCENT, width=2.5, part="line"))
    for x, y, feeling in places:
        if feeling is None:
            inside.append(svg.words("not asked", x - 8, middle - 5, size=11, halo=True))
            continue
        inside.append(svg.element("circle", cx=x, cy=y, r=5, fill="#fff", stroke=look.ACCENT,
                                  stroke_width=2.5, data_part="dot"))  # fmt: skip
        inside.append(svg.words(_short(feeling), x - 5, y + 19 if feeling < 0 else y - 10,
                                size=11.5, fill=look.ACCENT, bold=True, halo=True))  # fmt: skip
    return inside


def _short(feeling: int) -> str:
    return "neither" if feeling == 0 else feeling_words(feeling)


def _column(steps: Sequence[Drawn], view: View, width: float) -> tuple[list[str], float]:
    """Stations one below the other, with what stands on each lane beside them."""
    left, y = 2 * _RADIUS + 14, 4.0
    inside: list[str] = []
    places: list[float] = []
    before = ""
    for step in steps:
        places.append(y + _RADIUS)
        said = svg.wrapped(step.name, width - left, 14, bold=True, most=3)
        inside += _text(said, left, y + 18, size=14, fill=look.INK, bold=True, line=18)
        y += len(said) * 18 + 8
        for label, text in _told(step, view, before):
            lines = svg.wrapped(f"{label}: {text}", width - left, 12.5, most=5)
            away = label == "Owner" and step.elsewhere
            inside += _text(lines, left, y + 12, size=12.5, line=16,
                            fill=look.LAUNCH if away else "#3d4551")  # fmt: skip
            y += len(lines) * 16 + 3
        y = max(y + 14, places[-1] + 2 * _RADIUS + 8)
        before = step.lanes.get("Source", "") or before
    line = svg.line(_RADIUS + 1, places[0], _RADIUS + 1, places[-1], look.EDGE, width=2,
                    part="line")  # fmt: skip
    dots = [one for step, at in zip(steps, places, strict=True)
            for one in _station(step, _RADIUS + 1, at)]  # fmt: skip
    return [line, *dots, *inside], y


def _told(step: Drawn, view: View, before: str) -> list[tuple[str, str]]:
    """The lanes of a step that say anything, how it feels first; a source not twice in a row."""
    felt = [("Feels", feeling_words(step.feeling))] if step.feeling is not None else []
    lanes = [
        (lane, step.lanes[lane]) for lane in LANES[view]
        if step.lanes.get(lane) and not (lane == "Source" and step.lanes[lane] == before)
    ]  # fmt: skip
    return [*(felt if view != "blueprint" else []), *lanes]


def _text(
    lines: Sequence[str], x: float, y: float, *, size: float, fill: str, bold: bool = False,
    line: float = _LINE,
) -> list[str]:  # fmt: skip
    return [
        svg.words(each, x, y + at * line, size=size, fill=fill, bold=bold)
        for at, each in enumerate(lines)
    ]
