"""A funnel: what is left at each step, what is lost on the way to it, how long the way takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.pages import written
from cx280.pages.charts import look, picture, svg
from cx280.pages.charts.model import SHARE, TOO_FEW, Chart, Measured, Table, key_of


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A step: `reached` of all who started (its n is the start), how many came (`count`),
    `stopped` of those at the step before (its n), how many stopped (`lost`), and median seconds.

    after: the last step shown before, where it is not the one just before. strong: the finding.
    """

    reached: Measured
    count: int | None = None
    stopped: Measured | None = None
    lost: int | None = None
    seconds: float | None = None
    after: str = ""
    strong: bool = False


def funnel(steps: Sequence[FunnelStep], *, title: str, note: str = "", key: str = "") -> Chart:
    """A chart of bars that grow shorter, in the order of the steps; the loss is told between."""
    key = key or key_of(title)
    table = Table(
        ("Step", "Visits", "Of all who started", "How sure", "Stopped before it",
         "Of those at the step before", "How sure of that", "Half took at most"),
        tuple(_cells(each) for each in steps),
    )  # fmt: skip
    if not any(each.reached.shown is not None for each in steps):
        return Chart(key, title, note, (), table, empty=picture.why_empty([]))
    drawings = picture.pictures(
        (look.WIDE, look.MIDDLE, look.NARROW),
        lambda size: _paint(steps, size),
        key=key,
        title=title,
        description="; ".join(_sentence(each) for each in steps) + ".",
    )
    return Chart(key, title, note, drawings, table)


def duration(seconds: float | None) -> str:
    """`42 s`, `3.5 min`, `2.1 h`; nothing for None."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{written.number(seconds)}{written.NBSP}s"
    if seconds < 5400:
        return f"{written.number(seconds / 60, 1)}{written.NBSP}min"
    return f"{written.number(seconds / 3600, 1)}{written.NBSP}h"


def _cells(step: FunnelStep) -> tuple[str, ...]:
    share, sure, _ = step.reached.cells(SHARE)
    if step.reached.shown is None:
        return (step.reached.label, TOO_FEW, "", "", "", "", "", "")
    lost, lost_sure, _ = step.stopped.cells(SHARE) if step.stopped else ("", "", "")
    return (
        step.reached.label,
        written.number(step.count),
        share,
        sure,
        "" if step.lost is None else written.number(step.lost),
        lost,
        lost_sure,
        duration(step.seconds),
    )


def _sentence(step: FunnelStep) -> str:
    if step.reached.shown is None:
        return f"{step.reached.label}: {TOO_FEW}"
    said = f"{step.reached.label}: {written.number(step.count)} visits, "
    said += SHARE.write(step.reached.shown)
    return f"{said}; {_loss(step)}" if step.stopped else said


def _loss(step: FunnelStep) -> str:
    """What happened on the way to the step, in a few words."""
    if step.stopped is None or step.stopped.shown is None:
        return ""
    before = f" since {step.after}" if step.after else ""
    if not step.lost:
        return f"nobody stopped{before}"
    said = f"{SHARE.write(step.stopped.shown)} stopped{before}"
    if step.stopped.bounds:
        low, high = (SHARE.write(end) for end in step.stopped.bounds)
        said += f" ({low} to {high})"
    return said


def _paint(steps: Sequence[FunnelStep], size: look.Size) -> tuple[list[str], float]:
    drawn: list[str] = []
    y = 0.0
    for at, step in enumerate(steps):
        if at:
            lines = _between(step, size)
            for line in lines:
                drawn.append(
                    svg.words(line, 14, y + 16, size=14, bold=step.strong,
                              fill=look.LAUNCH if step.strong else look.MUTED)
                )  # fmt: skip
                y += 18
            height = 18 * len(lines)
            drawn.append(
                svg.line(4, y - height + 3, 4, y + 6,
                         look.LAUNCH if step.strong else look.EDGE,
                         width=3 if step.strong else 1.5, part="line")
            )  # fmt: skip
            y += 14
        y = _stage(step, size, y, drawn)
    return drawn, y + 4


def _between(step: FunnelStep, size: look.Size) -> list[str]:
    """The lines between two bars: who stopped, and how long the others took."""
    loss = _loss(step) or TOO_FEW
    took = f"half of the rest within {duration(step.seconds)}" if step.seconds is not None else ""
    if not took:
        return svg.wrapped(loss, size.width - 14, 14, bold=step.strong)
    if svg.width_of(f"{loss} · {took}", 14, bold=step.strong) < size.width - 14:
        return [f"{loss} · {took}"]
    return [*svg.wrapped(loss, size.width - 14, 14, bold=step.strong), took]


def _stage(step: FunnelStep, size: look.Size, y: float, drawn: list[str]) -> float:
    """The name and figures of a step over its bar; gives back where it ends."""
    shown = step.reached.shown
    figures = TOO_FEW if shown is None else _figures(step)
    room = size.width - svg.width_of(figures, 14) - 12
    names = svg.wrapped(step.reached.label, room, 15, bold=True, most=2)
    for index, line in enumerate(names):
        drawn.append(svg.words(line, 0, y + 15 + 17 * index, size=15, fill=look.INK, bold=True))
    drawn.append(svg.words(figures, size.width, y + 15, size=14, fill=look.INK, anchor="end"))
    y += 17 * len(names) + 6
    parts = [svg.element("rect", x=0, y=y, width=size.width, height=22, rx=2,
                         fill="#edeff0", data_part="ground")]  # fmt: skip
    if shown is not None:
        wide = min(max(shown * size.width, 1), size.width)
        parts.append(
            svg.element(
                "rect", x=0, y=y, width=wide, height=22, rx=2, fill=look.ACCENT, data_part="bar"
            )
        )
        parts += _whisker(step.reached, y, size.width)
    drawn.append(svg.titled(_sentence(step), *parts))
    return y + 26


def _figures(step: FunnelStep) -> str:
    return f"{written.number(step.count)} visits · {SHARE.write(step.reached.shown)}"


def _whisker(reached: Measured, y: float, width: float) -> list[str]:
    """How sure: a line with ends over the bar's end; none at the start, where nothing is unsure."""
    bounds = reached.bounds
    if bounds is None or bounds[1] - bounds[0] < 1e-9:
        return []
    low, high = (end * width for end in bounds)
    path = f"M{low:.1f} {y + 11}H{high:.1f}M{low:.1f} {y + 6}v10M{high:.1f} {y + 6}v10"
    return [
        svg.element("path", d=path, stroke="#fff", stroke_width=4, data_part="halo"),
        svg.element("path", d=path, stroke=look.NAVY, stroke_width=1.5, data_part="whisker"),
    ]
