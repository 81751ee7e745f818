"""The drivers page: what goes with trust most, how sure that is, and what to look at first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.drivers import DriversPage, drivers_page
from cx280.dashboards.queries.filters import address, filters_of
from cx280.dashboards.rules.driver_words import (
    fix_sentence,
    headline,
    lead_sentence,
    left_out_words,
    period_words,
    question_of,
    rank_words,
    tap_headline,
    tap_lead,
)
from cx280.dashboards.views.driver_files import file_of
from cx280.dashboards.views.service import no_answers
from cx280.measures.access import service_to_measure
from cx280.measures.rules.driver_document import SELF_SELECTED, notes_of
from cx280.measures.rules.drivers import Finding
from cx280.measures.rules.tapped_drivers import TapFinding
from cx280.pages.charts import Chart, Lines, Measured, Pair, Weighed, importance, pairs
from cx280.pages.written import number
from cx280.stats.drivers.taps import TapShare

_OUTCOMES = {"trust": "Trust", "satisfaction": "Satisfaction"}
_PERIODS = {"year": "Four quarters", "quarter": "This quarter only"}
NOTE = (
    "The further right, the more a driver goes with {outcome}. Agree: the share of people "
    "who agree with its statement. {sure}"
)
_SURE = {
    False: "The longer a line through a dot, the less sure.",
    True: "People chose to answer: no dot has a range.",
}


@allow(Capability.SEE_MEASURES)
def drivers(request: HttpRequest, code: str) -> HttpResponseBase:
    """What goes with trust, or satisfaction, in one service, within the filters."""
    sight = service_to_measure(signed_in_person(request), code)
    filters = filters_of(sight, request.GET.dict())
    if filters is None:
        return no_answers(request, sight)
    page = drivers_page(
        sight, filters, request.GET.dict(), settings.CX280_SMALLEST_CELL, timezone.now()
    )
    wanted = request.GET.get("format")
    if wanted:
        return file_of(page, wanted)
    return render(request, "dashboards/drivers.html", _context(page))


def _context(page: DriversPage) -> dict[str, object]:
    filters = page.filters
    return {
        "page": page,
        "sight": page.sight,
        "service": page.sight.service,
        "filters": filters,
        "survey_choices": [(address(each), str(each)) for each in filters.answered],
        "chosen_survey": address(filters.version) if filters.version else "",
        "outcomes": _OUTCOMES,
        "periods": _PERIODS,
        "title": question_of(page.outcome, page.sight.service.name),
        "query": _query(page),
        "other": next(each for each in _OUTCOMES if each != page.outcome),
        "pooled": "&pool=anyway" if page.override else "",
        "smallest": page.asked.smallest,
        "suppressed": page.is_hidden,
        **({} if page.is_hidden else _found(page)),
    }


def _found(page: DriversPage) -> dict[str, object]:
    """What was found out, by either way of asking; the lead is about drivers on a scale first."""
    finding, taps = page.finding, page.taps
    leads = [(finding.analysis is None, lead_sentence(finding))] if finding else []
    leads += [(each.analysis is None, tap_lead(each)) for each in taps]
    leads.sort(key=lambda each: each[0])  # what can be told comes before what cannot
    left_out = [each for one in (finding, *taps) if one for each in one.left_out]
    return {
        "finding": finding,
        "lead": leads[0][1] if leads else "",
        "fix": fix_sentence(finding) if finding and finding.analysis else "",
        "period": period_words(finding.quarters) if finding else "",
        "chart": chart_of(finding) if finding and finding.analysis else None,
        "notes": notes_of(finding) if finding else [],
        "taps": [_tapped(each) for each in taps],
        "overrides": [each for one in (finding, *taps) if one for each in one.overrides],
        "left_out": [left_out_words(each, page.asked.smallest) for each in left_out],
        "can_override": any(each.can_override for each in left_out),
    }


def _tapped(finding: TapFinding) -> dict[str, object]:
    notes = list(finding.analysis.notes) if finding.analysis else []
    return {
        "finding": finding,
        "chart": tap_chart_of(finding) if finding.analysis else None,
        "notes": [*notes, *([SELF_SELECTED] if finding.self_selected else [])],
        "period": period_words(finding.quarters),
    }


def chart_of(finding: Finding) -> Chart:
    """Importance against score, titled with the finding."""
    return importance(
        [
            Weighed(
                label=each.name,
                statement=each.text,
                part=(each.found.share, each.found.share_low, each.found.share_high),
                score=(each.score.share or 0.0, each.score.low, each.score.high),
                n=each.score.n,
                rank=rank_words(each),
                fix_first=each.fix_first,
                bare=finding.self_selected,
            )
            for each in finding.drivers
        ],
        title=headline(finding),
        outcome=finding.outcome,
        lines=Lines(finding.even_part, finding.middle_score),
        note=NOTE.format(outcome=finding.outcome, sure=_SURE[finding.self_selected]),
        key="importance",
    )


def tap_chart_of(finding: TapFinding) -> Chart:
    """The share tapping each driver under low and under high ratings, the widest gap first."""
    analysis = finding.analysis
    rows = [
        Pair(
            finding.texts[each.driver],
            _measured(each.under_low, bare=finding.self_selected),
            _measured(each.under_high, bare=finding.self_selected),
            strong=each.side != "neither",
        )
        for each in (analysis.drivers if analysis else ())
    ]
    return pairs(
        rows,
        ("rated low", "rated high"),
        title=tap_headline(finding),
        note=f"Share who tapped a statement, of those shown it under “{finding.rating}” "
        + (f"{number(analysis.low)} rated low, {number(analysis.high)} high. " if analysis else "")
        + "Bold: chance does not explain the gap.",
        key="taps",
    )


def _measured(tapped: TapShare, *, bare: bool) -> Measured:
    """bare: people chose to answer, so the figure has no interval."""
    if bare:
        return Measured("", tapped.share, n=tapped.shown)
    return Measured("", tapped.share, tapped.low, tapped.high, n=tapped.shown)


def _query(page: DriversPage) -> str:
    """The filters as an address, to stand before another key; an override is never carried on."""
    filters = page.filters
    asked = {
        "quarter": str(filters.quarter),
        "unit": filters.unit.code if filters.unit else "",
        "channel": filters.channel,
        "survey": address(filters.version) if filters.version else "",
    }
    return urlencode({key: value for key, value in asked.items() if value})
