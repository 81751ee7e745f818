"""SVG as text: elements with escaped attributes and words, and how wide words are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

FONT = "Public Sans Web, Public Sans, sans-serif"
_NARROW = set("iljtfrI1.,:;'|!()[] ·-")
_BROAD = set("mwMW%@—…")


def written(value: float | int | str) -> str:
    """An attribute's value: numbers with at most one decimal; refuses what no renderer can draw."""
    if isinstance(value, str):
        return escape(value, quote=True)
    if not math.isfinite(value):
        raise ValueError("A drawing cannot hold NaN or infinity.")
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"


def element(name: str, *inside: str, **attributes: float | int | str | None) -> str:
    """`<name …>inside</name>`; `stroke_width` is written stroke-width, None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def words(
    said: str,
    x: float,
    y: float,
    *,
    size: float = 13,
    fill: str = "#565c65",
    bold: bool = False,
    anchor: str = "start",
    halo: bool = False,
    part: str = "",
) -> str:
    """A line of text whose baseline starts (or ends, or centres) at x, y; `halo` keeps it legible
    over lines. `part` tells the style sheet that the text has a ground of its own."""
    return element(
        "text",
        escape(said),
        x=x,
        y=y,
        font_size=size,
        fill=fill,
        font_weight="700" if bold else None,
        text_anchor=None if anchor == "start" else anchor,
        paint_order="stroke" if halo else None,
        stroke="#fff" if halo else None,
        stroke_width=4 if halo else None,
        stroke_linejoin="round" if halo else None,
        data_part=part or None,
    )


def titled(title: str, *inside: str) -> str:
    """A group whose tooltip is `title`."""
    return element("g", element("title", escape(title)), *inside)


def drawing(
    inside: Iterable[str],
    *,
    key: str,
    size: str,
    width: float,
    height: float,
    title: str,
    description: str,
) -> str:
    """The whole picture: named and described for those who cannot see it."""
    mark = f"{key}-{size}"
    return element(
        "svg",
        element("title", escape(title), id=f"{mark}-title"),
        element("desc", escape(description), id=f"{mark}-desc"),
        *inside,
        class_=f"cx-chart--{size}",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{mark}-title {mark}-desc",
        font_family=FONT,
        xmlns="http://www.w3.org/2000/svg",
    )


def width_of(said: str, size: float = 13, *, bold: bool = False) -> float:
    """About how wide the text is, in pixels; rather a little too wide than too narrow."""
    ems = sum(
        0.34 if c in _NARROW else 0.95 if c in _BROAD else 0.7 if c.isupper() else 0.58
        for c in said
    )
    return ems * size * (1.06 if bold else 1.0)


def wrapped(
    said: str, width: float, size: float = 13, *, bold: bool = False, most: int = 3
) -> list[str]:
    """The text in lines no wider than `width`, at most `most`; the rest is cut with an ellipsis.

    A word that is wider than a line is cut too: the table has the whole of it.
    """
    lines: list[str] = []
    for word in said.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1]}…"]
    return [_cut(line, width, size, bold=bold) for line in lines] or [""]


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= width:
        return line
    while len(line) > 1 and width_of(f"{line}…", size, bold=bold) > width:
        line = line[:-1]
    return f"{line.rstrip('…')}…"


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    stroke: str,
    *,
    width: float = 1,
    dash: str | None = None,
    opacity: float | None = None,
    part: str = "",
) -> str:
    """A straight line; `part` tells the style sheet what it is (grid, line, whisker)."""
    return element(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
        stroke_opacity=None if opacity is None else f"{opacity:g}",
        data_part=part or None,
    )
