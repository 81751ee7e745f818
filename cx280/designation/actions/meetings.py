"""Keeps meetings with who came, and assessments of services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.designation.models import Meeting, Seat, ServiceAssessment
from cx280.designation.rules.vocabulary import About, Office, Part
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.services.models import Hisp, Service

Seats = Mapping[str, tuple[str, str]]


@implements("280.13-b4", "280.13-b5")
@transaction.atomic
def keep_meeting(
    hisp: Hisp,
    meeting: Meeting | None,
    *,
    fiscal_year: int,
    about: str,
    held_on: date,
    services: Iterable[Service],
    decided: str,
    seats: Seats,
    by: Person,
    now: datetime,
) -> Meeting:
    """The meeting with who came; changed when there is one already.

    seats: {office: (part, words)}. Raises Unusable for a day to come, and for an office that was
    not invited without the reason.
    """
    if not may(by, Capability.DESIGNATE, hisp.organization):
        raise NotAllowed("Only the CX lead and the accountable official keep this record.")
    _check(held_on, decided, seats, timezone.localdate(now))
    row = meeting or Meeting(hisp=hisp, fiscal_year=fiscal_year)
    row.about, row.held_on, row.decided = About.of(about).value, held_on, decided.strip()
    row.recorded_at, row.recorded_by = now, by
    row.save()
    row.services.set(services)
    row.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(meeting=row, office=Office.of(office).value, part=Part.of(part).value,
             words=words.strip())
        for office, (part, words) in seats.items()
    )  # fmt: skip
    record(
        actor=by.email,
        action="keep_meeting",
        subject=subject_of(row),
        organization=agency_of(hisp.organization).code,
        detail={
            "hisp": hisp.code, "fiscal_year": fiscal_year, "about": row.about,
            "offices": {office: part for office, (part, _) in seats.items()},
        },
    )  # fmt: skip
    return row


def _check(held_on: date, decided: str, seats: Seats, today: date) -> None:
    if held_on > today:
        raise Unusable("This day has not come yet.", field="held_on", rule="280.13-b4")
    if not decided.strip():
        raise Unusable("Say what was decided.", field="decided", rule="280.13-b4")
    for office, (part, words) in seats.items():
        if part == Part.NOT_INVITED and not words.strip():
            raise Unusable(
                "Say why this office was not invited.", field=f"{office}_words", rule="280.13-b5"
            )


@implements("280.14-f1")
@transaction.atomic
def keep_assessment(
    service: Service, *, assessed_on: date, office: str, how: str, found: str, address: str = "",
    by: Person, today: date,
) -> ServiceAssessment:  # fmt: skip
    """That the service was assessed, and what was found; once a day and service."""
    if not may(by, Capability.EDIT_SERVICES, service.owner):
        raise NotAllowed("You may not keep assessments of this service.")
    if assessed_on > today:
        raise Unusable("This day has not come yet.", field="assessed_on", rule="280.14-f1")
    try:
        with transaction.atomic():
            kept = ServiceAssessment.objects.create(
                service=service, assessed_on=assessed_on, office=office.strip(), how=how.strip(),
                found=found.strip(), address=address.strip(), recorded_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Conflict(
            "An assessment of this service on this day is kept already.",
            fix="Look at what stands there.",
        ) from problem
    record(
        actor=by.email,
        action="keep_assessment",
        subject=subject_of(kept),
        organization=agency_of(service.owner).code,
        detail={"service": service.code, "assessed_on": assessed_on.isoformat()},
    )
    return kept
