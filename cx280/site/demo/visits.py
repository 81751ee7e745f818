"""Visits to the simulated agency's website, in the lake: what the digital pages show in a demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.conf import settings

from cx280.lake.columns import EventRow
from cx280.site.demo.websites import STEPS
from cx280.telemetry.models import Site

VISITS = 4000
DAYS = 60
_DONE = "demo"  # under this name the lake knows that the visits are in
# Of those who see a step, the share that goes on: the address is where most give up.
_ON = {"boat": 0.93, "address": 0.71, "pay": 0.9}
_SECOND = 1_000_000


def add_visits(site: Site, *, seed: int, today: date) -> int:
    """Puts visits of the 60 days before `today` into the lake, once; how many events."""
    from cx280.lake.tables import Lake, arrow_of

    lake = Lake(settings.CX280_LAKE)
    if lake.handed_over(_DONE) >= 0:
        return 0
    chance = np.random.default_rng(seed)
    end = datetime.combine(today, time(4), UTC)  # before then it is yesterday in all of the States
    rows = [row for n in range(VISITS) for row in _visit(n, site, end, chance)]
    lake.append(arrow_of(rows), {_DONE: 0})
    return len(rows)


def _visit(n: int, site: Site, end: datetime, chance: np.random.Generator) -> Iterator[EventRow]:
    """One visit: pages, how fast they were, and, in half of them, a permit begun."""
    begin = end - timedelta(days=float(chance.uniform(0, DAYS)), minutes=60)
    at = int(begin.timestamp()) * _SECOND
    told: dict[str, Any] = {
        "language": "es" if chance.random() < 0.2 else "en",
        "device": "mobile" if chance.random() < 0.55 else "desktop",
    }
    moments = _moments(chance)
    for number, (after, kind, fields) in enumerate(moments):
        when = at + round(after * _SECOND)
        yield EventRow(
            id=f"demo-{n}-{number}",
            site=site.key,
            service=site.service_id,
            at=when,
            received=when,
            kind=kind,
            visit=f"demo-{n}",
            **{**told, **fields},
        )


def _moments(chance: np.random.Generator) -> list[tuple[float, str, dict[str, Any]]]:
    """What happens in a visit: seconds since it began, the kind of event, its other columns."""
    wait = float(chance.lognormal(7.4, 0.5))
    found: list[tuple[float, str, dict[str, Any]]] = [
        (0.0, "page_view", {"page": "/permits/"}),
        (9.0, "other", {"name": "lcp", "value": wait, "unit": "ms", "page": "/permits/"}),
    ]
    if chance.random() < 0.5:
        return found
    clock = 12.0
    found += [
        (clock - 1, "click", {"name": "get-a-permit", "page": "/permits/"}),
        (clock, "page_view", {"page": "/permits/boat"}),
        (clock, "transaction_start", {"flow": "permit-2", "page": "/permits/boat"}),
    ]
    begun = clock
    for step, _ in STEPS:
        page = f"/permits/{step}"
        found.append((clock, "other", {"name": "step", "flow": "permit-2", "step": step}))
        tap = float(chance.lognormal(4.9 if step != "address" else 5.9, 0.5))
        clock += float(chance.lognormal(3.4, 0.5))
        found.append((clock, "other", {"name": "inp", "value": tap, "unit": "ms", "page": page}))
        if chance.random() > _ON[step]:
            return [*found, (clock, "other", {"name": "abandon", "flow": "permit-2"})]
    done = {"flow": "permit-2", "value": clock - begun, "unit": "s", "page": "/permits/done"}
    return [*found, (clock + 1, "transaction_complete", done)]
