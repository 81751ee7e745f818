"""The provider page: what one High-Impact Service Provider reported, and how it stands."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow
from cx280.dashboards.queries.compare import Compared, like_services
from cx280.dashboards.queries.providers import Line, ServiceReport, rows_of, service_reports
from cx280.dashboards.views.compare import MEASURES, place_among
from cx280.dashboards.views.government import asked_quarter
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.scores import Share
from cx280.pages.charts import Chart, Point, Series, trend
from cx280.services.models import Hisp


@allow(PUBLIC)
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """How do people rate this provider's services, quarter by quarter?"""
    hisp = Hisp.objects.filter(code=code).select_related("organization").first()
    if hisp is None:
        raise NotFound("There is no provider at this address.", fix="Look at /government/.")
    rows = rows_of(hisp)
    quarters = sorted({Quarter(row.fiscal_year, row.quarter) for row in rows}, reverse=True)
    if not quarters:
        return render(request, "dashboards/provider.html", {"hisp": hisp, "quarters": []})
    quarter = asked_quarter(request, quarters)
    reports = service_reports(rows, quarter, smallest=settings.CX280_SMALLEST_CELL)
    like = {
        measure: like_services(quarter, measure, smallest=settings.CX280_SMALLEST_CELL)
        for measure in MEASURES
    }
    return render(
        request,
        "dashboards/provider.html",
        {
            "hisp": hisp,
            "quarters": quarters,
            "quarter": quarter,
            "reports": [
                {"report": each, "charts": _charts(each), "places": _places(each, like)}
                for each in reports
            ],
            "surveys": sum(len(each.surveys) for each in reports),
        },
    )


def _places(report: ServiceReport, like: dict[str, Compared]) -> list[tuple[str, str, str]]:
    """Each measure with the service's places among like services: value, label, words."""
    found = []
    for measure, label in MEASURES.items():
        for words in place_among(like[measure], report.service):
            found.append((measure, label, words))
    return found


def _charts(report: ServiceReport) -> list[Chart]:
    """Trust and satisfaction over the quarters, each in a picture of its own."""
    return [
        _chart(report, "Trust", "trust", report.trust),
        _chart(report, "Satisfaction", "satisfaction", report.satisfaction),
    ]


def _chart(report: ServiceReport, name: str, colour: str, lines: tuple[Line, ...]) -> Chart:
    """One line for each wording: a change of words starts a new line, never joins the old."""
    colours = [colour, "3", "5"]
    series = [
        Series(f"{name} {index}" if len(lines) > 1 else name, colours[index - 1], _points(line))
        for index, line in enumerate(lines, start=1)
    ]
    words = "; ".join(
        f"{each.name} is {line.words}" for each, line in zip(series, lines, strict=True)
    )
    return trend(
        series,
        title=_title(name, lines),
        note=f"{words}." if words else f"{name} was not asked about.",
        key=f"{report.service.code}-{colour}",
    )


def _title(name: str, lines: tuple[Line, ...]) -> str:
    """The latest share of the wording most people answered."""
    shown = [
        (quarter, share)
        for quarter, share, too_few in (lines[0].points if lines else ())
        if share is not None and share.share is not None and not too_few
    ]
    if not shown:
        return f"{name}: nothing to show yet"
    quarter, share = shown[-1]
    return f"{name} was {round((share.share or 0) * 100)} % in {quarter}"


def _points(line: Line) -> list[Point]:
    return [_point(line, *each) for each in line.points]


def _point(line: Line, quarter: Quarter, share: Share | None, too_few: bool) -> Point:
    if share is None:
        return Point(str(quarter), None, None, None, n=None)
    low, high = (None, None) if quarter in line.self_selected else (share.low, share.high)
    return Point(str(quarter), share.share, low, high, n=share.n, suppressed=too_few)
