"""Days of a service as they are kept once counted, without a lake."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any

import msgspec
from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import DayFacts
from cx280.telemetry.rules.facts import ALL, FUNNELS, TOTALS, Figure, Figures, FlowFacts, packed


def days_counted(service: Service, days: Iterable[tuple[date, int]], flow: str = "") -> None:
    """Keeps visits of each day; of a flow, all of which start it, and four in ten finish."""
    kept = []
    for day, visits in days:
        whole = Figure(-1, ALL, ALL, "", 5 * visits, visits=visits)
        kept.append(_part(service, day, TOTALS, Figures(whole=(whole,))))
        if flow:
            facts = (FlowFacts(flow, visits, visits * 4 // 10),)
            kept.append(_part(service, day, FUNNELS, facts))
    DayFacts.objects.bulk_create(kept)


def _part(service: Service, day: date, part: str, body: object) -> DayFacts:
    counted = {"events": 0, "read": 0, "counted_at": timezone.now()}
    return DayFacts(service=service, day=day, part=part, body=packed(body), **counted)


def part_counted(service: Service, day: date, part: str, body: object) -> None:
    """Keeps one part of one day."""
    _part(service, day, part, body).save()


def alike(rows: Iterable[tuple[Any, ...]], others: Iterable[tuple[Any, ...]]) -> bool:
    """Whether rows of facts say the same, floats to nine digits: sums depend on their order."""
    pairs = zip_longest(_opened(rows), _opened(others))
    return all(
        math.isclose(one, other, rel_tol=1e-9) if isinstance(one, float) else one == other
        for one, other in pairs
    )


def _opened(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Every word and number in the rows, one after the other; bodies are opened."""
    found: list[Any] = []
    for each in rows:
        for value in each:
            if isinstance(value, bytes | memoryview):
                value = _body(bytes(value))
            found += _flat(value)
    return found


def _body(kept: bytes) -> object:
    """What stands in a body: one thing compressed, or its lists each for itself."""
    if kept[0] == 1:
        return msgspec.msgpack.decode(zlib.decompress(kept[1:]))
    lists = msgspec.msgpack.decode(kept[1:])
    return [msgspec.msgpack.decode(zlib.decompress(each)) for each in lists]


def _flat(value: object) -> list[Any]:
    if isinstance(value, list | tuple):
        return [len(value), *(one for each in value for one in _flat(each))]
    return [value if isinstance(value, int | float) else str(value)]
