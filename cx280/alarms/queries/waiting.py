"""Whether there is anything to look at, told without loading a detector."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from cx280.alarms.models import Watch
from cx280.alarms.queries.known import working_services
from cx280.alarms.queries.series import Record
from cx280.alarms.rules.vocabulary import Kind


def watches_to_look_at(now: datetime, last: datetime | None) -> bool:
    """Whether an hour or a day is over that some watch has not looked at, or the day is new.

    A watch of which nothing is known yet waits for the next hour, or day, that is over.
    """
    if last is None or timezone.localdate(last) != timezone.localdate(now):
        return True
    watches = Watch.objects.filter(is_current=True, enabled=True)
    for service in working_services():
        record, before = Record(service, now), Record(service, last)
        for name, oldest, new in _looked_to(watches.filter(service=service)):
            kind = Kind.of(name)
            over = record.over(kind)
            if (oldest is not None and oldest < over) or (new and before.over(kind) < over):
                return True
    return False


def _looked_to(watches: QuerySet[Watch]) -> Iterable[tuple[str, datetime | None, int]]:
    """Of each kind the oldest of its last looks, and how many were never looked at: an agency has
    thousands of offices, and this is asked every few seconds."""
    new = Count("pk", filter=Q(looked_to__isnull=True))
    return watches.order_by().values_list("kind").annotate(oldest=Min("looked_to"), new=new)
