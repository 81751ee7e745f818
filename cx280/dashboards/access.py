"""Who sees what people did online, and how little of it is shown."""

from __future__ import annotations

from django.conf import settings

from cx280.accounts.models import Person
from cx280.kernel.problem import NotFound
from cx280.measures.access import Sight, service_to_measure
from cx280.telemetry.rules.funnels import SMALLEST_IN_EXPORTS


def whole_service(person: Person, code: str) -> Sight:
    """The service, whole: events of a website belong to no single office."""
    sight = service_to_measure(person, code)
    if sight.unit is not None:
        raise NotFound("You see one office of this service; its website belongs to all of them.")
    return sight


def least_shown() -> int:
    """The least count that is shown: never under 5, whatever is set."""
    return max(settings.CX280_SMALLEST_CELL, SMALLEST_IN_EXPORTS)
