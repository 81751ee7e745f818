"""What the pages about use over time, exploring and ways share with the digital pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from cx280.accounts.access import signed_in_person
from cx280.kernel.problem import NotFound
from cx280.measures.access import Sight, service_to_measure
from cx280.telemetry.rules.funnels import SMALLEST_IN_EXPORTS


def online(request: HttpRequest, code: str) -> Sight:
    """The service, whole: events of a website belong to no single office."""
    sight = service_to_measure(signed_in_person(request), code)
    if sight.unit is not None:
        raise NotFound("You see one office of this service; its website belongs to all of them.")
    return sight


def context_of(sight: Sight, part: str) -> dict[str, object]:
    """What `digital_parts.html` needs."""
    return {
        "sight": sight,
        "service": sight.service,
        "digital_part": part,
        "smallest": least_shown(),
    }


def least_shown() -> int:
    """The least count that is shown: never under 5, whatever is set."""
    return max(settings.CX280_SMALLEST_CELL, SMALLEST_IN_EXPORTS)
