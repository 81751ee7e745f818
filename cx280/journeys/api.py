"""/api/v1/journeys: journey maps and blueprints, for programs."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Number, page
from cx280.journeys import access, schemas
from cx280.journeys.queries.maps import Line, lines_of, map_of, sketch_of

router = Router(tags=["journeys"])
SEE = Capability.SEE_SERVICES


@router.get("/journeys", response=schemas.Journeys, auth=needs(SEE), operation_id="journeys",
            summary="The journeys you may see")  # fmt: skip
def journeys(request: HttpRequest, asked: Query[schemas.JourneysAsked]) -> dict[str, object]:
    """By service and name."""
    rows = access.journeys_to_see(asking_person(request))
    if asked.service:
        rows = rows.filter(service__code=asked.service)
    # Cut before the steps are read: only the journeys of this page are.
    ordered = rows.order_by("service__name", "name", "pk")
    keys = ordered.values_list("pk", flat=True)[asked.offset : asked.offset + asked.limit]
    lines = lines_of(rows.filter(pk__in=list(keys)))
    return page(asked, rows.count(), [_line(each) for each in lines])


@router.get("/journeys/{number}", response=schemas.JourneyWhole, auth=needs(SEE),
            operation_id="journey", summary="One journey with its lanes")  # fmt: skip
def journey(request: HttpRequest, number: Path[Number]) -> dict[str, Any]:
    """The journey whole. 404 when there is none, or it is another agency's."""
    person = asking_person(request)
    found = access.journey_to_see(person, number)
    line = lines_of(access.journeys_to_see(person).filter(pk=found.pk))[0]
    return {**_line(line), "journey": msgspec.to_builtins(sketch_of(found).record)}


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.journey.pk,
        "name": line.journey.name,
        "service": line.journey.service.code,
        "steps": line.steps,
        "moments": line.moments,
        "asked": line.asked,
        "cross_agency": line.is_cross_agency,
        "changed_at": map_of(line.journey).changed_at,
    }
