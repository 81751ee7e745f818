"""Builders: a watch, a look at it, an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cx280.alarms.actions.look import take_look
from cx280.alarms.models import Contact, Incident, Watch, as_kept
from cx280.alarms.rules.looks import Look
from cx280.alarms.rules.sentences import Fallen
from cx280.alarms.rules.vocabulary import Kind
from cx280.services.models import Service
from tests.builders import a_service

HOUR = timedelta(hours=1)
NOON = datetime(2022, 3, 16, 12, tzinfo=UTC)  # a Wednesday


def a_watch(service: Service | None = None, **fields: Any) -> Watch:
    """Page views by the hour."""
    values = {"kind": Kind.EVENTS_BY_HOUR.value, "key": "page_view",
              "label": "Page views, by the hour", **fields}  # fmt: skip
    return Watch.objects.create(service=service or a_service(), **values)


def a_look(at: datetime = NOON, **fields: Any) -> Look:
    """An hour with 400 page views where 900 to 1,100 were to be expected, worth telling."""
    values = {"period": at, "end": at + HOUR, "since": at, "seen": 400.0, "expected": 1000.0,
              "low": 900.0, "high": 1100.0, "n": 400, "once_in_days": 300.0, "told": True,
              "usual": False, "words": "400, where 900 to 1,100 was to be expected."}  # fmt: skip
    return Look(**{**values, **fields})


def as_usual(at: datetime) -> Look:
    """An hour with what was to be expected."""
    return a_look(at, seen=1000.0, n=1000, told=False, usual=True)


def an_incident(
    service: Service | None = None, at: datetime = NOON, watch: Watch | None = None, **look: Any
) -> Incident:
    """An incident opened an hour after it began."""
    watch = watch or a_watch(service)
    take_look(watch, a_look(at, **look), at + HOUR)
    return Incident.objects.get(parts__watch=watch, parts__over_at=None)


def a_contact(address: str = "", secrets: Sequence[str] = (), **fields: Any) -> Contact:
    """An address of a person or a unit that is told, by mail unless another channel is named."""
    return Contact.objects.create(**{"channel": "email", **as_kept(address, secrets), **fields})


def a_fall(**fields: Any) -> Fallen:
    """Page views of an hour, 60 % fewer than expected."""
    values = {"kind": Kind.EVENTS_BY_HOUR, "key": "page_view", "label": "Page views, by the hour",
              "service": "Passport renewal", "period": NOON, "end": NOON + HOUR, "since": NOON,
              "seen": 400.0, "expected": 1000.0, "low": 900.0, "high": 1100.0, "n": 400,
              "once_in_days": 300.0}  # fmt: skip
    return Fallen(**{**values, **fields})
