"""Keeps the registry of flows: their launch, their changes, their end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.kernel.problem import Conflict, Unusable
from cx280.services.models import Service
from cx280.telemetry.actions.trail import put, told
from cx280.telemetry.models import Flow, FlowChange
from cx280.telemetry.rules.vocabulary import FlowState


def save_flow(
    flow: Flow | None, service: Service, *, by: Person | None, values: Mapping[str, Any]
) -> Flow:
    """The flow with these values, a new one for None; Unusable when its key is taken."""
    known = flow or Flow(service=service)
    try:
        with transaction.atomic():
            changed = put(known, values)
            known.save()
            told("change_flow" if flow else "add_flow", known, service, by=by, changed=changed)
    except IntegrityError as problem:
        raise Unusable(
            f"This service has a flow “{known.key}” already.", field="key", fix="Choose another."
        ) from problem
    return known


def change_state(
    flow: Flow,
    *,
    by: Person | None,
    state: FlowState,
    on: date,
    note: str = "",
    successor: Flow | None = None,
) -> FlowChange:
    """The change, kept with its day; the flow is in that state from then on.

    successor: the flow that takes over; only of the same service, only for a deprecated flow,
    and not one that leads back to this flow. Unusable for a day before the launch.
    """
    _check(flow, state, on, successor)
    with transaction.atomic():
        change = FlowChange.objects.create(flow=flow, on=on, state=state.value, note=note)
        flow.state = state.value
        flow.replaced_by = successor
        flow.save(update_fields=["state", "replaced_by"])
        told(
            "change_flow_state",
            flow,
            flow.service,
            by=by,
            state=state.value,
            on=str(on),
            note=note,
            replaced_by=successor.key if successor else "",
        )
    return change


def _check(flow: Flow, state: FlowState, on: date, successor: Flow | None) -> None:
    if on < flow.launched_on:
        raise Unusable("A flow changes after its launch.", field="on")
    if successor is None:
        return
    if state is not FlowState.DEPRECATED:
        raise Unusable("Only a deprecated flow is replaced by another.", field="successor")
    if successor.service_id != flow.service_id:
        raise Unusable("A flow is replaced by a flow of the same service.", field="successor")
    after: Flow | None = successor
    while after is not None:
        if after.pk == flow.pk:
            raise Conflict(f"“{successor}” was itself replaced by this flow.", field="successor")
        after = after.replaced_by


def note_first_events(first: Mapping[tuple[int, str], date]) -> int:
    """How many flows now carry the day of their first event, by (service number, flow key).

    An earlier day replaces a later one, so that late and imported events count; safe to run twice.
    """
    noted = 0
    with transaction.atomic():
        for flow in Flow.objects.filter(service__in={service for service, _ in first}):
            day = first.get((flow.service_id, flow.key))
            if day and (flow.first_event_on is None or day < flow.first_event_on):
                flow.first_event_on = day
                flow.save(update_fields=["first_event_on"])
                noted += 1
    return noted
