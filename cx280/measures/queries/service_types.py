"""What goes with an outcome over the services of one type: as stored, else worked out now."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from cx280.kernel.quarter import Quarter
from cx280.measures.models import PatternFact, TypeResult
from cx280.measures.queries.drivers import GOOD_FOR
from cx280.measures.queries.patterns import (
    Period,
    Question,
    digest_of_all,
    question_of,
    read_parts,
    scaled,
)
from cx280.measures.queries.places import places
from cx280.measures.rules.drivers import ENOUGH
from cx280.measures.rules.patterns import OUTCOMES, parts_digest
from cx280.measures.rules.pooling import pool_of
from cx280.measures.rules.service_types import TypeFinding, type_finding_of
from cx280.services.models import Service
from cx280.stats.drivers.pooled import LEAST_SERVICES

_SHOWN_FOR = timedelta(days=1)  # services of a type do not turn in a day


@dataclass(frozen=True, slots=True)
class TypeQuestion:
    """Which services, all of one type and with answers, up to which quarter, on which outcome."""

    service_type: str
    services: tuple[Service, ...]
    last: Quarter
    outcome: str
    smallest: int

    @property
    def who(self) -> str:
        """A digest of the services: whoever sees the same ones asks the same question."""
        said = ",".join(str(each) for each in sorted(each.pk for each in self.services))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def parts(self) -> Iterator[tuple[Service, Question]]:
        """The question for each service, of the year up to the last quarter."""
        for each in self.services:
            there = places(each)
            yield (
                each,
                question_of(each, self.outcome, Period(self.last), there, smallest=self.smallest),
            )


@dataclass(frozen=True, slots=True)
class TypeAnswer:
    """What was found for services of a type, and when."""

    finding: TypeFinding
    made_at: datetime


def type_question(
    service_type: str, services: Sequence[Service], outcome: str, smallest: int
) -> TypeQuestion | None:
    """The question for those of these services that are of the type and asked about drivers on a
    scale; None where none did."""
    typed = [each for each in services if each.service_type == service_type]
    rows = PatternFact.objects.filter(service__in=typed, tapped="", unit=None, channel="")
    newest = dict(rows.order_by("starts_on").values_list("service_id", "starts_on"))
    if not newest:
        return None
    last = Quarter.of(max(newest.values()))
    asked = tuple(each for each in typed if each.pk in newest)
    return TypeQuestion(service_type, asked, last, outcome, smallest)


def type_found(asked: TypeQuestion, now: datetime) -> TypeAnswer:
    """What goes with the outcome in services of the type; at most a day old."""
    stored = stored_type(asked)
    if stored is not None and stored.made_at >= now - _SHOWN_FOR:
        try:
            return TypeAnswer(msgspec.convert(stored.result, TypeFinding), stored.made_at)
        except msgspec.ValidationError:  # an earlier release wrote it otherwise
            pass
    return _remembered(asked, now)


_kept: OrderedDict[tuple[str, str, str, date], TypeAnswer] = OrderedDict()
_MOST_KEPT = 64
_lock = threading.Lock()


def _remembered(asked: TypeQuestion, now: datetime) -> TypeAnswer:
    """What was worked out in this process within the hour, else worked out now."""
    at = (asked.service_type, asked.who, asked.outcome, asked.last.first_day)
    with _lock:
        kept = _kept.get(at)
    if kept is not None and now - GOOD_FOR <= kept.made_at <= now:
        return kept
    answer = TypeAnswer(type_worked_out(asked), now)
    with _lock:
        _kept[at] = answer
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return answer


def stored_type(asked: TypeQuestion) -> TypeResult | None:
    """The row the worker left for this question, however old."""
    return TypeResult.objects.filter(
        service_type=asked.service_type,
        services=asked.who,
        starts_on=asked.last.first_day,
        outcome=asked.outcome,
    ).first()


def type_worked_out(asked: TypeQuestion) -> TypeFinding:
    """The finding from the patterns; takes a second or two."""
    pools = {}
    for service, question in asked.parts():
        parts = read_parts(question, scaled(question)).parts.get("", [])
        pool = pool_of(parts, enough=ENOUGH)
        if pool is not None:
            name = service.name if service.name not in pools else f"{service.name} ({service.code})"
            pools[name] = pool
    return type_finding_of(pools, asked.outcome, smallest=asked.smallest)


def types_due(now: datetime, smallest: int) -> Iterator[tuple[TypeQuestion, str]]:
    """What pages will ask of the services of each type, and nobody has answered within the hour:
    of all services there are, and of those of each agency; each with its digest."""
    services = list(
        Service.objects.filter(retired_on__isnull=True).select_related("owner").order_by("name")
    )
    agencies = sorted({each.owner.path.split("/")[1] for each in services})
    groups = [services] + [
        [each for each in services if each.owner.path.split("/")[1] == agency]
        for agency in agencies
    ]
    seen = set()
    for group in groups:
        for service_type in sorted({each.service_type for each in group if each.service_type}):
            for outcome in OUTCOMES:
                asked = type_question(service_type, group, outcome, smallest)
                if asked is None or len(asked.services) < LEAST_SERVICES:
                    continue  # refused in words, at no cost
                if (asked.who, outcome) in seen:
                    continue
                seen.add((asked.who, outcome))
                stored = stored_type(asked)
                if stored is None or stored.made_at < now - GOOD_FOR:
                    digest = parts_digest(digest_of_all(scaled(each)) for _, each in asked.parts())
                    if stored is None or stored.made_from != digest:
                        yield asked, digest
