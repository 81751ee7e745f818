"""The figures of the service page as files: numbers, not sentences, one row for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cx280.dashboards.queries.service import OUTCOMES, ServicePage
from cx280.dashboards.views.service_charts import pooled
from cx280.kernel.problem import NotFound
from cx280.measures.rules.scores import Share, share_agreeing, share_tapping
from cx280.measures.rules.suppression import is_too_few
from cx280.surveys.rules.codes import option_codes

Cells = list[object]
_SHARE = ["share", "low", "high", "n", "note"]
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
        return File(name, ["office", "code", *_SHARE, "standing"], _units(page))
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
                *_cells(point.share, hidden=not shown),
                mean,
                point.key.written,
            ]


def _answers(page: ServicePage) -> Iterator[Cells]:
    for key, text, counts in pooled(page.rated):
        if page.is_hidden or is_too_few(sum(counts.values()), page.smallest):
            yield [text, key.construct, key.scale, "", "", key.written, TOO_FEW]
            continue
        for code, n in sorted(counts.items(), key=lambda each: int(each[0])):
            yield [text, key.construct, key.scale, code, n, key.written, ""]


def _drivers(page: ServicePage) -> Iterator[Cells]:
    for key, text, counts in pooled(page.drivers):
        share = share_agreeing(counts, key.scale)
        hidden = page.is_hidden or is_too_few(share.n, page.smallest)
        yield [key.construct, text, *_cells(share, hidden=hidden), key.written]


def _taps(page: ServicePage) -> Iterator[Cells]:
    for side in ("low", "middle", "high"):
        for each in page.taps(side):
            hidden = page.is_hidden or is_too_few(each.shown, page.smallest)
            codes = option_codes(each.question)
            for code, option in zip(codes, each.question.options, strict=True):
                share = share_tapping(each.counts.get(code, 0), each.shown)
                yield [side, option.driver or "", option.words(), *_cells(share, hidden=hidden)]


def _units(page: ServicePage) -> Iterator[Cells]:
    if page.units is None:
        return
    for row in page.units.rows:
        standing = "" if row.hidden else row.standing.value
        yield [row.unit.name, row.unit.code, *_cells(row.share, hidden=row.hidden), standing]


def _cells(share: Share, *, hidden: bool) -> Cells:
    if hidden:
        return ["", "", "", "", TOO_FEW]
    if share.share is None:
        return ["", "", "", 0, "no answers"]
    return [round(share.share, 4), round(share.low, 4), round(share.high, 4), share.n, ""]
