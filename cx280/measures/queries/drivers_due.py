"""Which results about drivers have to be worked out: two readings for a whole service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from cx280.agencies.models import Organization
from cx280.measures.models import DriverResult, PatternFact
from cx280.measures.queries.cuts import Cut
from cx280.measures.queries.drivers import GOOD_FOR
from cx280.measures.queries.patterns import A_YEAR, Period, Question, named, question_of
from cx280.measures.queries.places import places
from cx280.measures.rules.patterns import OUTCOMES, parts_digest
from cx280.services.models import Service

Stored = Mapping[tuple[int | None, str, date, int, str], tuple[str, datetime]]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What is known of the patterns of a place without reading them."""

    version: str
    starts_on: date
    unit: int | None
    channel: str
    digest: str


def questions_due(service: Service, now: datetime, smallest: int) -> Iterator[tuple[Question, str]]:
    """What pages will ask of a service and nobody has answered yet, each with its digest.

    The whole service for every quarter, alone and with the three before it; each office and each
    channel for the newest year. Newest first.
    """
    patterns = [
        _Patterns(*row)
        for row in PatternFact.objects.filter(service=service, tapped="").values_list(
            "version__digest", "starts_on", "unit_id", "channel", "digest"
        )
    ]
    stored = _stored(service)
    for asked, units in _usual(service, smallest):
        digest = _digest(asked, units, patterns)
        for outcome in OUTCOMES if digest else ():
            at = (
                asked.cut.unit.pk if asked.cut.unit else None,
                asked.cut.channel,
                asked.period.last.first_day,
                asked.period.quarters,
                outcome,
            )
            if _is_due(stored.get(at), digest, now):
                yield replace(asked, outcome=outcome), digest


def _stored(service: Service) -> Stored:
    rows = DriverResult.objects.filter(service=service).values_list(
        "unit_id", "channel", "starts_on", "quarters", "outcome", "made_from", "made_at"
    )
    return {row[:5]: row[5:] for row in rows}


def _is_due(stored: tuple[str, datetime] | None, digest: str, now: datetime) -> bool:
    return stored is None or (stored[0] != digest and stored[1] < now - GOOD_FOR)


def _usual(service: Service, smallest: int) -> Iterator[tuple[Question, frozenset[int] | None]]:
    """The questions pages ask before anybody sets a filter, or after setting one; and whose
    units' answers each is about."""
    there = places(service)
    newest_first = sorted(there, reverse=True)
    ask = partial(question_of, service, "", there=there, smallest=smallest)
    for last in newest_first:
        for quarters in (A_YEAR, 1):
            yield ask(Period(last, quarters)), None
    if not newest_first:
        return
    year = Period(newest_first[0])
    recent = [there[quarter] for quarter in year if quarter in there]
    units = Organization.objects.in_bulk({unit for place in recent for unit in place.units})
    for unit in units.values():
        below = frozenset(pk for pk, each in units.items() if each.path.startswith(unit.path))
        yield ask(year, cut=Cut(unit), units=below), below
    for channel in sorted({channel for place in recent for channel in place.channels}):
        yield ask(year, cut=Cut(channel=channel)), None


def _digest(asked: Question, units: frozenset[int] | None, patterns: Sequence[_Patterns]) -> str:
    """The digest that `digest_of_all` gives; "" where there are no patterns."""
    starts = {quarter.first_day for quarter in asked.shown}
    found = [
        named(each.version, each.starts_on, each.digest)
        for each in patterns
        if each.starts_on in starts
        and each.channel == asked.cut.channel
        and (each.unit is None if units is None else each.unit in units)
    ]
    return parts_digest(found) if found else ""
