"""What all pages of alarms share: their tabs, and times in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from cx280.alarms.rules.wording import since


def tabs() -> list[tuple[str, str]]:
    """The parts of alarms, with their addresses."""
    return [
        ("What is wrong now", reverse("alarms:now")),
        ("History", reverse("alarms:history")),
        ("What is watched", reverse("alarms:watched")),
        ("How you are told", reverse("alarms:addresses")),
    ]


def moment(at: datetime | None) -> str:
    """`Friday, January 28, 2022, 2:15 p.m. Eastern time`; "" for None."""
    return since(at.astimezone(timezone.get_current_timezone())) if at else ""


def lasted(span: timedelta | None) -> str:
    """`12 minutes`, `3 hours`, `2 days`; a dash for None."""
    if span is None:
        return "–"
    minutes = round(span.total_seconds() / 60)
    for size, word in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size:
            many = round(minutes / size)
            return f"{many} {word}s"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
