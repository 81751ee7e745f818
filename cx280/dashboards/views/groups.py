"""By channel and language: do people get the same, however they come?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.filters import filters_of
from cx280.dashboards.views.service import no_answers
from cx280.dashboards.views.units import OUTCOMES
from cx280.kernel.problem import NotFound
from cx280.measures.access import service_to_measure
from cx280.measures.queries.groups import GroupsCompared, groups_compared
from cx280.measures.rules.gaps import NOT_ESTIMABLE, Gap, Way, widest
from cx280.measures.rules.scores import Share
from cx280.pages import written
from cx280.pages.charts import Chart, Row, intervals
from cx280.pages.downloads import csv_response
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.rules.labels import LANGUAGE_NAMES


@allow(Capability.SEE_MEASURES)
def groups(request: HttpRequest, code: str) -> HttpResponseBase:
    """One measure of a service by channel and by language, with gaps to the largest group."""
    sight = service_to_measure(signed_in_person(request), code)
    if sight.unit is not None:
        raise NotFound("You see one office of this service; groups are those of all of it.")
    filters = filters_of(sight, {"quarter": request.GET.get("quarter", "")})
    if filters is None:
        return no_answers(request, sight)
    outcome = request.GET.get("outcome", "trust")
    if outcome not in OUTCOMES:
        raise NotFound("Groups are compared on trust or on satisfaction.")
    found = groups_compared(
        sight.service,
        filters.quarter,
        outcome,
        smallest=settings.CX280_SMALLEST_CELL,
        versions=filters.versions,
    )
    if request.GET.get("table"):
        return csv_response(f"{code}-groups-{outcome}-{filters.quarter}", _HEADER, _rows(found))
    context = {
        "sight": sight,
        "service": sight.service,
        "filters": filters,
        "found": found,
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "title": f"{_finding(found, OUTCOMES[outcome])}: {sight.service.name}",
        "ways": [_way(found, way, OUTCOMES[outcome]) for way in found.gaps],
        "languages": [_name(Way.LANGUAGE, each) for each in found.table.languages],
        "table": _table(found),
        "smallest": settings.CX280_SMALLEST_CELL,
        "query": urlencode({"quarter": filters.quarter, "outcome": outcome, "table": "groups"}),
    }
    return render(request, "dashboards/groups.html", context)


def _name(way: Way, value: str) -> str:
    """The channel or language as people call it."""
    if way is Way.LANGUAGE:
        return LANGUAGE_NAMES.get(value, value) or "not recorded"
    known = value in {each.value for each in Channel}
    return Channel.of(value).label if known else value or "not recorded"


def _finding(found: GroupsCompared, name: str) -> str:
    """The widest gap that is certain, in words; else that none is."""
    if found.total is None:
        return f"{name} by channel and language"
    wide = widest(found.gaps)
    if wide is None:
        sure = "no margin of error applies" if found.self_selected else "no group stands apart"
        return f"{name} by channel and language: {sure}"
    way, gap = wide
    assert gap.difference is not None  # noqa: S101 - a certain gap has a difference
    largest = next(each.group for each in found.gaps[way] if each.is_largest)
    points = abs(gap.difference.points)
    return (
        f"{name} is {points} {'point' if points == 1 else 'points'} "
        f"{'lower' if gap.difference.difference < 0 else 'higher'} "
        f"{_among(way, gap.group)} than {_among(way, largest)}"
    )


_PREPOSITIONS = {
    "website": "on the website",
    "in_person": "in person",
    "phone": "by phone",
    "automated_phone": "by automated phone",
    "email": "by email",
    "paper": "on paper",
    "postal_mail": "by mail",
    "mobile_app": "in the app",
    "live_chat": "in live chat",
    "self_service_kiosk": "at a kiosk",
    "sms_text_messages": "by text message",
}


def _among(way: Way, group: str) -> str:
    if way is Way.LANGUAGE:
        return f"in {_name(way, group)}"
    return _PREPOSITIONS.get(group, f"with {_name(way, group)}")


def _way(found: GroupsCompared, way: Way, name: str) -> dict[str, object]:
    rows = found.gaps[way]
    return {
        "way": way.value,
        "chart": _chart(rows, way, name),
        "rows": [
            {
                "name": _name(way, each.group),
                "gap": each,
                "words": _gap_words(each),
                "rate": found.rates.get(each.group) if way is Way.CHANNEL else None,
            }
            for each in rows
        ],
    }


def _chart(rows: Sequence[Gap], way: Way, name: str) -> Chart:
    return intervals(
        [_row(each, way) for each in rows],
        title=f"{name} by {way.value}",
        note="Dots are shares who agree; lines show how sure we are. Largest group first.",
        first_column=way.value.title(),
        key=f"by-{way.value}",
    )


def _row(gap: Gap, way: Way) -> Row:
    name, share = _name(way, gap.group), gap.share
    if share is None:
        return Row(name, suppressed=True)
    low, high = share.ends
    return Row(name, share.share, low, high, n=share.n)


def _gap_words(gap: Gap) -> str:
    """`12 points lower, between 5 and 19 lower`, or why there is no gap to tell."""
    if gap.is_largest:
        return "the largest group: others are held against it"
    if gap.difference is None:
        return NOT_ESTIMABLE
    change = written.points(gap.difference.difference)
    said = change.replace("up ", "+").replace("down ", written.MINUS)
    if gap.self_selected:
        return f"{said}; no margin of error, people chose to answer"
    low, high = (round(100 * each) for each in (gap.difference.low, gap.difference.high))
    sure = f"between {low:+d} and {high:+d} points".replace("-", written.MINUS)
    return f"{said}, {sure}" + ("" if gap.is_certain else ": chance alone may do that")


def _table(found: GroupsCompared) -> list[dict[str, object]]:
    """Channel by language with all totals, as words."""
    return [
        {
            "name": _name(Way.CHANNEL, channel) if channel else "All channels",
            "cells": [
                (name, _cell(found.table.share(channel, language)))
                for language, name in [
                    *((each, _name(Way.LANGUAGE, each)) for each in found.table.languages),
                    ("", "All languages"),
                ]
            ],
        }
        for channel in (*found.table.channels, "")
    ] if found.has_answers else []  # fmt: skip


def _cell(share: Share | None) -> str:
    if share is None:
        return "too few to show"
    if not share.n:
        return "nobody"
    return f"{written.percent(share.share)} of {written.number(share.n)}"


_HEADER = ["channel", "language", "share", "low", "high", "n", "gap", "gap_low", "gap_high", "note"]


def _rows(found: GroupsCompared) -> Iterator[list[object]]:
    """Every cell and total; gaps stand beside the totals of a channel or a language."""
    told = {("channel", each.group): each for each in found.gaps.get(Way.CHANNEL, [])}
    told |= {("language", each.group): each for each in found.gaps.get(Way.LANGUAGE, [])}
    for channel in (*found.table.channels, ""):
        for language in (*found.table.languages, ""):
            gap = None
            if bool(channel) != bool(language):
                gap = told.get(("channel", channel) if channel else ("language", language))
            share = found.table.share(channel, language) if found.has_answers else None
            yield [channel or "all", language or "all", *_numbers(share), *_gap_cells(gap)]


def _numbers(share: Share | None) -> list[object]:
    if share is None or share.share is None:
        return [None, None, None, 0 if share else None]
    numbers = (share.share, *share.ends)
    return [*(None if each is None else round(each, 4) for each in numbers), share.n]


def _gap_cells(gap: Gap | None) -> list[object]:
    if gap is None:
        return [None, None, None, ""]
    if gap.difference is None:
        return [None, None, None, "largest group" if gap.is_largest else NOT_ESTIMABLE]
    sure = [None, None] if gap.self_selected else [gap.difference.low, gap.difference.high]
    numbers = (gap.difference.difference, *sure)
    return [*(None if each is None else round(each, 4) for each in numbers), ""]
