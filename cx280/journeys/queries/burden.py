"""What each step takes of people: read here alone, so that whoever assesses it can be changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from cx280.journeys.rules.evidence import Burden
from cx280.paperwork.queries.burdens import burden_of
from cx280.paperwork.rules.inventory import Estimate
from cx280.services.models import Service


def burdens(service: Service, on: date, smallest: int) -> dict[str, Burden]:
    """The burden by the step's name; steps that nobody assessed are absent, never 0."""
    address = reverse("paperwork:burden", args=[service.code])
    steps: dict[str, list[Estimate]] = {}
    for each in burden_of(service, on, smallest).estimates:
        steps.setdefault(each.step, []).append(each)
    return {name: Burden(_words(rows), address) for name, rows in steps.items()}


def _words(rows: Iterable[Estimate]) -> str:
    """`12 to 30 minutes, up to $ 5`: by segment, since segments are never averaged."""
    minutes = sorted({round(each.minutes) for each in rows})
    dollars = max(each.cost for each in rows)
    span = f"{minutes[0]} to {minutes[-1]}" if len(minutes) > 1 else f"{minutes[0]}"
    return f"{span} minutes" + (f", up to ${dollars:,.2f}" if dollars else "")
