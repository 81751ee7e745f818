"""The government page: who reported, who is late, how like services compare."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow, capabilities_of, person_of
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.government import (
    Compared,
    GovernmentQuarter,
    Group,
    Score,
    government_quarter,
    reported_quarters,
)
from cx280.kernel.problem import Problem
from cx280.kernel.quarter import Quarter
from cx280.pages.charts import Chart, Row, intervals
from cx280.pages.downloads import csv_response

_MOST_IN_A_CHART = 25


@allow(PUBLIC)
def government(request: HttpRequest) -> HttpResponseBase:
    """Who reported for a quarter, who is late, and what may be compared with what."""
    quarters = reported_quarters()
    person = person_of(request)
    if not quarters:
        return render(request, "dashboards/government_empty.html")
    quarter = asked_quarter(request, quarters)
    found = government_quarter(quarter, smallest=settings.CX280_SMALLEST_CELL)
    if request.GET.get("format") == "csv":
        return csv_response(f"government-{quarter}", _HEADER, _table(found))
    return render(
        request,
        "dashboards/government.html",
        {
            "found": found,
            "quarters": quarters,
            "quarter": quarter,
            "sees_drivers": person is not None
            and Capability.SEE_MEASURES in capabilities_of(person),
            "trust": _charts(found.trust, "Trust"),
            "satisfaction": _charts(found.satisfaction, "Satisfaction"),
        },
    )


def asked_quarter(request: HttpRequest, quarters: list[Quarter]) -> Quarter:
    """The quarter in the address; the newest when none, or an unreadable one, is given."""
    try:
        return Quarter.parse(request.GET.get("quarter", ""))
    except Problem:
        return quarters[0]


def _charts(compared: Compared, name: str) -> list[dict[str, object]]:
    return [{"chart": _chart(each, name), "group": each} for each in compared.groups]


def _chart(group: Group, name: str) -> Chart:
    """Dots with whiskers, lowest first; the title states only what the intervals separate."""
    rows = [_dot(each) for each in group.scores[:_MOST_IN_A_CHART]]
    shown = [each for each in group.scores if not each.too_few]
    chosen = any(each.self_selected for each in shown)
    spread = "too few answers to show"
    if shown:
        spread = f"{_percent(shown[0])} to {_percent(shown[-1])} agree"
    return intervals(
        rows,
        title=f"{name}: {len(group.scores)} surveys asked the same way, {spread}",
        note=f"They share {group.words}. Dots are shares who agree; lines show how sure we are."
        + (" A dot without a line tells of those who chose to answer." if chosen else ""),
        first_column="Service",
    )


def _dot(score: Score) -> Row:
    share = score.share
    low, high = (None, None) if score.self_selected else (share.low, share.high)
    return Row(score.label, share.share, low, high, n=share.n, suppressed=score.too_few)


def _percent(score: Score) -> str:
    return f"{round((score.share.share or 0) * 100)} %"


_HEADER = [
    "quarter",
    "agency",
    "provider",
    "services",
    "surveys",
    "respondents",
    "findings_that_stop",
    "entered_on",
    "due",
    "late",
]


def _table(found: GovernmentQuarter) -> Iterator[list[object]]:
    for each in found.standings:
        yield [
            str(found.quarter),
            each.agency,
            each.hisp.name,
            each.services,
            each.surveys,
            each.respondents,
            each.faults,
            each.entered_on,
            found.due.due,
            "yes" if each.late else "no",
        ]
