"""What the pages about use over time, exploring and ways share with the digital pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from cx280.accounts.access import signed_in_person
from cx280.dashboards.access import least_shown, whole_service
from cx280.measures.access import Sight
from cx280.telemetry.queries.counted import counted
from cx280.telemetry.rules.facts import TOTALS


def online(request: HttpRequest, code: str) -> Sight:
    """The service, whole, as the person who is signed in may see it."""
    return whole_service(signed_in_person(request), code)


def context_of(sight: Sight, part: str, read: str = TOTALS) -> dict[str, object]:
    """What `digital_parts.html` needs. read: the part of facts that the page tells of."""
    return {
        "sight": sight,
        "service": sight.service,
        "digital_part": part,
        "smallest": least_shown(),
        **how_fresh(sight, read),
    }


def how_fresh(sight: Sight, read: str) -> dict[str, object]:
    """How far the figures of a page are counted, said under its tabs and where it is empty."""
    now = timezone.now()
    found = counted(sight.service.pk, read, now)
    up_to = timezone.localtime(found.up_to) if found.up_to else None
    is_today = up_to is not None and up_to.date() == timezone.localdate(now)
    return {"counted": found, "counted_up_to": up_to, "counted_today": is_today}
