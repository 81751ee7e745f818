"""What the pages of one journey share: the way to them, their tabs, what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cx280.accounts.access import signed_in_person
from cx280.journeys import access
from cx280.journeys.queries.maps import map_of, owned_steps, steps_of
from cx280.journeys.rules.agencies import is_cross_agency, parts_of
from cx280.services.models import Journey

_TABS = (("Map", "journey"), ("Blueprint", "blueprint"), ("Evidence", "evidence"),
         ("Along the way", "along"), ("Versions", "history"))  # fmt: skip


def frame(request: HttpRequest, journey: Journey) -> dict[str, Any]:
    """Context that every page of a journey takes."""
    steps = list(steps_of([journey]))
    owned = owned_steps(journey, steps)
    return {
        "journey": journey,
        "service": journey.service,
        "told": map_of(journey),
        "steps": steps,
        "parts": parts_of(owned),
        "is_cross_agency": is_cross_agency(owned),
        "tabs": [(label, reverse(f"journeys:{name}", args=[journey.pk])) for label, name in _TABS],
        "may_draw": access.may_draw(signed_in_person(request), journey),
    }
