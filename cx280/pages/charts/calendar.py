"""A calendar: what happens in which months, in groups, with the present month marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.pages.charts import look, picture, svg
from cx280.pages.charts.model import Chart, Table, key_of


@dataclass(frozen=True, slots=True)
class Season:
    """One line: its label, what stands under it in small words, and the months in which it runs.

    hollow: drawn as an outline, for what runs somewhere else.
    """

    label: str
    note: str
    months: frozenset[int]
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    label: str
    seasons: Sequence[Season]


def calendar(
    groups: Sequence[Group],
    *,
    months: Sequence[tuple[int, str]],
    present: int,
    title: str,
    note: str = "",
    first_column: str = "What",
    key: str = "",
) -> Chart:
    """A chart of bars over twelve months. months: (number, name) in their order."""
    key = key or key_of(title)
    table = Table(
        (first_column, "Level", "Whom", *(name for _, name in months)),
        tuple(
            (each.label, group.label, each.note,
             *("asks" if number in each.months else "" for number, _ in months))
            for group in groups
            for each in group.seasons
        ),
    )  # fmt: skip
    if not any(group.seasons for group in groups):
        return Chart(key, title, note, (), table, empty="Nothing is planned yet.")
    drawings = picture.pictures(
        (look.WIDE, look.NARROW),
        lambda size: _paint(groups, months, present, size),
        key=key,
        title=title,
        description="; ".join(
            _sentence(each, months) for group in groups for each in group.seasons
        ) + ".",
    )  # fmt: skip
    return Chart(key, title, note, drawings, table)


def _sentence(season: Season, months: Sequence[tuple[int, str]]) -> str:
    named = [name for number, name in months if number in season.months]
    when = "all year" if len(named) == len(months) else ", ".join(named) or "not this year"
    return f"{season.label}: {when}"


def _paint(
    groups: Sequence[Group], months: Sequence[tuple[int, str]], present: int, size: look.Size
) -> tuple[list[str], float]:
    step = size.width / len(months)
    letters = 1 if step < 40 else 3
    drawn: list[str] = []
    for place, (number, name) in enumerate(months):
        here = number == present
        drawn.append(
            svg.words(name[:letters], place * step + step / 2, 14, anchor="middle", bold=here,
                      fill=look.INK if here else look.MUTED)
        )  # fmt: skip
    y = 28.0
    for group in groups:
        if not group.seasons:
            continue
        drawn.append(svg.words(group.label, 0, y + 16, size=15, bold=True, fill=look.INK))
        y += 28
        for season in group.seasons:
            y = _line(season, months, size, y, drawn)
        y += 8
    now = [number for number, _ in months].index(present) if present else -1
    if now >= 0:
        x = (now + 0.5) * step
        drawn.insert(0, svg.line(x, 20, x, y, look.EDGE, dash="3 3", part="grid"))
    return drawn, y


def _line(
    season: Season,
    months: Sequence[tuple[int, str]],
    size: look.Size,
    y: float,
    drawn: list[str],
) -> float:
    """The label over its bars; gives back where the line ends."""
    for text, colour in ((season.label, look.INK), (season.note, look.MUTED)):
        for words in svg.wrapped(text, size.width, 13 if colour == look.MUTED else 14):
            drawn.append(
                svg.words(words, 0, y + 13, size=13 if colour == look.MUTED else 14, fill=colour,
                          halo=True)
            )  # fmt: skip
            y += 17
    step = size.width / len(months)
    bars = []
    for start, length in _runs([number in season.months for number, _ in months]):
        bars.append(
            svg.element(
                "rect", x=start * step + 1.5, y=y + 3, width=length * step - 3, height=10, rx=2,
                fill="#fff" if season.hollow else look.ACCENT,
                stroke=look.ACCENT, stroke_width=1.5, data_part="bar",
            )
        )  # fmt: skip
    ground = svg.element(
        "rect", x=0, y=y + 5, width=size.width, height=6, rx=2, fill="#edeff0", data_part="ground"
    )
    drawn.append(svg.titled(_sentence(season, months), ground, *bars))
    return y + 24


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """(first place, length) of each stretch of True."""
    found: list[tuple[int, int]] = []
    for place, flag in enumerate(flags):
        if not flag:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
