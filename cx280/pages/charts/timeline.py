"""Days of a year on a line: what is due on each, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cx280.pages.charts import look, picture, svg
from cx280.pages.charts.model import Chart, Table, key_of

_TONES = {
    "done": ("#216e1f", "✓"),
    "late": (look.LAUNCH, "!"),
    "needs-you": (look.NEEDS_YOU, "!"),
    "open": (look.ACCENT, ""),
    "quiet": (look.MUTED, ""),
}
_RADIUS = 9
_NOW: dict[str, Any] = {"stroke": look.NAVY, "width": 1.4, "dash": "4 3", "part": "line"}


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its words, how it stands in words, and the tone of its mark.

    tone: done, late, needs-you, open (still to come) or quiet.
    """

    day: date
    words: str
    standing: str
    tone: str


def timeline(
    days: Sequence[Day], *, first: date, last: date, today: date, title: str, note: str = ""
) -> Chart:
    """A line from `first` to `last` with a mark for each day, in order; upright on a phone."""
    key = key_of(title)
    table = Table(
        ("Day", "What is due", "How it stands"),
        tuple((_written(each.day), each.words, each.standing) for each in days),
    )
    if not days:
        return Chart(key, title, note, (), table, empty="Nothing is due in this year.")
    drawings = picture.pictures(
        (look.WIDE, look.MIDDLE, look.NARROW),
        lambda size: (
            _lying(days, first, last, today, size.width)
            if size is look.WIDE
            else _standing(days, today, size.width)
        ),
        key=key,
        title=title,
        description="; ".join(_sentence(each) for each in days) + ".",
    )
    return Chart(key, title, note, drawings, table)


def _written(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _sentence(day: Day) -> str:
    return f"{_written(day.day)}: {day.words}, {day.standing}"


def _lying(
    days: Sequence[Day], first: date, last: date, today: date, width: float
) -> tuple[list[str], float]:
    """Words above and below the line by turns, so that neighbours have room."""
    left, right, middle = 20.0, width - 20.0, 92.0
    whole = max((last - first).days, 1)

    def place(day: date) -> float:
        return left + (right - left) * min(max((day - first).days / whole, 0), 1)

    drawn = [svg.line(left, middle, right, middle, look.EDGE, width=2, part="line")]
    drawn += _months(first, last, place, middle)
    if first <= today <= last:
        x = place(today)
        drawn.append(
            svg.line(x, 12, x, 2 * middle - 12, look.NAVY, width=1.4, dash="4 3", part="line")
        )
        drawn.append(svg.words("Today", x, 2 * middle, fill=look.NAVY, bold=True, anchor="middle"))
    for at, each in enumerate(days):
        drawn.append(_labelled(each, place(each.day), middle, up=at % 2 == 0, width=width))
    return drawn, 2 * middle + 6


def _months(first: date, last: date, place: Callable[[date], float], middle: float) -> list[str]:
    drawn, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            x = place(day)
            drawn.append(svg.line(x, middle - 4, x, middle + 4, look.EDGE, part="grid"))
            drawn.append(svg.words(f"{day:%b}", x + 3, middle + 22, size=12))
        day = (day + timedelta(days=32)).replace(day=1)
    return drawn


def _labelled(each: Day, x: float, middle: float, *, up: bool, width: float) -> str:
    """A mark with its words, kept inside the picture."""
    anchor = "end" if x > width - 90 else "start" if x < 90 else "middle"
    lines = [
        *svg.wrapped(each.words, 112, 13, bold=True, most=2),
        f"{each.day:%b} {each.day.day}, {each.standing}",
    ]
    start = middle - 24 - 16 * (len(lines) - 1) if up else middle + 44
    colour, _ = _TONES[each.tone]
    words = [
        svg.words(line, x, start + 16 * at, bold=at < len(lines) - 1, anchor=anchor, halo=True,
                  fill=look.INK if at < len(lines) - 1 else colour)
        for at, line in enumerate(lines)
    ]  # fmt: skip
    return svg.titled(_sentence(each), _mark(each.tone, x, middle), *words)


def _mark(tone: str, x: float, y: float) -> str:
    """A round mark; its sign tells the tone to who does not see the colour."""
    colour, sign = _TONES[tone]
    filled = tone not in {"open", "quiet"}
    mark = svg.element("circle", cx=x, cy=y, r=_RADIUS, fill=colour if filled else "#fff",
                       stroke=colour, stroke_width=2.5, data_part="mark")  # fmt: skip
    if not sign:
        return mark
    return mark + svg.words(sign, x, y + 4.5, size=13, bold=True, fill="#fff", anchor="middle")


def _standing(days: Sequence[Day], today: date, width: float) -> tuple[list[str], float]:
    """One below the other, with today between what was and what comes."""
    drawn, y, told = [], 16.0, False
    top = y
    for each in days:
        if not told and each.day >= today:
            told = True
            drawn.append(svg.line(4, y, width, y, **_NOW))
            drawn.append(svg.words("Today", width, y - 5, fill=look.NAVY, bold=True, anchor="end"))
            y += 24
        lines = svg.wrapped(each.words, width - 34, 14, bold=True, most=2)
        colour, _ = _TONES[each.tone]
        words = [
            svg.words(line, 34, y + 5 + 17 * at, size=14, bold=True, fill=look.INK)
            for at, line in enumerate(lines)
        ]
        words.append(
            svg.words(f"{_written(each.day)}, {each.standing}", 34, y + 5 + 17 * len(lines),
                      size=14, fill=colour)
        )  # fmt: skip
        drawn.append(svg.titled(_sentence(each), _mark(each.tone, 12, y), *words))
        bottom = y
        y += 17 * len(lines) + 36
    return [svg.line(12, top, 12, bottom, look.EDGE, width=2, part="line"), *drawn], y - 10
