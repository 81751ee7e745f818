"""Which ways do people go? Places around a page or step, and ways through a flow, as shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import msgspec

from cx280.measures.rules.suppression import suppress_line
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries import answers, facts
from cx280.telemetry.queries.answers import FlowsTold, NextPage, in_words
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import paths
from cx280.telemetry.rules.facts import OTHER as OTHER_PAGES
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.local_days import WITHIN
from cx280.telemetry.rules.paths import FINISH, START, Neighbour, Side, Way, sides
from cx280.telemetry.rules.periods import Period

MOST_PLACES = 8
MOST_PAGES = 100  # that may be chosen
OTHER = "other places"
# Of those who are at no place so far away: who were at one nearer by, and who were not even there.
ENDED, GONE = "Went away", "Had gone already"
BEGAN, LATER = "Nothing before that", "Had begun later"
NO_PLACES = frozenset({OTHER, ENDED, GONE, BEGAN, LATER})
ENDINGS = {2: "finished", 0: "went away", 1: "ended in an error"}


@dataclass(frozen=True, slots=True)
class Part:
    """A place, or what else visits did, with its share of those who came; None: too few to show."""

    words: str
    share: Share | None


@dataclass(frozen=True, slots=True)
class ShownSide:
    """What visits did so many places before or after."""

    away: int
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class ShownWay:
    """A way with its share of visits that ended like it."""

    places: tuple[str, ...]
    share: Share
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How visits ended, how many of all who started, and the ways that most of them took.

    rest: visits on ways that are not shown, as a share of this ending; None: too few to show.
    """

    words: str
    share: Share | None
    ways: list[ShownWay]
    rest: Share | None


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen: flows, and places of the flow, or of all pages; each (key, name).

    flow: the one that is chosen, "" for all pages.
    """

    flows: list[tuple[str, str]]
    flow: str
    places: list[tuple[str, str]]


def offered(service: Service, wanted: str, period: Period, smallest: int) -> Offered:
    """Flows on record and those that enough visits started; pages or steps that enough saw."""
    told = answers.flows_told(service.pk, period)
    known = {each.key: each for each in Flow.objects.filter(service=service)}
    seen = [each.thing.flow for each in answers.things(told, smallest)
            if each.thing.started >= smallest]  # fmt: skip
    flows = [(key, each.name) for key, each in known.items()]
    flows += [(key, in_words(key)) for key in seen if key not in known]
    flow = wanted if wanted in dict(flows) else ""
    if not flow:
        return Offered(flows, "", _pages(service.pk, period, smallest))
    return Offered(flows, flow, _steps(told, flow, known.get(flow), smallest))


def _pages(service: int, period: Period, smallest: int) -> list[tuple[str, str]]:
    """The pages that enough visits saw in these days, those of most views first."""
    told = facts.over(service, period.first, period.last, "page", by=facts.KIND)
    return [
        (each.value, each.value)
        for each in told
        if each.kind == "page_view" and each.value not in {"", OTHER_PAGES}
        and each.visits >= smallest
    ][:MOST_PAGES]  # fmt: skip


def _steps(told: FlowsTold, flow: str, known: Flow | None, smallest: int) -> list[tuple[str, str]]:
    """The start, the steps on record and those that enough visits took, the end."""
    names = {str(step): str(name) for step, name in known.steps} if known else {}
    visits: dict[str, int] = {}
    for step in (each for _, day in told.of(flow) for each in day.steps):
        visits[step.step] = visits.get(step.step, 0) + step.visits
    seen = [step for step, n in visits.items() if n >= smallest and step not in names]
    steps = [*names.items(), *((each, in_words(each)) for each in seen)]
    return [(START, START), *steps, (FINISH, FINISH)]


def taken(service: int, period: Period, smallest: int) -> list[NextPage]:
    """The ways from page to page that most visits took."""
    return [each for each in answers.next_pages(service, period) if each.visits >= smallest]


def around(
    service: int, place: str, flow: str, period: Period, smallest: int
) -> tuple[int, list[ShownSide]]:
    """How many visits came to the place, and what they did before and after; 0 and [] for few.

    flow: the flow whose step the place is; "" for a page.
    """
    if not place:
        return 0, []
    asked = {"service": service, **period.parameters, "place": place}
    if flow:
        asked["flow"] = flow
    rows = ask(paths.around(of_a_flow=bool(flow)), **asked)
    found = sides(msgspec.convert(rows, list[Neighbour]))
    if not found or found[0].n < smallest:
        return 0, []
    return found[0].n, [*_shown_sides(found, -1, smallest), *_shown_sides(found, 1, smallest)]


def _shown_sides(found: list[Side], way: int, smallest: int) -> list[ShownSide]:
    """The distances on one side, the nearest first.

    Who is at no place any more is told apart from who was at none before: their difference would
    follow from two distances otherwise.
    """
    shown, gone, is_hidden = [], 0, False
    for side in sorted((each for each in found if each.away * way > 0), key=lambda e: abs(e.away)):
        first, rest = side.places[:MOST_PLACES], side.places[MOST_PLACES:]
        lines = [(each.place, each.visits) for each in first]
        lines += [(OTHER, sum(each.visits for each in rest))] if rest else []
        lines += [(BEGAN if way < 0 else ENDED, side.ended - gone)]
        lines += [(LATER if way < 0 else GONE, gone)]
        hidden = _hidden([visits for _, visits in lines], smallest, known=not is_hidden)
        parts = [
            Part(words, None if at in hidden else Share(visits, side.n))
            for at, (words, visits) in enumerate(lines)
            if visits
        ]
        shown.append(ShownSide(side.away, parts))
        gone, is_hidden = side.ended, bool(hidden & {len(lines) - 1, len(lines) - 2})
    return shown


def _hidden(counts: list[int], smallest: int, *, known: bool) -> set[int]:
    """Which counts to hide, as `suppress_line` does; the last one is known already from the
    distance before, or is hidden with it, so it never hides another."""
    free = counts[:-1]
    hidden = {at for at, n in enumerate(suppress_line(free, smallest).hidden) if n}
    alone = len(hidden) == 1 or (hidden and sum(free[at] for at in hidden) < smallest)
    if alone:
        hidden = {at for at, n in enumerate(free) if n}
    if not known and counts[-1]:
        hidden.add(len(free))
        # What it hides must not follow from the others: one more of them goes with it.
        spare = [at for at, n in enumerate(free) if n and at not in hidden]
        if len(hidden) == 1 and spare:
            hidden.add(min(spare, key=lambda at: free[at]))
    return hidden


def ways(
    service: int, flow: str, period: Period, now: datetime, smallest: int
) -> tuple[int, list[Ending]]:
    """How many visits started the flow and had their time, and how they ended, by which ways."""
    if not flow:
        return 0, []
    settled = min(period.end, now) - WITHIN
    rows = ask(paths.WAYS, service=service, **period.parameters, flow=flow, settled=settled)
    found: dict[int, list[Way]] = {}
    for row in rows:
        named = [str(row[f"place_{at}"]) for at in range(1, paths.LONGEST + 1)]
        counts = [cast(int, row[name]) for name in ("visits", "of_ended", "goes_on")]
        way = Way(tuple(each for each in named if each), counts[0], counts[1], bool(counts[2]))
        found.setdefault(cast(int, row["ended"]), []).append(way)
    totals = {ended: each[0].of for ended, each in found.items()}
    n = sum(totals.values())
    if n < smallest:
        return 0, []
    order = [ended for ended in ENDINGS if ended in totals]
    hidden = suppress_line([totals[ended] for ended in order], smallest).hidden
    return n, [
        _ending(ENDINGS[ended], None if gone else Share(totals[ended], n), found[ended], smallest)
        for ended, gone in zip(order, hidden, strict=True)
    ]


def _ending(words: str, share: Share | None, found: list[Way], smallest: int) -> Ending:
    """The ways that enough visits took; none where the ending itself is hidden."""
    if share is None:
        return Ending(words, None, [], None)
    rest = share.part - sum(each.visits for each in found)
    counts = [*(each.visits for each in found), *([rest] if rest else [])]
    hidden = suppress_line(counts, smallest).hidden
    shown = [
        ShownWay(each.places, Share(each.visits, share.part), each.goes_on)
        for each, gone in zip(found, hidden, strict=False)
        if not gone
    ]
    left = share.part - sum(each.share.part for each in shown)
    return Ending(words, share, shown, Share(left, share.part) if left else None)
