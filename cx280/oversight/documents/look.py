"""The colours of a briefing, alike in slides and pictures; each has 4.5:1 or more on white."""

from __future__ import annotations

INK, MUTED, RULE = "1b1b1b", "565c65", "dfe1e2"
COLOURS = {
    "trust": "005ea2",
    "satisfaction": "00687d",
    "baseline": "71767a",
    "now": "005ea2",
    "target": "2e6b34",
}


# Told apart without colour as well: the second line of a chart is broken.
BROKEN = frozenset({"satisfaction"})


def colour_of(name: str) -> str:
    """Six hexadecimal digits."""
    return COLOURS.get(name, INK)
