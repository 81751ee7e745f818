"""What became of interactions, by day: as counted by the worker, the last day as it is now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate

from cx280.delivery.models import DayReach, Interaction, Invitation
from cx280.delivery.rules.reach import ReachCounts
from cx280.surveys.models import Survey


def counts_since(survey: Survey, first: date, today: date, zone: ZoneInfo) -> ReachCounts:
    """What was handed over from that day on, without reading it all.

    Days before the last one counted are read as the worker counted them, minutes ago; that day and
    what follows as they are now. Where nothing was counted yet, all of it is.
    """
    last = DayReach.objects.filter(survey=survey).aggregate(last=Max("day"))["last"]
    live = first if last is None else max(first, min(last, today))
    found = ReachCounts()
    known = DayReach.objects.filter(survey=survey, day__gte=first, day__lt=live)
    for counts in known.values_list("counts", flat=True):
        found.merge(counts)
    _add_live(found, survey, datetime.combine(live, datetime.min.time(), zone))
    return found


def _add_live(found: ReachCounts, survey: Survey, begins: datetime) -> None:
    """All since that moment as one, without a day of each: days are worked out row by row."""
    rows = Interaction.objects.filter(survey=survey, received_at__gte=begins)
    kinds = ("state", "reason", "channel")
    for state, reason, channel, n in rows.values_list(*kinds).annotate(n=Count("pk")).order_by():
        found.add(state, reason, ("", "", "", channel), n)
    messages = Invitation.objects.filter(
        interaction__survey=survey, interaction__received_at__gte=begins
    )
    _add_messages({None: found}, messages.annotate(on=Value(None, IntegerField())))


def counted(survey: Survey, first: date | None, zone: ZoneInfo) -> dict[date, ReachCounts]:
    """Each day from that one on (None: all) by reading the interactions themselves."""
    found: dict[date, ReachCounts] = defaultdict(ReachCounts)
    interactions = Interaction.objects.filter(survey=survey)
    messages = Invitation.objects.filter(interaction__survey=survey)
    if first:
        begins = datetime.combine(first, datetime.min.time(), zone)
        interactions = interactions.filter(received_at__gte=begins)
        messages = messages.filter(interaction__received_at__gte=begins)
    rows = interactions.annotate(on=TruncDate("received_at", tzinfo=zone)).order_by()
    kinds = ("on", "state", "reason", "unit", "language", "stratum", "channel")
    for day, state, reason, *values, n in rows.values_list(*kinds).annotate(n=Count("pk")):
        found[day].add(state, reason, values, n)
    sent = messages.annotate(on=TruncDate("interaction__received_at", tzinfo=zone)).order_by()
    _add_messages(found, sent)
    return found


def _add_messages(found: Mapping[Any, ReachCounts], messages: QuerySet[Any]) -> None:
    """Lags, reminders, receipts and paid parts of messages that left, by day (`on`) and channel."""
    left = messages.filter(Q(lag_minutes__isnull=False) | Q(parts__gt=0)).order_by()
    rows = left.values_list("on", "interaction__channel", "lag_minutes").annotate(
        n=Count("pk"),
        reminded=Count("reminded_at"),
        delivered=Count("delivered_at"),
        parts=Sum("parts"),
    )
    for day, channel, minutes, n, reminded, delivered, parts in rows:
        if minutes is not None:
            found[day].add_lag(channel, minutes, n)
        figures = {"reminded": reminded, "delivered": delivered, "parts": parts or 0}
        found[day].sent.setdefault(channel, Counter()).update(figures)
