"""Slides as plain values: every document draws the same ones, and they are kept as JSON."""

from __future__ import annotations

from typing import Any

import msgspec

VERSION = 1


class Lines(msgspec.Struct, frozen=True, tag="lines", tag_field="kind"):
    """Sentences under each other."""

    items: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, tag="table", tag_field="kind"):
    """Cells as words; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Dot(msgspec.Struct, frozen=True):
    """A share of a chart with its interval; all None where there is nothing to show."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class Line(msgspec.Struct, frozen=True):
    """A line of a chart: its name, its colour (trust, satisfaction), a dot for each label."""

    name: str
    colour: str
    dots: tuple[Dot, ...]


class Chart(msgspec.Struct, frozen=True, tag="chart", tag_field="kind"):
    """Shares over labels, as lines or as bars beside each other; alternative: the same in words."""

    alternative: str
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    bars: bool = False


Block = Lines | Table | Chart


class Slide(msgspec.Struct, frozen=True):
    """One slide: a title that states the finding, what shows it, and what to say of it.

    rules: the ids of what asks for it.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    rules: tuple[str, ...] = ()


class Deck(msgspec.Struct, frozen=True):
    """The briefing of one provider for one fiscal year, as of a day."""

    provider: str
    agency: str
    fiscal_year: int
    made_on: str  # ISO
    slides: tuple[Slide, ...]
    simulated: bool = False
    version: int = VERSION

    @property
    def title(self) -> str:
        """What the whole is called."""
        return f"{self.provider}: deep dive FY{self.fiscal_year}"


def as_content(deck: Deck) -> dict[str, Any]:
    """The deck as JSON values."""
    found: dict[str, Any] = msgspec.to_builtins(deck)
    return found


def read_deck(content: Any) -> Deck:  # noqa: ANN401 - whatever the record keeps
    """A deck that was kept."""
    return msgspec.convert(content, Deck)
