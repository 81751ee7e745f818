"""Hours without events, as the digital pages tell them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cx280.dashboards.queries.digital import Chosen
from cx280.services.models import Service
from cx280.telemetry.queries.gaps import silences, silent_days, watched

_RECENT = timedelta(days=6)


def gaps_told(service: Service, days: Chosen | None) -> dict[str, object]:
    """What `digital_gaps.html` needs: the gaps of the days chosen, else of the last seven."""
    today = timezone.localdate()
    first, last = (days.period.first, days.period.last) if days else (today - _RECENT, today)
    return {
        "gaps": silences(service, first, last),
        "watched": watched(service),
        "gap_days": days.words if days else "the last 7 days",
    }


def silent_in(service: Service, days: Chosen) -> dict[date, str]:
    """The days chosen on which nothing came in for hours, for charts."""
    return silent_days(service, days.period.first, days.period.last)
