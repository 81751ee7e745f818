"""What the pages show of a service, made from its published quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.opendata import charts
from cx280.opendata.rules.lines import Line, Step, line_of
from cx280.opendata.rules.published import Published
from cx280.pages import written
from cx280.pages.charts import Chart
from cx280.reporting.rules.content import Named
from cx280.stats.intervals import Verdict, compare_shares

ABOUT = ("trust", "satisfaction")
# Confidence is told where it was asked, never as trust (INC-06).
CONSTRUCTS = (*ABOUT, "confidence")


@dataclass(frozen=True, slots=True)
class Short:
    """A short line with its name and what must be said beside it."""

    name: str
    chart: Chart | None
    about: str


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list: its names and a short line for trust and for satisfaction."""

    code: str
    name: str
    provider: str
    latest: str
    shorts: tuple[Short, ...]


@dataclass(frozen=True, slots=True)
class Large:
    """One large figure: value, how sure, n, and whether it moved."""

    label: str
    tone: str
    value: str
    sure: str
    n: str
    change: str
    direction: str


def matching(services: dict[str, list[Published]], words: str) -> list[list[Published]]:
    """The services whose name, provider or agency holds every word; all for no words."""
    asked = words.casefold().split()
    return [
        reports
        for reports in services.values()
        if all(each in _names(reports[-1]).casefold() for each in asked)
    ]


def _names(report: Published) -> str:
    content = report.content
    named: tuple[Named, ...] = (content.service, content.hisp, content.agency)
    return " ".join(f"{each.name} {each.code}" for each in named)


def card_of(reports: Sequence[Published]) -> Card:
    """The card of a service. reports: its quarters, oldest first."""
    content = reports[-1].content
    return Card(
        code=content.service.code,
        name=content.service.name,
        provider=content.hisp.name,
        latest=content.quarter,
        shorts=tuple(_short(construct, reports) for construct in ABOUT),
    )


def _short(construct: str, reports: Sequence[Published]) -> Short:
    name = charts.NAMES[construct]
    line = line_of(construct, reports)
    if line is None:
        asked_otherwise = construct == "trust" and line_of("confidence", reports) is not None
        return Short(name, None, "not asked, confidence was" if asked_otherwise else "not asked")
    latest = line.latest
    if latest is None or latest.pool is None:
        return Short(name, None, _why_empty(line).lower())
    about = f"{latest.quarter}, n {written.number(latest.pool.n)}"
    code = reports[-1].content.service.code
    return Short(name, charts.short_line(line, key=f"{construct}-{code}"), about)


def lines_through(reports: Sequence[Published]) -> list[Line]:
    """Trust, satisfaction and confidence, as far as they were asked."""
    lines = [line_of(construct, reports) for construct in CONSTRUCTS]
    return [each for each in lines if each is not None]


def large_figure(line: Line) -> Large:
    """The latest share of a line in words."""
    name, tone = charts.NAMES[line.construct], line.construct
    latest = line.latest
    if latest is None or latest.pool is None:
        return Large(name, "", _why_empty(line), "", "", "", "")
    change, direction = _change(line, latest)
    return Large(
        label=f"{name}, {latest.quarter}",
        tone=tone if tone in ABOUT else "",
        value=written.percent(latest.share),
        sure=latest.pool.how_sure,
        n=f"n {written.number(latest.pool.n)}",
        change=change,
        direction=direction,
    )


def _why_empty(line: Line) -> str:
    """Why no figure of the line can be shown."""
    left_out = [each for step in line.steps if step.pool for each in step.pool.left_out]
    if any(each.figure.is_suppressed for each in left_out):
        return "Too few to show"
    return "Not known" if any(each.figure.n for each in left_out) else "Nobody answered"


def _change(line: Line, latest: Step) -> tuple[str, str]:
    """What may be said about the quarter before, if it was asked the same way."""
    place = line.steps.index(latest)
    before = line.steps[place - 1] if place else None
    if before is None or before.share is None or latest.differs:
        return "", ""
    if before.pool is None or before.pool.interval is None:
        return "", ""
    if latest.pool is None or latest.pool.interval is None:
        return "", ""
    moved = compare_shares(
        (round(before.share * before.pool.n), before.pool.n),
        (round((latest.share or 0.0) * latest.pool.n), latest.pool.n),
    )
    ends = written.points_between(moved.low, moved.high)
    if moved.verdict is Verdict.NO_EVIDENCE:
        return f"no evidence of change since {before.quarter} ({ends})", ""
    way = "better" if moved.verdict is Verdict.HIGHER else "worse"
    if moved.points == 0:
        said = f"less than a point {moved.verdict.value} than in {before.quarter}"
        return f"{said} ({ends})", way
    return f"{written.points(moved.difference)} since {before.quarter} ({ends})", way
