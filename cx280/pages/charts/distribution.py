"""How answers fall from worst to best: one bar for each question, cut where the answers change."""

from __future__ import annotations

from collections.abc import Sequence

from cx280.pages import written
from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.model import NO_ANSWERS, TOO_FEW, Chart, Spread, Table, key_of

_HEIGHT = 30.0


def distribution(
    rows: Sequence[Spread] | Sequence[int],
    labels: Sequence[str],
    *,
    title: str,
    note: str = "",
    first_column: str = "Question",
    key: str = "",
) -> Chart:
    """A chart of stacked bars; `labels` name the answers from worst to best.

    rows: one Spread for each question, or the plain counts of one question.
    """
    spreads = _spreads(rows)
    key = key or key_of(title)
    table = Table(
        (first_column, *labels, "n"),
        tuple(_cells(row, len(labels)) for row in spreads),
    )
    if not any(sum(row.counts) for row in spreads if not row.suppressed):
        hidden = any(row.suppressed for row in spreads)
        empty = "Too few answers to show." if hidden else "Nobody has answered yet."
        return Chart(key, title, note, (), table, empty=empty)
    drawings = picture.pictures(
        (look.MIDDLE, look.NARROW),
        lambda size: _paint(spreads, labels, size),
        key=key,
        title=title,
        description=". ".join(_sentence(row, labels) for row in spreads) + ".",
    )
    return Chart(key, title, note, drawings, table)


def _spreads(rows: Sequence[Spread] | Sequence[int]) -> list[Spread]:
    found = [row for row in rows if isinstance(row, Spread)]
    return found or [Spread("All answers", [row for row in rows if isinstance(row, int)])]


def shares(counts: Sequence[int]) -> list[float]:
    """Each count as a share of all; zeros when there are none."""
    total = sum(counts)
    return [count / total if total else 0.0 for count in counts]


def _cells(row: Spread, answers: int) -> tuple[str, ...]:
    if row.suppressed:
        return (row.label, *[TOO_FEW] * answers, "")
    numbers = (f"{written.percent(share)}" for share in shares(row.counts))
    return (row.label, *numbers, written.number(sum(row.counts)))


def _sentence(row: Spread, labels: Sequence[str]) -> str:
    name = f"{row.label}: " if row.label else ""
    if row.suppressed:
        return f"{name}{TOO_FEW}"
    if not sum(row.counts):
        return f"{name}{NO_ANSWERS}"
    said = ", ".join(
        f"{label} {written.percent(share)}"
        for label, share in zip(labels, shares(row.counts), strict=True)
    )
    return f"{name}{said}, n {written.number(sum(row.counts))}"


def _paint(
    rows: Sequence[Spread], labels: Sequence[str], size: look.Size
) -> tuple[list[str], float]:
    """The key of answers, then for each question its words, its bar and its n."""
    colours = look.diverging(len(labels))
    drawn, y = _key(labels, colours, size.width)
    for row in rows:
        lines = svg.wrapped(row.label, size.width - 80, 14) if row.label else [""]
        counted = "" if row.suppressed else f"n {written.number(sum(row.counts))}"
        drawn += [
            svg.words(line, 0, y + 16 + 17 * index, size=14, fill=look.INK)
            for index, line in enumerate(lines)
        ]
        drawn.append(svg.words(counted, size.width, y + 16, anchor="end"))
        y += 17 * len(lines) + 8
        parts, height = _bar(row, labels, colours, y, size.width)
        drawn += parts
        y += height + 14
    return drawn, y - 6


def _key(
    labels: Sequence[str], colours: Sequence[tuple[str, str]], width: float
) -> tuple[list[str], float]:
    """Squares with the answers' words, in the bar's order, in as many lines as they need."""
    drawn: list[str] = []
    x, y = 0.0, 0.0
    for label, (fill, _) in zip(labels, colours, strict=True):
        said = svg.wrapped(label, width - 22, 13, most=1)[0]
        wide = 18 + svg.width_of(said) + 14
        if x and x + wide - 14 > width:
            x, y = 0.0, y + 21
        square = {"width": 12, "height": 12, "rx": 2, "stroke_width": 0.5}
        drawn.append(
            svg.element(
                "rect", x=x, y=y + 2, fill=fill, stroke=look.EDGE, data_part="key", **square
            )
        )
        drawn.append(svg.words(said, x + 18, y + 13))
        x += wide
    return drawn, y + 28


def _bar(
    row: Spread,
    labels: Sequence[str],
    colours: Sequence[tuple[str, str]],
    y: float,
    width: float,
) -> tuple[list[str], float]:
    """The cut bar; numbers too wide for their piece stand under it, apart from each other."""
    if row.suppressed or not sum(row.counts):
        said = TOO_FEW if row.suppressed else NO_ANSWERS
        return [svg.words(said, 0, y + 14)], 18.0
    drawn: list[str] = []
    below: list[tuple[str, float]] = []
    x = 0.0
    for label, share, (fill, ink) in zip(labels, shares(row.counts), colours, strict=True):
        wide = share * width
        said = written.percent(share)
        if wide > 0:
            piece = svg.element("rect", x=x, y=y, width=wide, height=_HEIGHT, fill=fill,
                                stroke="#fff", stroke_width=1.5, data_part="segment")  # fmt: skip
            inside = []
            if svg.width_of(said, 13, bold=True) + 6 <= wide:
                inside = [
                    svg.words(
                        said,
                        x + wide / 2,
                        y + 20,
                        part="inside",
                        fill=ink,
                        bold=True,
                        anchor="middle",
                    )
                ]
            else:
                below.append((said, x + wide / 2))
            drawn.append(svg.titled(f"{label}: {said}", piece, *inside))
        x += wide
    return [*drawn, *_below(below, y + _HEIGHT, width)], _HEIGHT + (18 if below else 0)


def _below(numbers: list[tuple[str, float]], y: float, width: float) -> list[str]:
    places = scale.spread(
        [x for _, x in numbers], [svg.width_of(said, 12) + 4 for said, _ in numbers], 0, width
    )
    return [
        svg.words(said, place, y + 14, size=12, anchor="middle")
        for (said, _), place in zip(numbers, places, strict=True)
    ]
