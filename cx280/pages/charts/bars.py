"""Bars with whiskers, longest first: what matters most, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.model import NO_ANSWERS, SHARE, TOO_FEW, Bar, Chart, Table, Unit, key_of


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    note: str = "",
    unit: Unit = SHARE,
    first_column: str = "Driver",
    value_column: str = "Share",
    text_column: str = "",
    key: str = "",
) -> Chart:
    """A chart of bars from zero, in the order given; the label stands above its bar."""
    key = key or key_of(title)
    extra = (text_column or "Also",) if any(row.text for row in rows) else ()
    table = Table(
        (first_column, value_column, "How sure", "n", *extra),
        tuple((row.label, *row.cells(unit), *((row.text,) if extra else ())) for row in rows),
    )
    values = picture.extent(rows)
    if not values:
        return Chart(key, title, note, (), table, empty=picture.why_empty(rows))
    least, greatest = min(0.0, *values), max(0.0, *values)
    drawings = picture.pictures(
        (look.MIDDLE, look.NARROW),
        lambda size: _paint(rows, size, least, greatest or 1.0, unit),
        key=key,
        title=title,
        description="; ".join(
            f"{row.label}: {row.sentence(unit)}{', ' + row.text if row.text else ''}"
            for row in rows
        )
        + ".",
    )
    return Chart(key, title, note, drawings, table)


def _paint(
    rows: Sequence[Bar], size: look.Size, least: float, greatest: float, unit: Unit
) -> tuple[list[str], float]:
    said = [row.text or (unit.write(row.shown) if row.shown is not None else "") for row in rows]
    column = max(svg.width_of(each, 14) for each in said) + 20
    at = scale.linear(least, greatest, 1, size.width - column)
    drawn: list[str] = []
    y = 0.0
    for row, text in zip(rows, said, strict=True):
        lines = svg.wrapped(row.label, size.width, 14)
        drawn += [
            svg.words(line, 0, y + 15 + 17 * index, size=14, fill=look.INK)
            for index, line in enumerate(lines)
        ]
        y += 17 * len(lines) + 7
        drawn += _bar(row, y, at(0.0), at, unit)
        drawn.append(svg.words(text, size.width, y + 12, size=14, anchor="end"))
        y += 28
    return drawn, y


def _bar(row: Bar, y: float, zero: float, at: Callable[[float], float], unit: Unit) -> list[str]:
    """The bar and its whisker, 14 px high from y."""
    if row.shown is None:
        return [svg.words(TOO_FEW if row.suppressed else NO_ANSWERS, 0, y + 12)]
    end = at(row.shown)
    drawn = [
        svg.element(
            "rect",
            x=min(zero, end),
            y=y,
            width=max(abs(end - zero), 1),
            height=14,
            rx=1.5,
            fill=look.ACCENT if row.strong else look.ACCENT_LIGHT,
            data_part="bar",
        )
    ]
    if row.bounds:
        low, high = (at(bound) for bound in row.bounds)
        path = f"M{low:.1f} {y + 7}H{high:.1f}M{low:.1f} {y + 3}v8M{high:.1f} {y + 3}v8"
        drawn.append(
            svg.element("path", d=path, stroke=look.NAVY, stroke_width=1.5, data_part="whisker")
        )
    return [svg.titled(f"{row.label}: {row.sentence(unit)}", *drawn)]
