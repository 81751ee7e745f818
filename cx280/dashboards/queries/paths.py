"""Which ways do people go? Places around a page or step, and ways through a flow, as shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import msgspec

from cx280.measures.rules.suppression import suppress_line
from cx280.telemetry.queries.answers import WITHIN
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import paths
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.paths import Neighbour, Side, Way, sides
from cx280.telemetry.rules.periods import Period

MOST_PLACES = 8
OTHER, ENDED, CAME = "other places", "left", "came from elsewhere"
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


def around(
    service: int, place: str, flow: str, period: Period, smallest: int
) -> tuple[int, list[ShownSide]]:
    """How many visits came to the place, and what they did before and after; 0 and [] when too few.

    flow: the flow whose step the place is; "" for a page.
    """
    asked = {"service": service, **period.parameters, "place": place}
    if flow:
        asked["flow"] = flow
    rows = ask(paths.around(of_a_flow=bool(flow)), **asked)
    found = sides(msgspec.convert(rows, list[Neighbour]))
    if not found or found[0].n < smallest:
        return 0, []
    return found[0].n, [_shown(each, smallest) for each in found]


def _shown(side: Side, smallest: int) -> ShownSide:
    """The places most visits were at, the others together, and those that were at none."""
    first, rest = side.places[:MOST_PLACES], side.places[MOST_PLACES:]
    lines = [(each.place, each.visits) for each in first]
    lines += [(OTHER, sum(each.visits for each in rest))] if rest else []
    lines += [(CAME if side.away < 0 else ENDED, side.ended)] if side.ended else []
    hidden = suppress_line([visits for _, visits in lines], smallest).hidden
    parts = [
        Part(words, None if gone else Share(visits, side.n))
        for (words, visits), gone in zip(lines, hidden, strict=True)
    ]
    return ShownSide(side.away, parts)


def ways(
    service: int, flow: str, period: Period, now: datetime, smallest: int
) -> tuple[int, list[Ending]]:
    """How many visits started the flow and had their time, and how they ended, by which ways."""
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
