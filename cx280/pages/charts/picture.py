"""The steps that all charts share: nothing to draw, three widths, one description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cx280.pages.charts import look, svg
from cx280.pages.charts.model import Measured

Paint = Callable[[look.Size], tuple[list[str], float]]


def pictures(
    sizes: Iterable[look.Size], paint: Paint, *, key: str, title: str, description: str
) -> tuple[str, ...]:
    """A drawing for each width; `paint` gives what is inside, and the height it took."""
    drawn = []
    for size in sizes:
        inside, height = paint(size)
        drawn.append(
            svg.drawing(
                inside,
                key=key,
                size=size.name,
                width=size.width,
                height=height,
                title=title,
                description=description,
            )
        )
    return tuple(drawn)


def why_empty(measured: Sequence[Measured]) -> str:
    """What to say instead of a drawing."""
    if any(each.suppressed for each in measured):
        return "Too few answers to show."
    return "Nobody has answered yet."


def extent(measured: Iterable[Measured]) -> list[float]:
    """Every value and bound that will be drawn."""
    return [
        value
        for each in measured
        if each.shown is not None
        for value in (each.shown, *(each.bounds or ()))
    ]
