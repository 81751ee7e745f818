"""Answers given online joined with simulated visits: low raters more often gave up at a step."""

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
# How many times as likely an answer comes from a visit that gave up at the hard step.
_LIKELY = {"low": 6.0, "middle": 1.0, "high": 0.4}


@dataclass(frozen=True, slots=True)
class Came:
    """A visit that started the flow: when, and whether it gave up at the hard step."""

    at: datetime
    name: str
    gave_up: bool


def join_answers(service: Service, rows: Sequence[EventRow], *, seed: int) -> int:
    """Names the visit on answers of the service that were given online; how many."""
    visits = _came(rows)
    if not visits:
        return 0
    moments = [each.at for each in visits]
    rng = np.random.default_rng([seed, 2])
    online = Response.objects.filter(
        version__survey__service=service,
        channel=Channel.WEBSITE,
        received_at__gte=moments[0],
        received_at__lt=moments[-1] + _LONGEST,
    ).order_by("received_at", "pk")
    taken: set[str] = set()
    joined = []
    for response in online:
        first = bisect_left(moments, response.received_at - _LONGEST)
        last = bisect_left(moments, response.received_at - timedelta(minutes=5))
        free = [each for each in visits[first:last] if each.name not in taken]
        if free:
            response.visit = _one_of(free, response.answers.get("trust"), rng).name
            taken.add(response.visit)
            joined.append(response)
    Response.objects.bulk_update(joined, ["visit"], batch_size=500)
    return len(joined)


def _one_of(free: Sequence[Came], trust: object, rng: np.random.Generator) -> Came:
    rated = trust if isinstance(trust, int) else 3
    likely = _LIKELY["low" if rated <= 2 else "high" if rated >= 4 else "middle"]
    weights = np.array([likely if each.gave_up else 1.0 for each in free])
    return free[int(rng.choice(len(free), p=weights / weights.sum()))]


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
