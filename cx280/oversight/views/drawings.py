"""Charts of slides as pages draw them: one for each width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cx280.oversight.rules.slides import Chart as Slided
from cx280.oversight.rules.slides import Dot, Line
from cx280.pages.charts import SHARE, Bar, Chart, Point, Series, bars, trend
from cx280.pages.written import percent

# The table beside it says why.
_UNIT = replace(SHARE, none="not shown")


def drawing_of(chart: Slided) -> Chart:
    """Lines as a trend; bars as what is measured now, with the others in words."""
    if chart.bars:
        return bars(list(_bars(chart)), title=chart.alternative, unit=_UNIT)
    series = [
        Series(each.name, each.colour, [_point(*pair) for pair in _pairs(chart, each)])
        for each in chart.lines
    ]
    return trend(series, title=chart.alternative, unit=_UNIT)


def _pairs(chart: Slided, line: Line) -> list[tuple[str, Dot]]:
    return list(zip(chart.labels, line.dots, strict=True))


def _point(label: str, dot: Dot) -> Point:
    return Point(label, dot.value, dot.low, dot.high)


def _bars(chart: Slided) -> Iterator[Bar]:
    for at, label in enumerate(chart.labels):
        told = {each.name: each.dots[at].value for each in chart.lines}
        now = told.pop("Now", None)
        words = ", ".join(f"{name.lower()} {percent(value)}" for name, value in told.items())
        yield Bar(
            label, now, text=f"{_UNIT.write(now) if now is not None else _UNIT.none}; {words}"
        )
