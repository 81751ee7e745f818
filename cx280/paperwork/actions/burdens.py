"""Keeps the burden inventory of services, and what was changed to lessen it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict
from cx280.paperwork.models import BurdenChange, BurdenEstimate
from cx280.services.models import Service


@implements("280.11-b2")
def add_estimate(service: Service, *, by: Person, values: Mapping[str, Any]) -> BurdenEstimate:
    """The estimate; what was estimated before stays, and holds until this one's day.

    Raises Conflict for a second one of the same step, segment and day.
    """
    step = values.get("step")
    try:
        with transaction.atomic():
            kept = BurdenEstimate.objects.create(
                service=service,
                recorded_by=by,
                **{**values, "step_name": step.name if step else values["step_name"]},
            )
            _told("add_burden_estimate", service, by=by, estimate=kept.pk, step=kept.step_name)
    except IntegrityError as problem:
        raise Conflict(
            "This step is estimated for these people on that day already.",
            fix="Choose another first day.",
        ) from problem
    return kept


@implements("280.11-b2")
def add_change(service: Service, *, by: Person, title: str, changed_on: date) -> BurdenChange:
    """A change whose before and after are then told by estimates."""
    with transaction.atomic():
        kept = BurdenChange.objects.create(
            service=service, title=title.strip(), changed_on=changed_on, recorded_by=by
        )
        _told("add_burden_change", service, by=by, change=kept.pk, title=kept.title)
    return kept


def _told(action: str, service: Service, *, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(service),
        organization=agency_of(service.owner).code,
        detail=detail,
    )
