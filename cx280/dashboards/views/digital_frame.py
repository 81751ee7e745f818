"""What the pages about use over time, exploring and ways share with the digital pages."""

from __future__ import annotations

from django.http import HttpRequest

from cx280.accounts.access import signed_in_person
from cx280.dashboards.access import least_shown, whole_service
from cx280.measures.access import Sight


def online(request: HttpRequest, code: str) -> Sight:
    """The service, whole, as the person who is signed in may see it."""
    return whole_service(signed_in_person(request), code)


def context_of(sight: Sight, part: str) -> dict[str, object]:
    """What `digital_parts.html` needs."""
    return {
        "sight": sight,
        "service": sight.service,
        "digital_part": part,
        "smallest": least_shown(),
    }
