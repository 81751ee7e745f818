"""Importance against score: what matters, and how people rate it; on phones an ordered strip.

Wide: a dot for each driver with a whisker each way. Its corner at the lower right is what matters
and what few agree with; it is shaded only where a driver lies in it with both whiskers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cx280.pages import written
from cx280.pages.charts import look, picture, scale, svg
from cx280.pages.charts.intervals import grid, reference_line, whisker
from cx280.pages.charts.model import SHARE, TOO_FEW, Chart, Row, Table, key_of

_HEIGHT = 380.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 24.0, 34.0, 58.0
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Weighed:
    """One driver: its part of what is explained and the share who agree, each with its interval.

    rank: from and to, as words; fix_first: sets it apart; suppressed: its score is not shown;
    bare: people chose to answer, so neither figure has an interval.
    """

    label: str
    statement: str
    part: tuple[float, float, float]  # value, low, high
    score: tuple[float, float, float]
    n: int
    rank: str
    fix_first: bool = False
    suppressed: bool = False
    bare: bool = False

    def __post_init__(self) -> None:
        if self.bare:
            object.__setattr__(self, "part", (self.part[0],) * 3)
            object.__setattr__(self, "score", (self.score[0],) * 3)


@dataclass(frozen=True, slots=True)
class Lines:
    """An even part, and the score that half of the drivers lie below."""

    even: float
    middle: float | None


def importance(
    drivers: Sequence[Weighed],
    *,
    title: str,
    outcome: str,
    lines: Lines,
    note: str = "",
    empty: str = "",
    key: str = "importance",
) -> Chart:
    """The chart of drivers, most important first. outcome: as in `goes with trust`."""
    table = _table(drivers)
    if not drivers:
        return Chart(key, title, note, (), table, empty=empty or "Nobody has answered yet.")

    def paint(size: look.Size) -> tuple[list[str], float]:
        if size.is_narrow:
            return _strip(drivers, size, lines)
        return _scatter(drivers, size, lines, outcome)

    drawings = picture.pictures(
        (look.WIDE, look.MIDDLE, look.NARROW),
        paint,
        key=key or key_of(title),
        title=title,
        description=" ".join(f"{_sentence(each)}." for each in drivers),
    )
    return Chart(key, title, note, drawings, table)


def _table(drivers: Sequence[Weighed]) -> Table:
    head = ("Driver", "Statement", "Part explained", "How sure", "Rank", "Agree", "Between", "n")
    return Table(head, tuple(_cells(each) for each in drivers))


def _cells(driver: Weighed) -> tuple[str, ...]:
    part, low, high = driver.part
    told = (
        driver.label,
        driver.statement,
        SHARE.write(part),
        "" if driver.bare else f"{SHARE.write(low)} to {SHARE.write(high)}",
        driver.rank,
    )
    if driver.suppressed:
        return (*told, TOO_FEW, "", "")
    score, bottom, top = driver.score
    spread = "" if driver.bare else f"{SHARE.write(bottom)} to {SHARE.write(top)}"
    return (*told, SHARE.write(score), spread, written.number(driver.n))


def _sentence(driver: Weighed) -> str:
    part, low, high = driver.part
    said = f"{driver.label}: {SHARE.write(part)} of what is explained"
    said += "; " if driver.bare else f", between {SHARE.write(low)} and {SHARE.write(high)}; "
    if driver.suppressed:
        return f"{said}{TOO_FEW}"
    score, bottom, top = driver.score
    spread = "" if driver.bare else f"between {SHARE.write(bottom)} and {SHARE.write(top)}, "
    said += f"{SHARE.write(score)} agree, {spread}"
    return f"{said}n {written.number(driver.n)}" + ("; fix first" if driver.fix_first else "")


def _scatter(
    drivers: Sequence[Weighed], size: look.Size, lines: Lines, outcome: str
) -> tuple[list[str], float]:
    shown = [each for each in drivers if not each.suppressed]
    across = scale.ticks([0.0, lines.even, *(v for each in drivers for v in each.part)], SHARE)
    scores = [value for each in shown for value in each.score] or [0.0, 1.0]
    up = scale.ticks(scores, SHARE, most=5)
    place = _Plot(
        scale.linear(across[0], across[-1], _LEFT, size.width - _RIGHT),
        scale.linear(up[0], up[-1], _HEIGHT - _BOTTOM, _TOP),
        size.width,
    )
    drawn = _corner(place, lines) if any(each.fix_first for each in drivers) else []
    drawn += _axes(place, across, up, outcome)
    drawn += _dividers(place, lines)
    for each in shown:
        drawn.append(_dot(each, place))
    return [*drawn, *_labels(shown, place)], _HEIGHT


@dataclass(frozen=True, slots=True)
class _Plot:
    """From values to pixels."""

    x: Callable[[float], float]
    y: Callable[[float], float]
    width: float

    @property
    def right(self) -> float:
        return self.width - _RIGHT

    @property
    def bottom(self) -> float:
        return _HEIGHT - _BOTTOM


def _corner(place: _Plot, lines: Lines) -> list[str]:
    """The shaded corner of what matters and few agree with."""
    if lines.middle is None:
        return []
    x, y = place.x(lines.even), place.y(lines.middle)
    return [
        svg.element(
            "rect",
            x=x,
            y=y,
            width=place.right - x,
            height=place.bottom - y,
            fill=look.NEEDS_YOU,
            fill_opacity="0.07",
            data_part="band",
        ),
        svg.words("Fix first", place.right - 8, place.bottom - 10, size=14, fill=look.NEEDS_YOU,
                  bold=True, anchor="end", halo=True),
    ]  # fmt: skip


def _axes(place: _Plot, across: list[float], up: list[float], outcome: str) -> list[str]:
    drawn = grid(across, place.x, SHARE, _TOP, place.bottom)
    for mark in up:
        y = place.y(mark)
        drawn.append(svg.line(_LEFT, y, place.right, y, look.GRID, part="grid"))
        drawn.append(svg.words(SHARE.write(mark), _LEFT - 10, y + 4, anchor="end"))
    below = f"Goes with {outcome}: its part of what the drivers explain →"
    drawn.append(svg.words(below, place.right, _HEIGHT - 12, fill=look.INK, anchor="end"))
    drawn.append(svg.words("↑ People who agree", 0, 16, fill=look.INK))
    return drawn


def _dividers(place: _Plot, lines: Lines) -> list[str]:
    x = place.x(lines.even)
    even = f"an even part, {SHARE.write(lines.even)}"
    drawn = [
        svg.line(x, _TOP, x, place.bottom, look.MUTED, dash="2 3", part="line"),
        svg.words(even, x, _TOP - 8, anchor="middle", halo=True),
    ]
    if lines.middle is None:
        return drawn
    y = place.y(lines.middle)
    return [
        *drawn,
        svg.line(_LEFT, y, place.right, y, look.MUTED, dash="2 3", part="line"),
        svg.words("half of the drivers lie below", _LEFT + 6, y - 6, halo=True),
    ]


def _dot(driver: Weighed, place: _Plot) -> str:
    colour = look.NEEDS_YOU if driver.fix_first else look.ACCENT
    (part, low, high), (score, bottom, top) = driver.part, driver.score
    x, y = place.x(part), place.y(score)
    across = svg.line(place.x(low), y, place.x(high), y, colour, width=4, opacity=0.5,
                      part="whisker")  # fmt: skip
    along = svg.line(x, place.y(bottom), x, place.y(top), colour, width=4, opacity=0.5,
                     part="whisker")  # fmt: skip
    mark = svg.element("circle", cx=x, cy=y, r=6.5, fill=colour, data_part="mark")
    return svg.titled(_sentence(driver), across, along, mark)


def _labels(drivers: Sequence[Weighed], place: _Plot) -> list[str]:
    """Each name beside its dot, where it meets no other name and no dot."""
    taken: list[Box] = [_whiskers(each, place) for each in drivers]
    drawn = []
    for each, dot in zip(drivers, list(taken), strict=True):
        said = svg.wrapped(each.label, 190, 14, bold=each.fix_first, most=1)[0]
        width = svg.width_of(said, 14, bold=each.fix_first)
        box, anchor = min(
            _sides(dot, width),
            key=lambda side: (
                sum(_overlap(side[0], other) for other in taken) + _outside(side[0], place)
            ),
        )
        taken.append(box)
        x = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[anchor]
        drawn.append(
            svg.words(said, x, box[3] - 5, size=14, bold=each.fix_first, anchor=anchor, halo=True,
                      fill=look.NEEDS_YOU if each.fix_first else look.INK)
        )  # fmt: skip
    return drawn


def _sides(dot: Box, width: float) -> list[tuple[Box, str]]:
    """Places for a name of that width: right of a dot and its lines, left, above, below."""
    left, top, right, bottom = dot
    x, y = (left + right) / 2, (top + bottom) / 2
    return [
        ((right + 8, y - 10, right + 8 + width, y + 10), "start"),
        ((left - 8 - width, y - 10, left - 8, y + 10), "end"),
        ((x - width / 2, top - 22, x + width / 2, top - 2), "middle"),
        ((x - width / 2, bottom + 2, x + width / 2, bottom + 22), "middle"),
    ]


def _whiskers(driver: Weighed, place: _Plot) -> Box:
    (_, low, high), (_, bottom, top) = driver.part, driver.score
    x, y = place.x(driver.part[0]), place.y(driver.score[0])
    return (
        min(place.x(low), x - 7),
        min(place.y(top), y - 7),
        max(place.x(high), x + 7),
        max(place.y(bottom), y + 7),
    )


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across * along if across > 0 and along > 0 else 0.0


def _outside(box: Box, place: _Plot) -> float:
    beyond = max(0.0, _LEFT - box[0], box[2] - place.width, _TOP - box[1], box[3] - place.bottom)
    return beyond * 1000


def _strip(drivers: Sequence[Weighed], size: look.Size, lines: Lines) -> tuple[list[str], float]:
    """Drivers in order with the interval of their part, the score in words at the right."""
    step, top = 54.0, 24.0
    marks = scale.ticks([0.0, lines.even, *(v for each in drivers for v in each.part)], SHARE,
                        most=4)  # fmt: skip
    at = scale.linear(marks[0], marks[-1], 22, size.width - 22)
    bottom = top + step * len(drivers)
    drawn = grid(marks, at, SHARE, top, bottom)
    even = f"an even part, {SHARE.write(lines.even)}"
    drawn += reference_line(at(lines.even), top, bottom, even, size.width)
    for index, each in enumerate(drivers):
        drawn += _strip_row(each, at, top + step * index, size.width)
    return drawn, bottom + 26


def _strip_row(
    driver: Weighed, at: Callable[[float], float], top: float, width: float
) -> list[str]:
    said = TOO_FEW if driver.suppressed else f"{SHARE.write(driver.score[0])} agree"
    colour = look.NEEDS_YOU if driver.fix_first else look.INK
    name = f"{driver.label}: fix first" if driver.fix_first else driver.label
    line = svg.wrapped(name, width - svg.width_of(said) - 16, 14, bold=driver.fix_first, most=1)[0]
    row = Row(driver.label, *driver.part, attention=driver.fix_first)
    return [
        svg.words(line, 0, top + 18, size=14, fill=colour, bold=driver.fix_first, halo=True),
        svg.words(said, width, top + 18, anchor="end", halo=True),
        svg.titled(_sentence(driver), *whisker(row, at, top + 40)),
    ]
