"""The page of imported counts: what did the government's own analytics say?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.lake.counts import CountRow
from cx280.pages.charts import Chart, Table
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.telemetry.queries.imported import SiteSeen, counts_of, sites_with_counts
from cx280.telemetry.views.imported_charts import in_time, over_spans, usual_metric

_HEADER = ("site", *CountRow._fields[1:])


@allow(Capability.SEE_TELEMETRY)
def imported(request: HttpRequest) -> HttpResponseBase:
    """A report of a site over time with its table; what has no place in time stands below."""
    known = sites_with_counts(signed_in_person(request))
    sites = known.sites
    if not sites:
        return render(request, "telemetry/imported_empty.html")
    site, reports = _asked_site(request, sites)
    report = _asked(request, "report", reports)
    if request.GET.get("format") == "csv":
        return csv_response(f"{site.key}-{report}", _HEADER, counts_of(site.key, report))
    drawn = _drawn(known.stamp, site.key, report, request.GET.get("metric", ""))
    context = {
        "site": site,
        "report": report,
        "metric": drawn.metric,
        "filters": [
            Filter("site", "Site", [(each.key, each.name) for each, _ in sites], site.key),
            Filter("report", "Report", [(each, each) for each in reports], report),
            Filter(
                "metric", "Counted", [(each, _plain(each)) for each in drawn.metrics], drawn.metric
            ),
        ],
        "chart": drawn.chart,
        "spans": drawn.spans,
        "csv": "?" + urlencode({"site": site.key, "report": report, "format": "csv"}),
    }
    return render(request, "telemetry/imported.html", context)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A report as the page shows it."""

    metrics: list[str]
    metric: str
    chart: Chart | None
    spans: list[tuple[str, Table, int]]


@lru_cache(maxsize=16)
def _drawn(_stamp: str, site: str, report: str, asked: str) -> _Drawn:
    """One metric of a report; read and drawn anew only when something was imported."""
    rows = counts_of(site, report)
    metrics = sorted({each.metric for each in rows})
    metric = asked if asked in metrics else usual_metric(rows)
    mine = [each for each in rows if each.metric == metric]
    return _Drawn(metrics, metric, in_time(mine, report=report, metric=metric), over_spans(mine))


def _asked_site(
    request: HttpRequest, sites: list[tuple[SiteSeen, list[str]]]
) -> tuple[SiteSeen, list[str]]:
    asked = request.GET.get("site") or sites[0][0].key
    for site, reports in sites:
        if site.key == asked:
            return site, reports
    raise NotFound("There is no such site, or it is not one of yours.")


def _asked(request: HttpRequest, name: str, known: list[str]) -> str:
    """The report in the address; the first one where it names none of these.

    Changing the site keeps the rest of the form, so a report of the last site is no mistake.
    """
    asked = request.GET.get(name, "")
    return asked if asked in known else known[0]


def _plain(metric: str) -> str:
    return metric.replace("_", " ")
