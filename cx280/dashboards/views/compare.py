"""The comparison page: how do like services compare, and which must not be compared?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow
from cx280.dashboards.queries.compare import (
    Asked,
    Compared,
    LikeServices,
    like_services,
    pairs,
)
from cx280.dashboards.queries.government import reported_quarters
from cx280.dashboards.views.government import asked_quarter
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.ranking import place_words
from cx280.pages import written
from cx280.pages.charts import Chart, Row, intervals
from cx280.pages.downloads import csv_response
from cx280.services.models import Service

MEASURES = {"trust": "Trust", "satisfaction": "Satisfaction"}
_MOST_IN_A_CHART = 25


@allow(PUBLIC)
def compare(request: HttpRequest) -> HttpResponseBase:
    """Services of one type asked the same way, with the places each may have."""
    quarters = reported_quarters()
    if not quarters:
        return render(request, "dashboards/government_empty.html")
    quarter = asked_quarter(request, quarters)
    measure = request.GET.get("measure", "trust")
    if measure not in MEASURES:
        raise NotFound("Services are compared on trust or on satisfaction.")
    found = like_services(quarter, measure, smallest=settings.CX280_SMALLEST_CELL)
    if request.GET.get("format") == "csv":
        return csv_response(f"compare-{measure}-{quarter}", _HEADER, _table(found, quarter))
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    context = {
        "quarters": quarters,
        "quarter": quarter,
        "measure": measure,
        "measures": MEASURES,
        "name": MEASURES[measure],
        "found": found,
        "compared": sum(len(each.rows) for each in found.groups),
        "groups": [{"group": each, "chart": _chart(each, MEASURES[measure], place),
                    "common": _common_words(each)} for place, each in enumerate(found.groups)],
        "services": _choices(found),
        "one": one,
        "other": other,
        "pairs": pairs(found, one, other) if one and other else [],
        "smallest": settings.CX280_SMALLEST_CELL,
        "query": urlencode({"quarter": quarter, "measure": measure, "format": "csv"}),
    }  # fmt: skip
    return render(request, "dashboards/compare.html", context)


def _choices(found: Compared) -> list[Service]:
    """Every service asked in the quarter, by name."""
    by_code = {each.service.code: each.service for each in found.everything}
    return sorted(by_code.values(), key=lambda each: each.name)


def _chart(group: LikeServices, name: str, place: int) -> Chart:
    """Dots with whiskers, highest first; the title states only what the places separate."""
    names = Counter(asked.service.name for asked, _ in group.rows)
    rows = [
        _row(asked, asked.label if names[asked.service.name] > 1 else asked.service.name)
        for asked, _ in group.rows[:_MOST_IN_A_CHART]
    ]
    return intervals(
        rows,
        title=_finding(group, name),
        note=f"Services {group.kind}. All were asked the same way: {group.words}. Dots are shares"
        " who agree; lines show how sure we are.",
        first_column="Service",
        key=f"like-{place}",
    )


def _row(asked: Asked, name: str) -> Row:
    share, rated = asked.rated.share, asked.rated
    low, high = share.ends
    return Row(name, share.share, low, high, n=share.n, suppressed=rated.too_few)


def _finding(group: LikeServices, name: str) -> str:
    """What is certain about the places: the first, else the last, else nothing."""
    ranked = group.ranked
    if len(ranked) < 2:
        return f"{name}: {len(group.rows)} services asked the same way, none of them ranked"
    first, last = ranked[0], ranked[-1]
    if first[1].rank and first[1].rank.worst == 1:
        return f"{name}: {first[0].service.name} is 1st of {len(ranked)} like services"
    if last[1].rank and last[1].rank.best == len(ranked):
        return f"{name}: {last[0].service.name} is last of {len(ranked)} like services"
    if all(placed.rank and placed.rank.tells_nothing for _, placed in ranked):
        return f"{name}: too close to put {len(ranked)} like services in order"
    return f"{name}: {len(ranked)} like services, and only part of their order is sure"


def _common_words(group: LikeServices) -> str:
    """What like services have in common, in one sentence; "" for fewer than three."""
    common = group.common
    if common is None:
        return ""
    level = common.coefficients[0]
    spread = round(100 * common.tau_squared**0.5)
    beyond = (
        "They differ no more than chance would make them."
        if spread == 0
        else f"Beyond chance they differ by about {spread} {'point' if spread == 1 else 'points'}."
    )
    sure = written.between((max(0.0, level.low), min(1.0, level.high)))
    agree = f"At the typical service of this list {written.percent(level.value)} agree"
    return f"{agree} ({sure}). {beyond}"


_HEADER = [
    "quarter", "group", "type", "service", "service_code", "provider", "asked", "share", "low",
    "high", "n", "place_best", "place_worst", "of", "note", "key",
]  # fmt: skip


def _table(found: Compared, quarter: Quarter) -> Iterator[list[object]]:
    for number, group in enumerate(found.groups, start=1):
        for asked, placed in group.rows:
            rank = placed.rank
            note = "" if rank else placed.words
            places = [rank.best, rank.worst, rank.of] if rank else [None, None, None]
            yield [*_cells(asked, quarter, number, group.kind), *places, note, _key(asked)]
    for each in found.alone:
        cells = _cells(each.asked, quarter, None, each.asked.service.service_type)
        yield [*cells, None, None, None, each.reason, _key(each.asked)]


def _key(asked: Asked) -> str:
    return asked.rated.key.written


def _cells(asked: Asked, quarter: Quarter, number: int | None, kind: str) -> list[object]:
    rated = asked.rated
    start: list[object] = [str(quarter), number, kind, asked.service.name, asked.service.code]
    start += [asked.provider, "self-selected" if rated.self_selected else "asked"]
    if rated.too_few or rated.share.share is None:
        return [*start, None, None, None, None]
    rounded = [None if each is None else round(each, 4) for each in rated.share.ends]
    return [*start, round(rated.share.share, 4), *rounded, rated.share.n]


def place_among(found: Compared, service: Service) -> list[str]:
    """`3rd to 7th of 12`, once for each way a service was asked."""
    return [
        place_words(placed.rank)
        for _, placed in found.places_of(service)
        if placed.rank is not None
    ]
