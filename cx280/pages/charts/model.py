"""What goes into a chart and what comes out: points, rows, marks; drawings with their table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from cx280.pages import written

TOO_FEW = "too few to show"
NO_ANSWERS = "no answers"


@dataclass(frozen=True, slots=True)
class Unit:
    """How values are written, the bounds they can never leave, what is said where none is known."""

    write: Callable[[float | None], str]
    least: float = -math.inf
    most: float = math.inf
    step: float = 0.0  # the smallest useful distance between two ticks; 0: none
    none: str = NO_ANSWERS


SHARE = Unit(written.percent, 0.0, 1.0, 0.01)
COUNT = Unit(lambda value: written.number(value), 0.0, 1e12, 1.0)

# Visits of a period: where nothing came in although much was expected, nobody knows how many came.
VISITS = replace(COUNT, none="nothing came in")


def mean_of(answers: int) -> Unit:
    """The unit of means on a scale from 1 to `answers`."""
    return Unit(lambda value: written.number(value, 2), 1.0, float(answers), 0.05)


MEAN = mean_of(5)


# Nothing people count comes near it; beyond it a drawing's arithmetic overflows.
_LARGEST = 1e15


def _finite(value: float | None) -> float | None:
    if value is None or not math.isfinite(value) or abs(value) > _LARGEST:
        return None
    return float(value)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with how sure we are and from how many answers.

    suppressed: too few answers to show any of it; its value is never drawn or written.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    suppressed: bool = False

    @property
    def shown(self) -> float | None:
        """The value if it may be drawn."""
        return None if self.suppressed else _finite(self.value)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """(low, high) if the interval may be drawn, always around the value."""
        low, high, value = _finite(self.low), _finite(self.high), self.shown
        if value is None or low is None or high is None:
            return None
        return min(low, value), max(high, value)

    def sentence(self, unit: Unit) -> str:
        """`84 %, between 83 % and 85 %, n 7,105`, or why there is no number."""
        if self.suppressed:
            return TOO_FEW
        if self.shown is None:
            return unit.none
        said = unit.write(self.shown)
        if self.bounds:
            said += f", between {unit.write(self.bounds[0])} and {unit.write(self.bounds[1])}"
        return said if self.n is None else f"{said}, n {written.number(self.n)}"

    def cells(self, unit: Unit) -> tuple[str, str, str]:
        """Value, interval and n as table cells."""
        if self.suppressed:
            return TOO_FEW, "", ""
        if self.shown is None:
            return unit.none, "", "" if self.n is None else written.number(self.n)
        spread = (
            f"{unit.write(self.bounds[0])} to {unit.write(self.bounds[1])}" if self.bounds else ""
        )
        return unit.write(self.shown), spread, "" if self.n is None else written.number(self.n)


@dataclass(frozen=True, slots=True)
class Point(Measured):
    """One period of a series: `Point("Q4 2022", 0.84, 0.83, 0.85, n=7105)`."""


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, its colour (`trust`, `satisfaction`, `1` to `6`), its points in order."""

    name: str
    colour: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened just before a period, told beside a vertical line.

    series: the name of the one line that is not joined there; empty means all of them.
    """

    before: str
    words: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Row(Measured):
    """One office, channel or service among others; `attention` sets it apart."""

    attention: bool = False


@dataclass(frozen=True, slots=True)
class Bar(Measured):
    """One driver or reason; `text` stands at the right (`71 % agree`); `strong` is the finding."""

    text: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """How the answers to one question fall: counts from the worst answer to the best."""

    label: str
    counts: Sequence[int]
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: column heads, rows of text; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def named_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each row as (column's head, cell) pairs, for phones where a row becomes a card."""
        return tuple(tuple(zip(self.head, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing for each width, with its words and its table; `{{ chart }}` shows the drawing."""

    key: str
    title: str
    note: str
    drawings: tuple[str, ...]
    table: Table
    empty: str = ""  # what to say when there is nothing to draw

    def __str__(self) -> SafeString:
        # The one place where strings become safe: every text in them was escaped in svg.py.
        if not self.drawings:
            return mark_safe("")
        return mark_safe(f'<div class="cx-chart">{"".join(self.drawings)}</div>')  # noqa: S308


def key_of(title: str) -> str:
    """A word for ids made of the title: `Trust rose to 84 %` becomes `trust-rose-to-84`."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "chart"
