"""Colours and widths of charts. A colour means one thing everywhere."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1b1b1b"
MUTED = "#565c65"
GRID = "#dfe1e2"
EDGE = "#a9aeb1"
LAUNCH = "#a63c00"
NEEDS_YOU = "#b50909"
ACCENT = "#005ea2"
ACCENT_LIGHT = "#73b3e7"
NAVY = "#162e51"

# Each at least 4.5:1 on white, since its label is written in it.
COLOURS = {
    "trust": "#005ea2",
    "satisfaction": "#00687d",
    "1": "#005ea2",
    "2": "#a63c00",
    "3": "#4d4d9a",
    "4": "#216e1f",
    "5": "#8a2a6b",
    "6": "#5c5c5c",
}

# Worst to best, told apart by people who do not see red and green; the text colour on each.
DIVERGING = {
    2: (("#b3541e", "#fff"), ("#005ea2", "#fff")),
    3: (("#b3541e", "#fff"), ("#dfe1e2", INK), ("#005ea2", "#fff")),
    5: (
        ("#8c3b0c", "#fff"),
        ("#f2b48a", INK),
        ("#dfe1e2", INK),
        ("#8fc3ef", INK),
        ("#00549b", "#fff"),
    ),
    7: (
        ("#7a2f06", "#fff"),
        ("#b3541e", "#fff"),
        ("#f2b48a", INK),
        ("#dfe1e2", INK),
        ("#8fc3ef", INK),
        ("#2672b8", "#fff"),
        ("#0b3d70", "#fff"),
    ),
}


def colour_of(name: str) -> str:
    """The colour for a key; grey ink for one that is not known."""
    return COLOURS.get(name, COLOURS["6"])


def diverging(steps: int) -> list[tuple[str, str]]:
    """(fill, text colour) for each of `steps` answers, worst to best."""
    known = DIVERGING.get(steps)
    if known:
        return list(known)
    seven = DIVERGING[7]
    return [seven[round(index * 6 / max(steps - 1, 1))] for index in range(steps)]


@dataclass(frozen=True, slots=True)
class Size:
    """One of the widths a chart is drawn for."""

    name: str
    width: float

    @property
    def is_narrow(self) -> bool:
        """Whether labels stand above what they name, for want of room beside it."""
        return self.width < 480


WIDE = Size("wide", 1072)
MIDDLE = Size("middle", 560)
NARROW = Size("narrow", 328)
