"""Keeps the order in which visits take the steps of flows that declare none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cx280.telemetry.models import StepsSeen
from cx280.telemetry.queries.orders import seen_anew


def settle_orders(services: Iterable[int], today: date) -> int:
    """How many flows of these services have another order than before, from what is counted."""
    changed = 0
    found = seen_anew(services, today)
    kept = {(each.service_id, each.flow): each for each in StepsSeen.objects.all()}
    for (service, flow), steps in found.items():
        before = kept.get((service, flow))
        if before is None or tuple(before.steps) != steps:
            StepsSeen.objects.update_or_create(
                service_id=service, flow=flow, defaults={"steps": list(steps)}
            )
            changed += 1
    return changed
