"""What goes with an outcome as files; every row says that it is an association."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpResponseBase

from cx280.circular.implements import implements
from cx280.dashboards.queries.drivers import DriversPage
from cx280.kernel.problem import NotFound
from cx280.measures.rules.driver_document import document_of, without_margins
from cx280.measures.rules.drivers import ASSOCIATION, Finding
from cx280.measures.rules.tapped_drivers import TapFinding, tap_document_of
from cx280.pages.downloads import csv_response, json_response

HEADER = [
    "outcome", "measured", "first_quarter", "last_quarter", "driver", "construct", "statement",
    "part_of_explained", "low", "high", "rank_from", "rank_to", "agree", "agree_low", "agree_high",
    "agree_n", "answers", "answered_all", "explained", "fix_first", "comparable", "note",
]  # fmt: skip


TAP_HEADER = [
    "outcome", "first_quarter", "last_quarter", "driver", "option", "rating", "share", "low",
    "high", "n", "differs", "comparable", "note",
]  # fmt: skip


def file_of(page: DriversPage, kind: str) -> HttpResponseBase:
    """What was found as `csv` or `json`; else NotFound, also where there is nothing to tell."""
    finding = None if page.is_hidden else page.finding
    taps = () if page.is_hidden else page.taps
    if kind not in ("csv", "json") or (finding is None and not taps):
        raise NotFound("There is no such file of drivers here.")
    name = f"{page.sight.service.code}-drivers-{page.outcome}-{page.filters.quarter}"
    if kind == "json":
        return json_response(name, _document(page, finding, taps))
    if finding is None or (finding.analysis is None and any(each.analysis for each in taps)):
        return csv_response(name, TAP_HEADER, tap_rows_of(taps))
    return csv_response(name, HEADER, rows_of(finding))


@implements("280.4-f2")
def rows_of(finding: Finding) -> Iterator[list[object]]:
    """A row for each driver, or one that says why there is none."""
    note = " ".join([ASSOCIATION, *(f"Overridden: {each}" for each in finding.overrides)])
    period = [finding.quarters[0], finding.quarters[-1]]
    about = [finding.outcome, finding.measured, *period]
    analysis = finding.analysis
    if analysis is None:
        blank = [""] * (len(HEADER) - len(about) - 2)
        yield [*about, *blank, finding.key, f"{finding.refusal} {note}"]
        return
    for each in finding.drivers:
        found, score = each.found, each.score
        yield [
            *about, each.name, each.construct, each.text,
            round(found.share, 4), *_ends(found.share_low, found.share_high, finding),
            found.rank_low, found.rank_high,
            "" if score.share is None else round(score.share, 4),
            *_ends(score.low, score.high, finding), score.n,
            analysis.n, analysis.complete, round(analysis.r2, 4), each.fix_first,
            finding.key, note,
        ]  # fmt: skip


def _ends(low: float, high: float, finding: Finding | TapFinding) -> tuple[object, object]:
    """The ends of an interval; blank where people chose to answer."""
    return ("", "") if finding.self_selected else (round(low, 4), round(high, 4))


@implements("280.4-f2")
def tap_rows_of(taps: Sequence[TapFinding]) -> Iterator[list[object]]:
    """Two rows for each driver: under low ratings, under high ones; or one that says why not."""
    for finding in taps:
        note = " ".join([ASSOCIATION, *(f"Overridden: {each}" for each in finding.overrides)])
        about = [finding.outcome, finding.quarters[0], finding.quarters[-1]]
        if finding.analysis is None:
            yield [*about, *[""] * 8, finding.key, f"{finding.refusal} {note}"]
            continue
        for each in finding.analysis.drivers:
            differs = {"penalty": "low", "reward": "high"}.get(each.side, "")
            for rating, tapped in (("low", each.under_low), ("high", each.under_high)):
                yield [
                    *about, each.driver, finding.texts[each.driver], rating,
                    round(tapped.share, 4),
                    *_ends(tapped.low, tapped.high, finding), tapped.shown,
                    differs, finding.key, note,
                ]  # fmt: skip


def _document(
    page: DriversPage, finding: Finding | None, taps: Sequence[TapFinding]
) -> dict[str, object]:
    smallest = page.asked.smallest
    unit = page.filters.cut.unit
    return {
        "service": page.sight.service.code,
        "unit": unit.code if unit else "",
        "channel": page.filters.channel,
        "rated": without_margins(document_of(finding, smallest=smallest)) if finding else None,
        "tapped": [without_margins(tap_document_of(each, smallest=smallest)) for each in taps],
        "association": ASSOCIATION,
        "worked_out_at": page.answer.made_at,
    }
