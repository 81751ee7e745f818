"""Reads from facts what the record needs to know: first days of flows, types of events, sites.

Facts are some minutes old, and days whose events were forgotten are among them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import Site
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.waiting import waiting_flows
from cx280.telemetry.rules.fact_types import site_of_days, types_of
from cx280.telemetry.rules.facts import ALL, TOTALS
from cx280.telemetry.rules.plan import Event
from cx280.telemetry.rules.scorecard import WINDOW_DAYS

# Before a launch is rehearsed, which counts.
REHEARSAL = timedelta(days=7)


def first_events() -> dict[tuple[int, str], date]:
    """The local day of the first event by (service number, flow key).

    Only of flows that have none noted yet, or one that came late: the others need no asking.
    """
    waiting: dict[int, dict[str, date]] = {}
    for service, key, launched in waiting_flows().values_list("service", "key", "launched_on"):
        waiting.setdefault(service, {})[key] = launched - REHEARSAL
    found: dict[tuple[int, str], date] = {}
    for service, left in waiting.items():
        for day, body in facts.seen(service, min(left.values()), date.max):
            came = {each.flow for each in body.types}
            for key in [each for each, since in left.items() if each in came and day >= since]:
                found[service, key] = day
                del left[key]
            if not left:
                break
    return found


def types_seen(service: Service, on: date) -> frozenset[Event]:
    """The types of events that happened in the 30 days up to and with `on`."""
    return types_of(body for _, body in facts.seen(service.pk, *_window(on)))


def counts_seen(service: Service, on: date) -> dict[str, int]:
    """events, visits and days with events in the 30 days up to and with `on`, and span_days.

    span_days: from the first day of the service to its last. {} while nothing was ever counted.
    """
    first, last = facts.first_day(service.pk), facts.last_day(service.pk)
    if first is None or last is None:
        return {}
    told = facts.figures(service.pk, *_window(on), TOTALS, by=ALL)
    return {
        "events": sum(each.events for _, each in told),
        "visits": sum(each.visits for _, each in told),
        "days": len({day for day, each in told if each.events}),
        "span_days": (last - first).days + 1,
    }


class Heard(NamedTuple):
    """When the newest event of a site was received, and how many came in the last 30 days."""

    received: datetime
    events: int


def heard(site: Site, now: datetime) -> Heard | None:
    """What was counted of the site; None while nothing was in the last 30 days."""
    days = (body for _, body in facts.seen(site.service_id, *_window(timezone.localdate(now))))
    found = site_of_days(days, site.key)
    if found is None:
        return None
    received = datetime.fromtimestamp(found.received / 1_000_000, UTC)
    return Heard(timezone.localtime(received), found.events)


def _window(on: date) -> tuple[date, date]:
    """The 30 local days up to and with `on`."""
    return on - timedelta(days=WINDOW_DAYS - 1), on
