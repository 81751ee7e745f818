"""Which ways do people go? From page to page; before and after a page or step; through a flow.

The ways that most take, and what may be chosen, come from facts; what was chosen, from the lake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.access import least_shown
from cx280.dashboards.queries import paths
from cx280.dashboards.queries.digital import chosen
from cx280.dashboards.queries.paths import Ending, Part, ShownSide
from cx280.dashboards.views.digital_frame import context_of, online
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.pages.written import percent
from cx280.telemetry.queries.answers import NextPage, in_words
from cx280.telemetry.rules.facts import WAYS
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.paths import FINISH, START

AROUND_HEADER = ["away", "what", "visits", "of", "share", "low", "high", "note"]
NEXT_HEADER = ["from", "to", "visits"]
WAYS_HEADER = ["ending", "way", "visits", "of_ending", "share", "low", "high", "note"]
SIDES = {
    -1: "Right before", 1: "Right after", -2: "Two before", 2: "Two after",
    -3: "Three before", 3: "Three after",
}  # fmt: skip


@allow(Capability.SEE_MEASURES)
def ways(request: HttpRequest, code: str) -> HttpResponseBase:
    """From page to page, or around a place; and, of a flow, the ways by how they ended."""
    sight = online(request, code)
    service, smallest = sight.service, least_shown()
    zone = timezone.get_current_timezone_name()
    days = chosen(request.GET.dict(), timezone.localdate(), zone)
    offered = paths.offered(service, request.GET.get("of", ""), days.period, smallest)
    flow, places = offered.flow, [(each, _said(each, name)) for each, name in offered.places]
    place = request.GET.get("at", "")
    place = place if place in dict(places) else ""
    taken = [] if flow or place else paths.taken(service.pk, days.period, smallest)
    n, around = paths.around(service.pk, place, flow, days.period, smallest)
    started, endings = paths.ways(service.pk, flow, days.period, timezone.now(), smallest)
    if wanted := request.GET.get("table"):
        return _file(f"{code}-{flow or 'pages'}", wanted, taken, around, endings)
    filters = [
        days.filter,
        Filter("of", "In", [("", "All pages"), *offered.flows], flow),
        Filter("at", "Around", [("", "every step" if flow else "every page"), *places], place),
    ]
    context = {
        **context_of(sight, "ways", WAYS),
        "days": days,
        "filters": filters,
        "query": urlencode({"days": days.filter.value, "of": flow, "at": place}) + "&",
        "place": dict(places).get(place, place),
        "taken": taken,
        "n": n,
        "sides": [(SIDES[each.away], _named(each, bool(flow))) for each in around if _tells(each)],
        "flow": dict(offered.flows).get(flow, ""),
        "started": started,
        "endings": [_told(each) for each in endings],
        "title": _title(dict(places).get(place, place), around, bool(flow)),
    }
    return render(request, "dashboards/ways.html", context)


def _file(
    name: str, wanted: str, taken: Sequence[NextPage], around: Sequence[ShownSide],
    endings: Sequence[Ending],
) -> HttpResponseBase:  # fmt: skip
    if wanted == "ways":
        return csv_response(f"{name}-ways", WAYS_HEADER, _way_rows(endings))
    if wanted == "next":
        rows = ([each.page, each.next_page, each.visits] for each in taken)
        return csv_response(f"{name}-next", NEXT_HEADER, rows)
    return csv_response(f"{name}-around", AROUND_HEADER, _side_rows(around))


def _said(place: str, name: str) -> str:
    return {START: "the start", FINISH: "the finish"}.get(place, name)


def _words(place: str, of_a_flow: bool) -> str:
    if not of_a_flow or place in paths.NO_PLACES:
        return place
    return place.strip("()").capitalize() if place.startswith("(") else in_words(place)


def _named(side: ShownSide, of_a_flow: bool) -> list[Part]:
    return [Part(_words(each.words, of_a_flow), each.share) for each in side.parts]


def _tells(side: ShownSide) -> bool:
    """Whether it says more than that all visits had begun later, or had gone."""
    return any(each.words not in {paths.LATER, paths.GONE} for each in side.parts)


def _title(place: str, around: Sequence[ShownSide], of_a_flow: bool) -> str:
    """The finding: where most went on to."""
    after = next((each for each in around if each.away == 1), None)
    known = [each for each in after.parts if each.share is not None] if after else []
    if not known:
        return ""
    most = max(known, key=lambda each: each.share.part if each.share else 0)
    share = percent(most.share.share) if most.share else ""
    if most.words == paths.ENDED:
        return f"After {place}, {share} did nothing more"
    return f"From {place}, {share} went on to {_words(most.words, of_a_flow)}"


def _told(ending: Ending) -> dict[str, object]:
    return {
        "words": ending.words,
        "share": ending.share,
        "rest": ending.rest,
        "ways": [
            ([_words(each, True) for each in way.places], way.goes_on, way.share)
            for way in ending.ways
        ],
    }


def _figures(share: Share | None) -> list[object]:
    if share is None:
        return ["", "", "", "", "", "too few to show"]
    ends = [round(value, 4) for value in (share.share, *share.ends)]
    return [share.part, share.n, *ends, ""]


def _side_rows(around: Sequence[ShownSide]) -> Iterator[list[object]]:
    for side in around:
        for each in side.parts:
            yield [side.away, each.words, *_figures(each.share)]


def _way_rows(endings: Sequence[Ending]) -> Iterator[list[object]]:
    for each in endings:
        for way in each.ways:
            said = " > ".join(way.places) + (" > …" if way.goes_on else "")
            yield [each.words, said, *_figures(way.share)]
        if each.rest or each.share is None:
            yield [each.words, "other ways", *_figures(each.rest)]
