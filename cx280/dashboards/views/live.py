"""What is happening now: as much as can be told without telling of few people."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.views.digital import _context, _website
from cx280.pages import charts
from cx280.pages.charts import Chart, duration
from cx280.pages.downloads import csv_response
from cx280.pages.written import number
from cx280.telemetry.queries import answers
from cx280.telemetry.queries.arrivals import Arrivals, arrivals
from cx280.telemetry.rules.arrivals import in_words

HEADER = ["from", "minutes", "events", "visits"]


@allow(Capability.SEE_MEASURES)
def live(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is happening now?"""
    sight, now = _website(request, code), timezone.now()
    came = arrivals(sight.service.pk, now)
    if request.GET.get("table"):
        return csv_response(f"{code}-live", HEADER, rows_of(came))
    found = answers.live(sight.service.pk, now)
    context = {
        **_context(sight, "live"),
        "found": found,
        "sites": [
            (
                each,
                _ago(each.received, now, few=came.total.is_few),
                _so_far(each.events, few=came.total.is_few),
            )
            for each in found.sites
        ],
        "newest": _ago(found.newest, now, few=came.total.is_few) if found.newest else "",
        "came": came,
        "visits": in_words(came.total.visits),
        "events": "" if came.total.is_few else number(came.total.events),
        "chart": steps_chart(came) if came.steps else None,
        "follow": bool(request.GET.get("follow")),
        "clock": timezone.localtime(now),
    }
    return render(request, "dashboards/live.html", context)


def steps_chart(came: Arrivals) -> Chart:
    """Events by step of time that is over."""
    minutes = came.seconds // 60
    every = "minute" if minutes == 1 else f"{minutes} minutes"
    points = [
        charts.Point(f"{timezone.localtime(at):%-H:%M}", each.events) for at, each in came.steps
    ]
    return charts.trend(
        [charts.Series("Events", "1", points)],
        title="Events by minute" if minutes == 1 else f"Events in each {every}",
        note="Page views, clicks, steps and errors, up to the last full "
        f"{every}. A time is told only where five visits came or none.",
        unit=charts.COUNT,
        first_column="From",
        key="minutes",
    )


def rows_of(came: Arrivals) -> list[list[object]]:
    """The steps as a file has them; one row without a figure where they would tell of few."""
    if not came.steps:
        return [["", came.seconds // 60, "", in_words(came.total.visits)]]
    return [
        [timezone.localtime(at).isoformat(), came.seconds // 60, each.events, each.visits]
        for at, each in came.steps
    ]


def _so_far(events: int, *, few: bool) -> str:
    """The count; of few people now by tens only, so that it does not tell of each as it rises."""
    if not few:
        return in_words(events)
    return f"over {number(events // 10 * 10)}" if events > 10 else "up to 10"


def _ago(at: datetime, now: datetime, *, few: bool) -> str:
    """`8 s ago`, `2.0 h ago`, `3 days ago`; of few people not to the second."""
    seconds = max((now - at).total_seconds(), 0.0)
    if few and seconds < 3600:
        return "within the hour"
    if seconds < 2 * 86_400:
        return f"{duration(seconds)} ago"
    return f"{number(seconds / 86_400)} days ago"
