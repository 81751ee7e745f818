"""How far events are counted into facts, told without opening the lake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cx280.telemetry.models import Counting
from cx280.telemetry.queries.waiting import log_changed_at


@dataclass(frozen=True, slots=True)
class Counted:
    """up_to: everything that came in before is counted; None where nothing ever was.

    is_behind: whether events have come in since, of whichever service.
    """

    up_to: datetime | None
    is_behind: bool


def counted(now: datetime) -> Counted:
    """How far events are counted. Where nothing waits, that is up to now."""
    row = Counting.objects.first()
    finished = row.finished_at if row else None
    changed = log_changed_at()
    if row and row.behind_since:
        return Counted(row.behind_since if finished else None, True)
    if finished is None:
        return Counted(None, changed is not None)
    if changed is not None and changed > finished:
        return Counted(finished, True)
    return Counted(now, False)
