"""/api/v1/journeys/…/burden: what a journey takes of people."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Number
from cx280.burden import access, schemas
from cx280.burden.queries import as_document, burden_of_journey

router = Router(tags=["burden"])


@router.get("/journeys/{number}/burden", response=schemas.JourneyBurdenTold,
            auth=needs(Capability.SEE_SERVICES), operation_id="journey-burden",
            summary="What a journey takes of people")  # fmt: skip
def journey_burden(request: HttpRequest, number: Path[Number]) -> dict[str, object]:
    """Time, money and strain by segment and step, as of today, and what changes did."""
    found = access.journey_to_see(asking_person(request), number)
    return as_document(burden_of_journey(found, timezone.localdate()))
