"""Counts parts of a local day of several services from the lake; keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

import msgspec

from cx280.telemetry.queries.facts import by_hour
from cx280.telemetry.queries.lake import ask_newest
from cx280.telemetry.rules import fact_questions, flow_questions
from cx280.telemetry.rules.counting import Flows, Steps, digest, figures_of, speed_of, ways_of
from cx280.telemetry.rules.facts import DIMENSIONS, FUNNELS, SPEED, TOTALS, WAYS, Figures
from cx280.telemetry.rules.local_days import LocalDay

# What pages ask for, counted first; then what exploring asks for.
FIRST_PARTS = (TOTALS, FUNNELS, SPEED, WAYS)
ALL_PARTS = (*FIRST_PARTS, *DIMENSIONS)
# Rows of the services counted in one question: what bounds its memory.
_ROWS = 400_000
# Visits that began in the last half hour are looked at again at the next of these steps.
_DUE_STEP = timedelta(minutes=5)
Orders = Mapping[tuple[int, str], Steps]


class Part(msgspec.Struct, frozen=True):
    """A part of a day of a service as it was counted, to be kept under `name`.

    made_with: the digest of the orders of flows. due_at: when visits left out have had their time.
    """

    service: int
    name: str
    body: object
    made_with: str = ""
    due_at: datetime | None = None


def parts(
    day: LocalDay, services: Mapping[int, int], wanted: Sequence[str], orders: Orders, now: datetime
) -> Iterator[list[Part]]:
    """The wanted parts of these services, as many services at a time as memory allows.

    services: their rows around the day, by number. orders: the steps of flows that are known.
    """
    for few in _in_groups(services):
        given = day.parameters(now)
        rows = _ask(fact_questions.crossing(few), given)
        given["crossing"] = [str(row["visit"]) for row in rows] or [""]
        found: list[Part] = []
        for part in wanted:
            found += _part(part, few, day, given, orders)
        yield found


def _in_groups(services: Mapping[int, int]) -> Iterator[list[int]]:
    group: list[int] = []
    size = 0
    for service, rows in sorted(services.items()):
        if group and size + rows > _ROWS:
            yield group
            group, size = [], 0
        group.append(service)
        size += rows
    if group:
        yield group


def _part(
    part: str, services: list[int], day: LocalDay, given: Mapping[str, object], orders: Orders
) -> Iterator[Part]:
    if part == FUNNELS:
        yield from _funnels(services, day, given, orders)
    elif part in (SPEED, WAYS):
        ask, read = (
            (fact_questions.speed, speed_of) if part == SPEED else (fact_questions.ways, ways_of)
        )
        bodies: Mapping[int, object] = read(_ask(ask(services), given))
        yield from (Part(each, part, bodies.get(each, ())) for each in services)
    else:
        of_day, of_hours = figures_of(
            _ask(fact_questions.figures(services, part), given),
            _ask(fact_questions.spreads(services, part), given),
        )
        for each in services:
            yield Part(each, part, of_day.get(each, Figures()))
            yield Part(each, by_hour(part), of_hours.get(each, Figures()))


def _funnels(
    services: list[int], day: LocalDay, given: Mapping[str, object], known: Orders
) -> Iterator[Part]:
    given = {**given, "last_day": day.last_day_ahead}
    flows = Flows(
        _ask(flow_questions.things(services), given), _ask(flow_questions.steps(services), given)
    )
    orders = flows.orders(known)
    longest = 1 + max(map(len, orders.values()), default=0)
    reached: Sequence[Mapping[str, object]] = ()
    if orders:
        told = {**given, "orders": flow_questions.in_orders(orders)}
        reached = _ask(flow_questions.reached(services, longest), told)
    facts = flows.facts(reached, orders)
    due = _due(services, day, given)
    for each in services:
        made_with = digest({flow: steps for (of, flow), steps in known.items() if of == each})
        yield Part(each, FUNNELS, facts.get(each, ()), made_with, due.get(each))


def _due(services: list[int], day: LocalDay, given: Mapping[str, object]) -> Mapping[int, datetime]:
    """When the first visits that had not had their time will have had it, by service."""
    if given["settled"] == day.end:
        return {}
    rows = _ask(flow_questions.unsettled(services), given)
    return {cast(int, row["service"]): _rounded(cast(datetime, row["first"])) for row in rows}


def _rounded(begun: datetime) -> datetime:
    """The step after their time, so that a quiet half hour is counted again a few times only."""
    aware = begun if begun.tzinfo else begun.replace(tzinfo=UTC)
    step = _DUE_STEP.total_seconds()
    moment = (aware + flow_questions.WITHIN).timestamp()
    return datetime.fromtimestamp((moment // step + 1) * step, UTC)


def _ask(sql: str, given: Mapping[str, object]) -> list[dict[str, object]]:
    return ask_newest(sql, **{name: each for name, each in given.items() if f"${name}" in sql})
