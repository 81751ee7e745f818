"""Whether there is anything to look at, told without loading a detector."""

from __future__ import annotations

from datetime import datetime

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
        for kind, looked_to in watches.filter(service=service).values_list("kind", "looked_to"):
            over = record.over(Kind.of(kind))
            if (before.over(Kind.of(kind)) if looked_to is None else looked_to) < over:
                return True
    return False
