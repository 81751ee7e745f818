"""The service page: what went wrong, where, and why; one filter for all of it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.filters import address, filters_of
from cx280.dashboards.queries.service import ServicePage, service_page
from cx280.dashboards.rules.driver_words import headline
from cx280.dashboards.rules.headlines import AMONG, how_sure, title_of, units_title
from cx280.dashboards.views import service_charts
from cx280.dashboards.views.service_tables import table_named
from cx280.measures.access import Sight, service_to_measure
from cx280.measures.rules.basis import gives_interval, what_interval_means
from cx280.measures.rules.comparability import wording_words
from cx280.pages.downloads import csv_response
from cx280.pages.written import number, percent
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import Survey


@allow(Capability.SEE_MEASURES)
def service(request: HttpRequest, code: str) -> HttpResponseBase:
    """Trust, satisfaction, drivers, offices and comments of one service in one quarter."""
    sight = service_to_measure(signed_in_person(request), code)
    filters = filters_of(sight, request.GET.dict())
    if filters is None:
        return no_answers(request, sight)
    page = service_page(sight, filters, settings.CX280_SMALLEST_CELL, timezone.localdate())
    wanted = request.GET.get("table")
    if wanted:
        file = table_named(wanted, page)
        return csv_response(f"{code}-{file.name}-{page.quarter}", file.header, file.rows)
    return render(request, "dashboards/service.html", _context(request, page))


def no_answers(request: HttpRequest, sight: Sight) -> HttpResponseBase:
    """What a page says before anybody answered, and the way forward."""
    surveys = Survey.objects.filter(service=sight.service).order_by("title")
    context = {
        "sight": sight,
        "service": sight.service,
        "open": [each for each in surveys if each.state == Survey.State.OPEN],
        "drafts": [each for each in surveys if each.state == Survey.State.DRAFT],
    }
    return render(request, "dashboards/no_answers.html", context)


def _context(request: HttpRequest, page: ServicePage) -> dict[str, object]:
    trust = page.moved("trust")
    service = page.sight.service
    so_far = page.quarter >= page.running
    return {
        "page": page,
        "sight": page.sight,
        "service": service,
        "filters": page.filters,
        "survey_choices": [(address(each), str(each)) for each in page.filters.answered],
        "chosen_survey": address(page.filters.version) if page.filters.version else "",
        "title": title_of(
            _subject(page), "Trust", trust, page.moved("trust", in_a_year=True), so_far=so_far
        ),
        "lead": _lead(page),
        "stats": _stats(page),
        "trend": service_charts.trend_chart(page),
        "breaks": [
            {"outcome": outcome, "at": each}
            for outcome, trend in page.trends.items()
            for each in trend.breaks
        ],
        "apart": _apart(page),
        "answers": service_charts.answer_charts(page),
        "choices": service_charts.choice_charts(page),
        "drivers": service_charts.driver_chart(page),
        "driving": f"{headline(page.driving)}." if page.driving and page.driving.analysis else "",
        "taps": service_charts.tap_charts(page),
        "units": service_charts.units_chart(page.units, page.smallest) if page.units else None,
        "query": _query(request),
        "so_far": so_far,
        "meaning": what_interval_means(page.basis),
        "chose": not gives_interval(page.basis),
        "key": _key(page),
    }


def _subject(page: ServicePage) -> str:
    """What the title is about: the service, and the part of it that is looked at."""
    filters = page.filters
    unit = filters.unit or page.sight.unit
    said = page.sight.service.name
    if unit is not None:
        said += f" at {unit.name}"
    if filters.channel:
        said += f" ({Channel.of(filters.channel).label.lower()})"
    return said


def _lead(page: ServicePage) -> str:
    trust = page.moved("trust")
    said = [how_sure(trust, page.quarter)] if trust else []
    if page.below:
        said.append(f"{units_title(page.below)}{'' if gives_interval(page.basis) else AMONG}.")
    if page.sight.unit is not None:
        said.append(f"You see what was answered about {page.sight.unit.name}.")
    return " ".join(said)


def _stats(page: ServicePage) -> list[dict[str, object]]:
    return [
        _outcome(page, "trust", "Trust"),
        _outcome(page, "satisfaction", "Satisfaction"),
        _answers(page),
        _finished(page),
    ]


def _outcome(page: ServicePage, outcome: str, label: str) -> dict[str, object]:
    now = page.moved(outcome)
    if now is None or now.share.share is None:
        asked = page.trends[outcome].points
        return {
            "label": label,
            "value": "–",
            "sure": "Too few answers to show." if asked else "Not asked, or nobody answered.",
            "tone": outcome,
        }
    return {
        "label": label,
        "value": percent(now.share.share),
        "sure": now.share.sure,
        "change": now.change,
        "direction": now.direction,
        "tone": outcome,
    }


def _answers(page: ServicePage) -> dict[str, object]:
    rate = page.now.rate
    if page.is_hidden:
        return {"label": "Answers", "value": f"under {page.smallest}", "sure": "Too few to show."}
    if rate.rate is None:
        sure = "Response rate not computable."
    else:
        sure = f"{percent(rate.rate)} of {number(rate.offered)} people asked"
    return {"label": "Answers", "value": number(page.now.completed), "sure": sure}


def _finished(page: ServicePage) -> dict[str, object]:
    """The share of those who began that sent their answers, or the time it took."""
    started, completed = page.now.started, page.now.completed
    if page.is_hidden:
        return {"label": "Time to answer", "value": "–", "sure": "Too few to show."}
    if started and started >= completed:
        return {
            "label": "Finished",
            "value": percent(completed / started),
            "sure": f"of {number(started)} who started",
        }
    if page.now.median_seconds is None:
        return {"label": "Time to answer", "value": "–", "sure": "Not measured."}
    return {
        "label": "Time to answer",
        "value": _duration(page.now.median_seconds),
        "sure": f"9 of 10 took at most {_duration(page.now.p90_seconds or 0)}",
    }


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{round(seconds)} s"
    return f"{number(seconds / 60, 1)} min"


def _apart(page: ServicePage) -> list[dict[str, object]]:
    """What was measured otherwise in this quarter, told beside the trend."""
    return [
        {"outcome": outcome, "point": point, "words": wording_words(point.key)}
        for outcome, trend in page.trends.items()
        for point in trend.apart
        if point.quarter == page.quarter and page.shows(point)
    ]


def _key(page: ServicePage) -> list[dict[str, object]]:
    """How each outcome was asked in this quarter, for “How we know”."""
    found: list[dict[str, object]] = []
    for outcome, trend in page.trends.items():
        point = trend.at(page.quarter)
        if point is not None:
            shown = page.shows(point)
            found.append(
                {
                    "outcome": outcome,
                    "text": point.text,
                    "words": wording_words(point.key),
                    "mean": point.mean if shown else None,
                    "n": point.share.n if shown else None,
                }
            )
    return found


def _query(request: HttpRequest) -> str:
    """The filters of the address, to stand before another key."""
    kept = request.GET.copy()
    for key in ("table", "page"):
        kept.pop(key, None)
    return f"{kept.urlencode()}&" if kept else ""
