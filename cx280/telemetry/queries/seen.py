"""Reads from the lake what the record needs to know: first days of flows, types of events."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, cast

from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import Site
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.queries.waiting import waiting_flows
from cx280.telemetry.rules.plan import Event
from cx280.telemetry.rules.questions import NEWEST
from cx280.telemetry.rules.scorecard import WINDOW_DAYS
from cx280.telemetry.rules.seen import COUNTS, FIRST_EVENTS, SPAN, TYPES
from cx280.telemetry.rules.vocabulary import EventKind

log = logging.getLogger(__name__)
REHEARSAL = timedelta(days=7)


def first_events() -> dict[tuple[int, str], date]:
    """The local day of the first event by (service number, flow key).

    Only of flows that have none noted yet, or one that came late: the others need no asking.
    """
    since: dict[int, date] = {}
    for service, launched in waiting_flows().values_list("service", "launched_on"):
        since[service] = min(launched, since.get(service, launched))
    return {
        (service, str(row["flow"])): _local_day(cast(datetime, row["first"]))
        for service, launched in since.items()
        for row in _asked(FIRST_EVENTS, service=service, first_day=launched - REHEARSAL)
    }


def _local_day(at: datetime) -> date:
    return timezone.localdate(at if at.tzinfo else at.replace(tzinfo=UTC))


def types_seen(service: Service, on: date) -> frozenset[Event]:
    """The types of events that arrived in the 30 days up to and with `on`."""
    known = set(EventKind)
    return frozenset(
        Event(str(row["kind"]), str(row["name"]), str(row["flow"]), str(row["step"]))
        for row in _asked(TYPES, service=service.pk, **_window(on))
        if row["kind"] in known
    )


def counts_seen(service: Service, on: date) -> dict[str, int]:
    """events, visits and days with events in the 30 days up to and with `on`, and span_days.

    span_days: from the first event of the service to its last. {} while nothing was ever kept.
    """
    rows = _asked(COUNTS, service=service.pk, **_window(on))
    if not rows:
        return {}
    span = _asked(SPAN, service=service.pk)[0]
    first, last = cast(date | None, span["first"]), cast(date | None, span["last"])
    counts = {name: cast(int, rows[0][name]) for name in ("events", "visits", "days")}
    counts["days"] = min(counts["days"], WINDOW_DAYS)
    return {**counts, "span_days": (last - first).days + 1 if first and last else 0}


class Heard(NamedTuple):
    """When the newest event of a site was received, and how many came in the last 30 days."""

    received: datetime
    events: int


def heard(site: Site, now: datetime) -> Heard | None:
    """What the lake has of the site; None while nothing came in the last 30 days."""
    since = (now - timedelta(days=WINDOW_DAYS)).date()
    for row in _asked(NEWEST, service=site.service_id, first_day=since):
        if row["site"] == site.key:
            received = cast(datetime, row["received"])
            aware = received if received.tzinfo else received.replace(tzinfo=UTC)
            return Heard(timezone.localtime(aware), cast(int, row["events"]))
    return None


def _asked(sql: str, **parameters: object) -> list[dict[str, object]]:
    """The rows; none, and a line in the log, while the lake does not answer.

    A plan is written whether or not the lake is up; what is not counted is said to be so.
    """
    try:
        return ask(sql, **parameters)
    except Exception as problem:  # each engine and storage has errors of its own
        log.warning("the lake does not answer: %s", problem)
        return []


def _window(on: date) -> dict[str, date]:
    """The 30 local days up to and with `on`, in days of the lake, which are of UTC.

    A local evening may lie in the next day of UTC already.
    """
    night = timezone.make_aware(datetime.combine(on, time.max))
    return {
        "first_day": on - timedelta(days=WINDOW_DAYS - 1),
        "last_day": max(on, night.astimezone(UTC).date()),
    }
