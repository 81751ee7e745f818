"""Answers given online joined with simulated visits: giving up at a step costs some trust."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from cx280.lake.columns import EventRow
from cx280.responses.models import Response
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel

_FLOW, _HARD = "permit-2", "address"
_LONGEST = timedelta(hours=12)  # a tab stays open that long between the visit and the answer
# How many are disappointed by a visit that gave up at the hard step, and by any other.
_DISAPPOINTED = (0.15, 0.03)
_LOWERED = ("trust", "satisfaction", "ease", "efficiency")


@dataclass(frozen=True, slots=True)
class Came:
    """A visit that started the flow: when, and whether it gave up at the hard step."""

    at: datetime
    name: str
    gave_up: bool


def join_answers(service: Service, rows: Sequence[EventRow], *, seed: int) -> int:
    """Names the visit on answers of the service that were given online; how many.

    Some are rated lower for what happened in it, but for those with a comment: words and rating
    were made to fit.
    """
    visits = _came(rows)
    moments = [each.at for each in visits]
    rng = np.random.default_rng([seed, 2])
    taken: set[str] = set()
    joined = []
    for response in _online(service, moments):
        first = bisect_left(moments, response.received_at - _LONGEST)
        last = bisect_left(moments, response.received_at - timedelta(minutes=5))
        free = [each for each in visits[first:last] if each.name not in taken]
        if free:
            visit = free[int(rng.integers(len(free)))]
            response.visit = visit.name
            taken.add(visit.name)
            if rng.random() < _DISAPPOINTED[0 if visit.gave_up else 1]:
                _lower(response)
            joined.append(response)
    Response.objects.bulk_update(joined, ["visit", "answers"], batch_size=500)
    return len(joined)


def _online(service: Service, moments: Sequence[datetime]) -> list[Response]:
    """The answers given on the website after the first of the visits, in time."""
    if not moments:
        return []
    found = Response.objects.filter(
        version__survey__service=service,
        channel=Channel.WEBSITE,
        received_at__gte=moments[0],
        received_at__lt=moments[-1] + _LONGEST,
    )
    return list(found.prefetch_related("comments").order_by("received_at", "pk"))


def _lower(response: Response) -> None:
    if not response.comments.all():
        response.answers |= {name: 2 for name in _LOWERED if response.answers.get(name)}


def _came(rows: Sequence[EventRow]) -> list[Came]:
    """The visits that started the flow, in time."""
    last: dict[str, str] = {}
    begun: dict[str, int] = {}
    for row in rows:
        if row.kind == "transaction_start" and row.flow == _FLOW:
            begun[row.visit] = row.at
        elif row.name == "step":
            last[row.visit] = row.step
    found = [
        Came(datetime.fromtimestamp(at / 1e6, UTC), name, last.get(name) == _HARD)
        for name, at in begun.items()
    ]
    return sorted(found, key=lambda each: (each.at, each.name))
