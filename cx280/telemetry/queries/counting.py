"""Counts parts of local days of several services from the lake; keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast

import msgspec

from cx280.telemetry.queries.facts import by_hour
from cx280.telemetry.queries.lake import Look
from cx280.telemetry.rules import fact_questions, flow_questions, seen
from cx280.telemetry.rules.counting import Flows, Of, Steps, digest, figures_of, speed_of, ways_of
from cx280.telemetry.rules.fact_types import SEEN, SeenFacts, seen_of
from cx280.telemetry.rules.facts import DIMENSIONS, FUNNELS, SPEED, TOTALS, WAYS, Figures
from cx280.telemetry.rules.local_days import WITHIN, LocalDays, day_of

# What is counted at once; then what may wait a little; then what only exploring asks for.
FIRST_PARTS = (TOTALS, FUNNELS, SEEN)
IN_TURN = (FIRST_PARTS, (SPEED, WAYS), DIMENSIONS)
ALL_PARTS = tuple(part for parts in IN_TURN for part in parts)
# Visits that began in the last half hour are looked at again at the next of these steps.
_DUE_STEP = timedelta(minutes=5)
_NAMES = re.compile(r"\$([a-z_]+)")
Orders = Mapping[tuple[int, str], Steps]


class Part(msgspec.Struct, frozen=True):
    """A part of a day of a service as it was counted, to be kept under `name`.

    made_with: the digest of the orders of flows. due_at: when visits left out have had their time.
    """

    service: int
    day: date
    name: str
    body: object
    made_with: str = ""
    due_at: datetime | None = None


class Count:
    """Counts these services on these days, all of it in memory."""

    def __init__(
        self, look: Look, days: LocalDays, services: Collection[int], now: datetime
    ) -> None:
        self._look = look
        self._days = days
        self._services = sorted(services)
        self._given = days.parameters(now)
        crossing = self._ask(fact_questions.crossing(self._services, days))
        # Never empty: an empty list says nothing of what it is a list of.
        self._given["crossing"] = ["", *(str(row["visit"]) for row in crossing)]

    def parts(self, wanted: Sequence[str], orders: Orders) -> Iterator[Part]:
        """The wanted parts. orders: the steps of flows that are known."""
        for part in wanted:
            if part == FUNNELS:
                yield from self._funnels(orders)
            elif part in (SPEED, WAYS):
                yield from self._lists(part)
            elif part == SEEN:
                yield from self._seen()
            else:
                yield from self._figures(part)

    def _figures(self, part: str) -> Iterator[Part]:
        of_days, of_hours = figures_of(
            self._ask(fact_questions.figures(self._services, self._days, part)),
            self._ask(fact_questions.spreads(self._services, self._days, part)),
        )
        for of in self._each():
            yield Part(*of, part, of_days.get(of, Figures()))
            yield Part(*of, by_hour(part), of_hours.get(of, Figures()))

    def _lists(self, part: str) -> Iterator[Part]:
        found: Mapping[Of, object]
        if part == SPEED:
            found = speed_of(self._ask(fact_questions.speed(self._services, self._days)))
        else:
            found = ways_of(self._ask(fact_questions.ways(self._services, self._days)))
        return (Part(*of, part, found.get(of, ())) for of in self._each())

    def _seen(self) -> Iterator[Part]:
        about = (self._services, self._days)
        found = seen_of(self._ask(seen.types(*about)), self._ask(seen.sites(*about)))
        return (Part(*of, SEEN, found.get(of, SeenFacts())) for of in self._each())

    def _funnels(self, known: Orders) -> Iterator[Part]:
        about = (self._services, self._days)
        flows = Flows(
            self._ask(flow_questions.things(*about)), self._ask(flow_questions.steps(*about))
        )
        orders = flows.orders(known)
        reached: Sequence[Mapping[str, object]] = ()
        if orders:
            longest = 1 + max(map(len, orders.values()))
            self._given["orders"] = flow_questions.in_orders(orders)
            reached = self._ask(flow_questions.reached(*about, longest))
        facts = flows.facts(reached, orders)
        due = self._due()
        made_with = {
            service: digest({flow: steps for (of, flow), steps in known.items() if of == service})
            for service in self._services
        }
        for of in self._each():
            yield Part(*of, FUNNELS, facts.get(of, ()), made_with[of[0]], due.get(of))

    def _due(self) -> Mapping[Of, datetime]:
        """When the first visits that had not had their time will have had it."""
        if cast(datetime, self._given["settled"]) >= self._days.end:
            return {}
        return {
            (cast(int, row["service"]), day_of(cast(int, row["local_day"]))): _rounded(
                cast(datetime, row["first"])
            )
            for row in self._ask(flow_questions.unsettled(self._services, self._days))
        }

    def _each(self) -> Iterator[Of]:
        return ((service, day) for service in self._services for day in self._days.days)

    def _ask(self, sql: str) -> list[dict[str, object]]:
        return self._look.ask(sql, **{name: self._given[name] for name in _NAMES.findall(sql)})


def _rounded(begun: datetime) -> datetime:
    """The step after their time, so that a quiet half hour is counted again a few times only."""
    aware = begun if begun.tzinfo else begun.replace(tzinfo=UTC)
    step = _DUE_STEP.total_seconds()
    return datetime.fromtimestamp(((aware + WITHIN).timestamp() // step + 1) * step, UTC)
