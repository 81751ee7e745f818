"""OMB takes a service's data through an API from a day on (280.14-c2, 280.16-a1)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed
from cx280.reporting.models import ApiHandover
from cx280.services.models import Service


@implements("280.16-a1")
@transaction.atomic
def accept_handover(service: Service, *, starts_on: date, by: Person) -> ApiHandover:
    """From `starts_on` the service owes no quarterly file; only OMB accepts that."""
    if not may(by, Capability.REVIEW_QUARTERS, service.owner):
        raise NotAllowed("Only OMB accepts that a service reports through the API.")
    if ApiHandover.objects.filter(service=service).exists():
        raise Conflict(f"{service.name} already reports through the API.")
    handover = ApiHandover.objects.create(
        service=service, starts_on=starts_on, accepted_by=by, accepted_at=timezone.now()
    )
    record(
        actor=by.email,
        action="accept_api_handover",
        subject=subject_of(service),
        organization=agency_of(service.owner).code,
        detail={"starts_on": starts_on.isoformat()},
    )
    return handover
