"""Reads launches and changes of flows near an incident."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cx280.alarms.models import Part
from cx280.telemetry.queries.flows import flows_of, life_of
from cx280.telemetry.rules.flows import marks

_BEFORE = timedelta(days=60)


def marks_of(part: Part) -> list[tuple[date, str]]:
    """What was launched, changed or replaced in the service in the two months before, in order."""
    last = timezone.localtime(part.latest_end).date()
    found = [
        (mark.on, f"{flow.name}: {mark.label}")
        for flow in flows_of(part.watch.service)
        for mark in marks(life_of(flow))
        if last - _BEFORE <= mark.on <= last
    ]
    return sorted(found)
