"""One service: how was it for people like me?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow
from cx280.kernel.problem import NotFound
from cx280.opendata import charts, queries
from cx280.opendata.cards import large_figure, lines_through
from cx280.opendata.queries import Wanted
from cx280.opendata.rules.headline import when
from cx280.opendata.rules.published import Published
from cx280.pages.caching import same_for_everybody
from cx280.reporting.rules.content import SurveyReport


@same_for_everybody
@allow(PUBLIC)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Trust and satisfaction over the quarters, then the latest quarter question by question."""
    reports = queries.published(Wanted(service=code))
    if not reports:
        raise NotFound(
            "Nothing is published about this service yet.",
            fix="Look for another service, or come back after the quarter’s due date.",
        )
    shown = _asked_for(request, reports)
    latest = shown.content
    lines = lines_through(reports)
    context = {
        "latest": shown,
        "content": latest,
        "when": when(shown.quarter),
        "figures": [large_figure(each) for each in lines],
        "over_time": charts.over_time(lines, latest.service.name) if lines else None,
        "breaks": [(line, step) for line in lines for step in line.breaks],
        "asks_confidence": any(each.construct == "confidence" for each in lines),
        "asked": [charts.answers_of(each) for each in latest.surveys],
        "opened": max(latest.surveys, key=_answers).code if latest.surveys else "",
        "quarters": [(each, queries.by_quarter([each])[0]) for each in reversed(reports)],
        "corrections": [
            each for each in queries.releases(Wanted(service=code)) if each.replaces is not None
        ],
        "smallest": settings.CX280_SMALLEST_CELL,
        "messages": (),
    }
    return render(request, "opendata/service.html", context)


def _asked_for(request: HttpRequest, reports: list[Published]) -> Published:
    """The quarter that `quarter` names, as FY2022-Q2; the latest when it names none."""
    written = request.GET.get("quarter", "").replace("-", " ")
    return next((each for each in reports if each.content.quarter == written), reports[-1])


def _answers(survey: SurveyReport) -> int:
    return survey.volumes.respondents or 0
