"""Which ways do people go? Before and after a page or step, and whole ways through a flow."""

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
from cx280.dashboards.queries.digital import Chosen, chosen
from cx280.dashboards.queries.paths import Ending, Part, ShownSide
from cx280.dashboards.views.digital_frame import context_of, online
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.pages.written import percent
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.answers import in_words
from cx280.telemetry.queries.exploring import explored
from cx280.telemetry.rules.exploring import Choice
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.paths import FINISH, START

AROUND_HEADER = ["away", "what", "visits", "of", "share", "low", "high", "note"]
WAYS_HEADER = ["ending", "way", "visits", "of_ending", "share", "low", "high", "note"]
SIDES = {
    -1: "Right before", 1: "Right after", -2: "Two before", 2: "Two after",
    -3: "Three before", 3: "Three after",
}  # fmt: skip


@allow(Capability.SEE_MEASURES)
def ways(request: HttpRequest, code: str) -> HttpResponseBase:
    """Around a place; and, of a flow, the ways that most visits took, by how they ended."""
    sight = online(request, code)
    service, smallest = sight.service, least_shown()
    zone = timezone.get_current_timezone_name()
    days = chosen(request.GET.get("days", ""), timezone.localdate(), zone)
    flows = _flows(service, days, smallest)
    flow = request.GET.get("of", "")
    flow = flow if flow in dict(flows) else ""
    places = _places(service, flow, days, smallest)
    place = request.GET.get("at", "")
    place = place if place in dict(places) else (places[0][0] if places else "")
    n, around = paths.around(service.pk, place, flow, days.period, smallest)
    started, endings = paths.ways(service.pk, flow, days.period, timezone.now(), smallest)
    wanted = request.GET.get("table")
    if wanted == "ways":
        return csv_response(f"{code}-{flow}-ways", WAYS_HEADER, _way_rows(endings))
    if wanted:
        return csv_response(f"{code}-around", AROUND_HEADER, _side_rows(around))
    filters = [
        days.filter,
        Filter("of", "In", [("", "All pages"), *flows], flow),
        Filter("at", "Around", places or [("", "nothing yet")], place),
    ]
    context = {
        **context_of(sight, "ways"),
        "days": days,
        "filters": filters,
        "query": urlencode({"days": days.filter.value, "of": flow, "at": place}) + "&",
        "place": dict(places).get(place, place),
        "n": n,
        "sides": [(SIDES[each.away], _named(each, bool(flow))) for each in around],
        "flow": dict(flows).get(flow, ""),
        "started": started,
        "endings": [_told(each) for each in endings],
        "title": _title(dict(places).get(place, place), around, bool(flow)),
    }
    return render(request, "dashboards/ways.html", context)


def _flows(service: Service, days: Chosen, smallest: int) -> list[tuple[str, str]]:
    known = {each.key: each.name for each in Flow.objects.filter(service=service)}
    seen = _values(service, days, Choice(by="flow"), smallest)
    keys = [*known, *(each for each in seen if each and each not in known)]
    return [(key, known.get(key) or in_words(key)) for key in keys]


def _values(service: Service, days: Chosen, choice: Choice, smallest: int) -> list[str]:
    """The values that enough visits told in these days, most first."""
    asked = Choice("visits", choice.by, "whole", choice.kind, choice.name, choice.only,
                   days.period.first, days.period.last)  # fmt: skip
    found = explored(service.pk, asked, smallest).cells
    return [each.value for each in found if each.value and not each.hidden]


def _places(service: Service, flow: str, days: Chosen, smallest: int) -> list[tuple[str, str]]:
    """What one may look around: pages, or the start, steps and end of a flow."""
    if not flow:
        pages = _values(service, days, Choice(by="page", kind="page_view"), smallest)
        return [(each, each) for each in pages]
    known = Flow.objects.filter(service=service, key=flow).first()
    names = {str(step): str(name) for step, name in known.steps} if known else {}
    only = (("flow", flow),)
    seen = _values(service, days, Choice(by="step", kind="other", name="step", only=only), smallest)
    steps = [*names, *(each for each in seen if each not in names)]
    return [
        (START, "the start"),
        *((each, names.get(each) or in_words(each)) for each in steps),
        (FINISH, "the finish"),
    ]


def _words(place: str, of_a_flow: bool) -> str:
    if not of_a_flow or place in paths.NO_PLACES:
        return place
    return place.strip("()").capitalize() if place.startswith("(") else in_words(place)


def _named(side: ShownSide, of_a_flow: bool) -> list[Part]:
    return [Part(_words(each.words, of_a_flow), each.share) for each in side.parts]


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
