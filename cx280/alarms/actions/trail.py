"""How the actions of this folder write themselves into the audit trail, and flips into history."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Max

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.alarms.models import Flip, Incident, Part
from cx280.alarms.rules.flips import turned
from cx280.alarms.rules.vocabulary import Cause, State
from cx280.audit.actions import record, subject_of


def told(
    action: str, thing: models.Model, agency: Organization, *, by: Person | None, **detail: object
) -> None:
    """Adds the entry; `by` is None when the system itself acted."""
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(thing),
        organization=agency_of(agency).code,
        detail=detail,
    )


def flip(
    incident: Incident,
    after: State,
    cause: Cause,
    now: datetime,
    *,
    by: Person | None = None,
    note: str = "",
    until: datetime | None = None,
) -> Flip:
    """The flip, added to the history; the incident is in that state from now on.

    Inside a transaction that holds the incident's row. until: when it comes back, for SNOOZED.
    Raises Conflict when the turn may not be made.
    """
    before = State.of(incident.state) if incident.flips.exists() else None
    turned(before, after, cause, now)
    last = incident.flips.aggregate(last=Max("number"), at=Max("at"))
    made = Flip.objects.create(
        incident=incident,
        number=(last["last"] or 0) + 1,
        before=before.value if before else "",
        after=after.value,
        cause=cause.value,
        # Clocks of two machines differ by a little; history does not go back.
        at=max(now, last["at"] or now),
        by=by,
        note=note[:500],
    )
    incident.state = after.value
    incident.snoozed_until = until if after is State.SNOOZED else None
    incident.resolved_at = made.at if after is State.RESOLVED else None
    incident.save(update_fields=["state", "snoozed_until", "resolved_at"])
    if after is State.RESOLVED:
        Part.objects.filter(incident=incident, over_at__isnull=True).update(over_at=made.at)
    return made
