"""Visits to the simulated agency's website, in the lake: what the digital pages show in a demo.

On the last working day something breaks: from five in the morning the address check refuses
nearly everybody. Nobody is told by this file; the alarms find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from cx280.kernel.quiet_days import is_quiet
from cx280.lake.columns import EventRow
from cx280.site.demo.websites import STEPS
from cx280.telemetry.models import Site

VISITS = 4000
DAYS = 60
_DONE = "demo"  # under this name the lake knows that the visits are in
# Of those who see a step, the share that goes on: the address is where most give up.
_ON = {"boat": 0.93, "address": 0.71, "pay": 0.9}
_BROKEN = {**_ON, "address": 0.1}
_SECOND = 1_000_000


def simulated_visits(site: Site, *, seed: int, today: date) -> list[EventRow]:
    """The events of visits of the 60 days before `today`; the same for the same seed."""
    chance = np.random.default_rng(seed)
    names = np.random.default_rng([seed, 1]).integers(10**9, 2**32, (VISITS, 3))
    end = datetime.combine(today, time(4), UTC)  # before then it is yesterday in all of the States
    broke = broke_at(today)
    return [
        row
        for n in range(VISITS)
        for row in _visit(n, "-".join(map(str, names[n])), site, end, broke, chance)
    ]


def broke_at(today: date) -> datetime:
    """Five in the morning of the last day before `today` on which people come as usual."""
    day = today - timedelta(days=1)
    while is_quiet(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(5), ZoneInfo(settings.TIME_ZONE))


def add_visits(rows: list[EventRow]) -> int:
    """Puts the visits into the lake, once; how many events."""
    from cx280.lake.tables import Lake, arrow_of

    lake = Lake(settings.CX280_LAKE)
    if lake.handed_over(_DONE) >= 0:
        return 0
    lake.append(arrow_of(rows), {_DONE: 0})
    return len(rows)


def _visit(
    n: int, name: str, site: Site, end: datetime, broke: datetime, chance: np.random.Generator
) -> Iterator[EventRow]:
    """One visit: pages, how fast they were, and, in half of them, a permit begun."""
    begin = end - timedelta(days=float(chance.uniform(0, DAYS)), minutes=60)
    at = int(begin.timestamp()) * _SECOND
    told: dict[str, Any] = {
        "language": "es" if chance.random() < 0.2 else "en",
        "device": "mobile" if chance.random() < 0.55 else "desktop",
    }
    moments = _moments(_BROKEN if begin >= broke else _ON, chance)
    for number, (after, kind, fields) in enumerate(moments):
        when = at + round(after * _SECOND)
        yield EventRow(
            id=f"demo-{n}-{number}",
            site=site.key,
            service=site.service_id,
            at=when,
            received=when,
            kind=kind,
            visit=name,
            **{**told, **fields},
        )


def _moments(
    on: dict[str, float], chance: np.random.Generator
) -> list[tuple[float, str, dict[str, Any]]]:
    """What happens in a visit: seconds since it began, the kind of event, its other columns.

    on: of those who see a step, the share that goes on.
    """
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
        if chance.random() > on[step]:
            if step == "address" and clock % 1 < 0.6:  # most of them saw why
                wrong = {"name": "address-not-found", "flow": "permit-2", "page": page}
                found.append((clock - 1, "error", wrong))
            return [*found, (clock, "other", {"name": "abandon", "flow": "permit-2"})]
    done = {"flow": "permit-2", "value": clock - begun, "unit": "s", "page": "/permits/done"}
    return [*found, (clock + 1, "transaction_complete", done)]
