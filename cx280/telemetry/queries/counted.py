"""How far events are counted into facts, told without opening the lake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cx280.telemetry.models import Counting, DayFacts
from cx280.telemetry.queries.waiting import log_changed_at


@dataclass(frozen=True, slots=True)
class Counted:
    """up_to: everything that came in before is counted; None where nothing ever was.

    is_behind: whether something has come in since that is not counted, of whichever service.
    """

    up_to: datetime | None
    is_behind: bool


def counted(service: int, part: str, now: datetime) -> Counted:
    """How far a part of a service is counted. Where nothing waits, that is up to now.

    On a busy day something of some service always waits. What then counts is when the part was last
    counted, as it is whenever an event of the service came in.
    """
    row = Counting.objects.first()
    finished = row.finished_at if row else None
    changed = log_changed_at()
    if finished is None:
        return Counted(None, changed is not None)
    if row and row.behind_since:
        today = DayFacts.objects.filter(service=service, part=part, day=timezone.localdate(now))
        last = today.values_list("counted_at", flat=True).first()
        return Counted(max(row.behind_since, last or row.behind_since), True)
    if changed is not None and changed > finished:
        return Counted(finished, True)
    return Counted(now, False)
