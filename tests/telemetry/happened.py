"""Builders of events for the tests of answers, and a lake in memory to ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
from django.utils import timezone

from cx280.lake.columns import EventRow
from cx280.lake.tables import Lake, arrow_of
from cx280.telemetry.actions.done import Done
from cx280.telemetry.actions.facts import count_lake

_number = count(1)
SERVICE = 7


def an_event(at: datetime, kind: str = "page_view", **fields: Any) -> EventRow:
    """An event of service 7, received as it happened."""
    micros = round(at.astimezone(UTC).timestamp() * 1_000_000)
    told: dict[str, Any] = {
        "id": f"e{next(_number)}",
        "site": "boats",
        "service": SERVICE,
        "received": micros,
        "visit": "v1",
        **fields,
    }
    return EventRow(at=micros, kind=kind, **told)


def started(at: datetime, visit: str, flow: str = "permit", **fields: Any) -> EventRow:
    """Somebody starts a flow."""
    return an_event(at, "transaction_start", visit=visit, flow=flow, **fields)


def stepped(at: datetime, visit: str, step: str, flow: str = "permit", **fields: Any) -> EventRow:
    """Somebody reaches a step."""
    return an_event(at, "other", name="step", visit=visit, flow=flow, step=step, **fields)


def finished(at: datetime, visit: str, flow: str = "permit", **fields: Any) -> EventRow:
    """Somebody reaches the outcome."""
    return an_event(at, "transaction_complete", visit=visit, flow=flow, **fields)


def ask_of(events: Iterable[EventRow], sql: str, **parameters: object) -> list[dict[str, Any]]:
    """What DuckDB answers over these events, without a lake."""
    database = duckdb.connect(":memory:")
    database.execute("SET TimeZone = 'UTC'")
    database.register("events", arrow_of(list(events)))
    found = database.execute(sql, parameters)
    names = [each[0] for each in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def kept(folder: Path, events: Iterable[EventRow]) -> None:
    """Puts the events into a lake on disk."""
    Lake(folder).append(arrow_of(list(events)))


def counted(now: datetime | None = None) -> Done:
    """Counts whatever is in the lake of the settings into facts, as the worker does."""
    return count_lake(now or timezone.now())
