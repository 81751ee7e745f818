"""The order of the steps of each flow: declared in the registry, else as visits took them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cx280.telemetry.models import DayFacts, Flow, StepsSeen
from cx280.telemetry.queries.facts import flows
from cx280.telemetry.rules.counting import Steps, digest, order_over
from cx280.telemetry.rules.facts import FUNNELS, FlowFacts, unpacked
from cx280.telemetry.rules.flow_questions import MOST_STEPS

# Over how many days visits say in which order they take the steps.
_DAYS = 28


def orders() -> dict[tuple[int, str], Steps]:
    """By service and flow, its steps in order; declared ones win. Flows without steps have none."""
    seen = StepsSeen.objects.values_list("service", "flow", "steps")
    found = {(service, flow): tuple(steps) for service, flow, steps in seen}
    return {**found, **declared()}


def declared() -> dict[tuple[int, str], Steps]:
    """The steps of each flow of the registry that declares some, by service and flow."""
    kept = Flow.objects.values_list("service", "key", "steps")
    return {
        (service, key): tuple(step for step, _ in steps)[:MOST_STEPS]
        for service, key, steps in kept
        if steps
    }


def seen_anew(services: Iterable[int], today: date) -> dict[tuple[int, str], Steps]:
    """The orders of flows without declared steps that visits took in the last four weeks.

    Days that are over say it; today does only where they say nothing, so that the first visits of
    a day never turn an order round.
    """
    known = declared()
    found: dict[tuple[int, str], Steps] = {}
    for service in services:
        days: dict[str, list[tuple[date, FlowFacts]]] = defaultdict(list)
        for day, each in flows(service, today - timedelta(days=_DAYS), today + timedelta(days=1)):
            if (service, each.flow) not in known:
                days[each.flow].append((day, each))
        for flow, told in days.items():
            over = [each for day, each in told if day < today]
            found[service, flow] = order_over(over or [each for _, each in told])
    return found


class Otherwise(NamedTuple):
    """Flows of days that were counted when other orders were known: `days`, with the services
    whose flows were asked for in another order; `alike`, parts that are right, by their mark now.
    """

    days: Mapping[date, Sequence[int]]
    alike: Mapping[str, Sequence[int]]


def counted_otherwise() -> Otherwise:
    """The flows that are to be counted again, as an order has changed; nothing of final days."""
    now: dict[int, dict[str, Steps]] = defaultdict(dict)
    for (service, flow), steps in orders().items():
        now[service][flow] = steps
    kept = DayFacts.objects.filter(part=FUNNELS, is_final=False)
    days: dict[date, list[int]] = defaultdict(list)
    alike: dict[str, list[int]] = defaultdict(list)
    for service, made_with in kept.values_list("service", "made_with").distinct():
        mark = digest(now[service])
        rows = kept.filter(service=service, made_with=made_with) if made_with != mark else ()
        for row in rows:
            if _is_otherwise(row, now[service]):
                days[row.day].append(service)
            else:
                alike[mark].append(row.pk)
    return Otherwise(days, alike)


def _is_otherwise(row: DayFacts, now: Mapping[str, Steps]) -> bool:
    body = unpacked(bytes(row.body), tuple[FlowFacts, ...])
    return any(each.order != now.get(each.flow, each.order) for each in body)
