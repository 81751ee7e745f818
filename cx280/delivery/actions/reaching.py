"""Recounts what became of interactions, for pages to read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from cx280.delivery.models import DayReach, Interaction, Invitation
from cx280.delivery.rules.reach import ReachCounts, rounded_lag
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
    days = _counted(survey, first, zone)
    old = DayReach.objects.filter(survey=survey)
    (old if first is None else old.filter(day__gte=first)).delete()
    DayReach.objects.bulk_create(
        DayReach(survey=survey, day=day, counts=counts.as_data()) for day, counts in days.items()
    )
    return len(days)


def _counted(survey: Survey, first: date | None, zone: ZoneInfo) -> dict[date, ReachCounts]:
    found: dict[date, ReachCounts] = defaultdict(ReachCounts)
    begins = datetime.combine(first, datetime.min.time(), zone) if first else None
    interactions = Interaction.objects.filter(survey=survey)
    messages = Invitation.objects.filter(interaction__survey=survey, lag_minutes__isnull=False)
    if begins:
        interactions = interactions.filter(received_at__gte=begins)
        messages = messages.filter(interaction__received_at__gte=begins)
    rows = interactions.annotate(on=TruncDate("received_at", tzinfo=zone)).order_by()
    kinds = ("on", "state", "reason", "unit", "language", "stratum")
    for day, state, reason, *values, n in rows.values_list(*kinds).annotate(n=Count("pk")):
        found[day].add(state, reason, values, n)
    lags = messages.annotate(on=TruncDate("interaction__received_at", tzinfo=zone)).order_by()
    for day, minutes, n in lags.values_list("on", "lag_minutes").annotate(n=Count("pk")):
        found[day].lags[rounded_lag(minutes)] += n
    return found
