"""Days of a service as they are kept once counted, without a lake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import DayFacts
from cx280.telemetry.rules.facts import ALL, FUNNELS, TOTALS, Figure, Figures, FlowFacts, packed


def days_counted(service: Service, days: Iterable[tuple[date, int]], flow: str = "") -> None:
    """Keeps visits of each day; of a flow, all of which start it, and four in ten finish."""
    kept = []
    for day, visits in days:
        whole = Figure(-1, ALL, ALL, "", 5 * visits, visits=visits)
        kept.append(_part(service, day, TOTALS, Figures(whole=(whole,))))
        if flow:
            facts = (FlowFacts(flow, visits, visits * 4 // 10),)
            kept.append(_part(service, day, FUNNELS, facts))
    DayFacts.objects.bulk_create(kept)


def _part(service: Service, day: date, part: str, body: object) -> DayFacts:
    counted = {"events": 0, "read": 0, "counted_at": timezone.now()}
    return DayFacts(service=service, day=day, part=part, body=packed(body), **counted)


def part_counted(service: Service, day: date, part: str, body: object) -> None:
    """Keeps one part of one day."""
    _part(service, day, part, body).save()
