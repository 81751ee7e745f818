"""The figures of the service page as files: numbers, not sentences, one row for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cx280.dashboards.queries.service import OUTCOMES, ServicePage
from cx280.dashboards.views.service_charts import pooled
from cx280.kernel.problem import NotFound
from cx280.measures.queries import UnitsCompared, UnitShare
from cx280.measures.rules.scores import Share, share_agreeing, share_tapping
from cx280.measures.rules.suppression import is_too_few
from cx280.surveys.rules.codes import option_codes

Cells = list[object]
_SHARE = ["share", "low", "high", "n", "note"]
UNITS_HEADER = [
    *("office", "code", *_SHARE, "standing"),
    *("leaning_share", "leaning_low", "leaning_high", "leaning_own"),
]
TOO_FEW = "too few to show"


@dataclass(frozen=True, slots=True)
class File:
    """A table to download: its name, its head, its rows."""

    name: str
    header: list[str]
    rows: Iterator[Cells]


def table_named(name: str, page: ServicePage) -> File:
    """The file behind a chart: trend, answers, drivers, taps or units; else NotFound."""
    if name == "trend":
        return File(name, ["measure", "quarter", *_SHARE, "mean", "comparable"], _trend(page))
    if name == "answers":
        header = ["question", "construct", "scale", "code", "answers", "comparable", "note"]
        return File(name, header, _answers(page))
    if name == "drivers":
        return File(name, ["construct", "question", *_SHARE, "comparable"], _drivers(page))
    if name == "taps":
        return File(name, ["rating", "driver", "option", *_SHARE], _taps(page))
    if name == "units" and page.units is not None:
        return File(name, UNITS_HEADER, units_rows(page.units))
    raise NotFound(f"This page has no table “{name}”.")


def _trend(page: ServicePage) -> Iterator[Cells]:
    for outcome in OUTCOMES:
        trend = page.trends[outcome]
        for point in sorted([*trend.points, *trend.apart], key=lambda each: each.quarter):
            shown = page.shows(point)
            mean = str(point.mean.mean) if shown and point.mean else ""
            yield [
                outcome,
                str(point.quarter),
                *_cells(page.share_of(point), hidden=not shown),
                mean,
                point.key.written,
            ]


def _answers(page: ServicePage) -> Iterator[Cells]:
    for key, text, counts, _ in pooled(page.rated):
        if page.is_hidden or is_too_few(sum(counts.values()), page.smallest):
            yield [text, key.construct, key.scale, "", "", key.written, TOO_FEW]
            continue
        for code, n in sorted(counts.items(), key=lambda each: int(each[0])):
            yield [text, key.construct, key.scale, code, n, key.written, ""]


def _drivers(page: ServicePage) -> Iterator[Cells]:
    for key, text, counts, basis in pooled(page.drivers):
        share = share_agreeing(counts, key.scale, basis)
        hidden = page.is_hidden or is_too_few(share.n, page.smallest)
        yield [key.construct, text, *_cells(share, hidden=hidden), key.written]


def _taps(page: ServicePage) -> Iterator[Cells]:
    for side in ("low", "middle", "high"):
        for each in page.taps(side):
            hidden = page.is_hidden or is_too_few(each.shown, page.smallest)
            codes = option_codes(each.question)
            for code, option in zip(codes, each.question.options, strict=True):
                share = share_tapping(each.counts.get(code, 0), each.shown, each.basis)
                yield [side, option.driver or "", option.words(), *_cells(share, hidden=hidden)]


def units_rows(units: UnitsCompared) -> Iterator[Cells]:
    """A row for each office, raw and leaning share beside each other; hidden ones say so."""
    for row in units.rows:
        standing = "" if row.hidden else row.standing.value
        cells = _cells(row.share, hidden=row.hidden)
        yield [row.unit.name, row.unit.code, *cells, standing, *_leaning(row)]


def _leaning(row: UnitShare) -> Cells:
    """The share that leans on the average, its ends, and how much of it is the office's own."""
    if row.hidden or row.leaning is None:
        return ["", "", "", ""]
    return [*_rounded(row.leaning.share, *row.leaning_ends), round(row.leaning.own, 2)]


def _cells(share: Share, *, hidden: bool) -> Cells:
    """Share, low, high, n, note; no low and high where people chose to answer."""
    if hidden:
        return ["", "", "", "", TOO_FEW]
    if share.share is None:
        return ["", "", "", 0, "no answers"]
    note = "" if share.bounds else "people chose to answer: no margin of error"
    return [*_rounded(share.share, *share.ends), share.n, note]


def _rounded(*values: float | None) -> Cells:
    return ["" if each is None else round(each, 4) for each in values]
