"""What a day of a service was made of: types of events, and the sites that sent them.

The plan asks which types arrived, a flow waits for its first event, a site's page tells when it was
last heard: each is read from these parts, so that none of them opens the lake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from cx280.telemetry.rules.local_days import day_of
from cx280.telemetry.rules.plan import Event
from cx280.telemetry.rules.vocabulary import EventKind

SEEN = "seen"  # the name of the part
MOST_TYPES = 300  # of a day: those with most events are kept


class TypeSeen(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Events of one kind, name, flow and step; what they do not tell is ""."""

    kind: str
    name: str
    flow: str
    step: str
    events: int


class SiteSeen(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Events of one site, by its key; received: the newest, in microseconds since 1970."""

    site: str
    events: int
    received: int


class SeenFacts(msgspec.Struct, array_like=True, frozen=True):
    """One local day of a service; robots are left out."""

    types: tuple[TypeSeen, ...] = ()
    sites: tuple[SiteSeen, ...] = ()


def seen_of(
    types: Iterable[Mapping[str, Any]], sites: Iterable[Mapping[str, Any]]
) -> dict[tuple[int, date], SeenFacts]:
    """By service and day, what the lake answered (`rules.seen`)."""
    of_types: dict[tuple[int, date], list[TypeSeen]] = defaultdict(list)
    of_sites: dict[tuple[int, date], list[SiteSeen]] = defaultdict(list)
    for row in types:
        told = (row["kind"], row["name"], row["flow"], row["step"], int(row["events"]))
        of_types[row["service"], day_of(row["local_day"])].append(TypeSeen(*told))
    for row in sites:
        heard = SiteSeen(row["site"], int(row["events"]), int(row["received"]))
        of_sites[row["service"], day_of(row["local_day"])].append(heard)
    return {of: SeenFacts(tuple(each), tuple(of_sites[of])) for of, each in of_types.items()}


def types_of(days: Iterable[SeenFacts]) -> frozenset[Event]:
    """The types of events of these days; kinds that this version does not know are left out."""
    known = set(EventKind)
    return frozenset(
        Event(each.kind, each.name, each.flow, each.step)
        for day in days
        for each in day.types
        if each.kind in known
    )


def site_of_days(days: Iterable[SeenFacts], site: str) -> SiteSeen | None:
    """One site over several days; None where it sent nothing."""
    told = [each for day in days for each in day.sites if each.site == site]
    if not told:
        return None
    events = sum(each.events for each in told)
    return SiteSeen(site, events, max(each.received for each in told))
