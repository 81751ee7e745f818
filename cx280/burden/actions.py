"""States the burden of a step, and what an hour is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.burden.models import StepBurden, Wage
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.services.models import Journey


@implements("280.14-f3")
def assess_step(journey: Journey, *, by: Person, values: Mapping[str, Any]) -> StepBurden:
    """What a step takes from a day on; what was stated before stays for the days before.

    Raises Conflict when that step and segment were assessed from the same day already.
    """
    row = StepBurden(journey=journey, recorded_by=by, **values)
    if row.step is not None:
        if row.step.journey_id != journey.pk:
            raise Unusable("This step is of another journey.", field="step")
        row.step_name = row.step.name
    if not row.step_name.strip():
        raise Unusable("Choose the step, or name it.", field="step_name")
    if row.change is not None and row.change.service_id != journey.service_id:
        raise Unusable("This change is of another service.", field="change")
    try:
        with transaction.atomic():
            row.save()
            _told("assess_step", row, journey, by=by, step=row.step_name, segment=row.segment)
    except IntegrityError as error:
        raise Conflict(
            "This step was assessed for these people from that day already.", field="from_on",
            fix="Choose the day from which the new figures hold.",
        ) from error  # fmt: skip
    return row


@implements("280.14-f3")
@transaction.atomic
def state_wage(journey: Journey, *, by: Person, values: Mapping[str, Any]) -> Wage:
    """What an hour is taken for from a day on, with its source; the same day replaces it."""
    if not str(values["source"]).strip():
        raise Unusable("Say where the rate is from.", field="source", rule="280.14-f3")
    row, _ = Wage.objects.update_or_create(
        journey=journey, from_on=values["from_on"],
        defaults={name: values[name] for name in ("dollars_an_hour", "source")},
    )  # fmt: skip
    _told("state_wage", row, journey, by=by, dollars_an_hour=str(row.dollars_an_hour))
    return row


def _told(
    action: str, row: StepBurden | Wage, journey: Journey, *, by: Person, **detail: object
) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(row),
        organization=agency_of(journey.service.owner).code,
        detail={"journey": journey.name, **detail},
    )
