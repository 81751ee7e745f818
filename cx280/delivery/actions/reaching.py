"""Recounts what became of interactions, for pages to read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from cx280.delivery.models import DayReach, Interaction
from cx280.delivery.queries.days import counted
from cx280.surveys.models import Survey

# Messages leave within days and come back within days: older ones stay what they are.
CHANGING = timedelta(days=14)


def count_reach(now: datetime) -> int:
    """How many days of surveys were counted: the last two weeks, and all that never were.

    Recounted and replaced, so safe to run twice. Follows from interactions and is not audited.
    """
    asked = Interaction.objects.order_by().values_list("survey").distinct()
    surveys = Survey.objects.filter(pk__in=asked).select_related("service__owner").defer("draft")
    return sum(_count_survey(survey, now) for survey in surveys)


def _count_survey(survey: Survey, now: datetime) -> int:
    zone = ZoneInfo(survey.service.owner.time_zone)
    last = DayReach.objects.filter(survey=survey).aggregate(last=Max("day"))["last"]
    first = None if last is None else min(last, (now - CHANGING).astimezone(zone).date())
    return recount_reach(survey, first, zone)


@transaction.atomic
def recount_reach(survey: Survey, first: date | None, zone: ZoneInfo) -> int:
    """Recounts the survey's interactions from that day on (None: all); how many days those are."""
    days = counted(survey, first, zone)
    old = DayReach.objects.filter(survey=survey)
    (old if first is None else old.filter(day__gte=first)).delete()
    DayReach.objects.bulk_create(
        DayReach(survey=survey, day=day, counts=counts.as_data()) for day, counts in days.items()
    )
    return len(days)
