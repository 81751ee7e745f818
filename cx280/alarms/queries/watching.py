"""Reads what is watched, and whether anybody wants to be told of it."""

from __future__ import annotations

from datetime import datetime

from cx280.alarms.models import Attention, Maintenance, Watch
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import flow_and_place
from cx280.circular.implements import implements
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.flows import is_muted
from cx280.telemetry.rules.vocabulary import FlowState


@implements("280.7-i2")
def is_of_deprecated_flow(watch: Watch) -> bool:
    """Whether the watch is of a flow that is deprecated: that fewer use it is what was meant."""
    if not Kind.of(watch.kind).is_of_flow:
        return False
    key, _ = flow_and_place(watch.key)
    flow = Flow.objects.filter(service=watch.service_id, key=key).first()
    return flow is not None and is_muted(FlowState.of(flow.state))


def why_muted(watch: Watch, start: datetime, end: datetime) -> str:
    """Why nobody is told of what the watch saw between the two moments; "" where they are."""
    if not watch.enabled or not watch.is_current:
        return "It is not watched."
    if watch.muted_until is not None and start < watch.muted_until:
        return "It is muted."
    if is_of_deprecated_flow(watch):
        return "The flow is deprecated: fewer are meant to use it."
    worked_on = Maintenance.objects.filter(
        service=watch.service_id, starts_at__lt=end, ends_at__gt=start
    )
    return "The service was being worked on." if worked_on.exists() else ""


def a_month_of(service: Service) -> float:
    """How many false alarms a month are accepted of the service."""
    found = Attention.objects.filter(service=service).values_list("a_month", flat=True).first()
    return 1.0 if found is None else found


def current_watches(service: Service) -> list[Watch]:
    """The service's watches that have something to look at, in the order they were made."""
    return list(Watch.objects.filter(service=service, is_current=True).select_related("service"))
