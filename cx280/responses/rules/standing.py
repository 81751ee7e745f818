"""Whether a survey may be answered today, and if not, what to tell the person who came."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

# A page opened in time may be sent a little later: the person was asked while it was allowed.
GRACE = timedelta(hours=2)


class Standing(StrEnum):
    """What an address says to somebody who opens it."""

    OPEN = "open"
    CLOSED = "closed"
    EXPIRED = "expired"  # the clearance no longer covers it: no form may be shown


def standing(*, is_open: bool, covered: tuple[date, date] | None, on: date) -> Standing:
    """Whether the survey may show its form on that day.

    covered: the first and last day of its clearance, None without one. The clearance is looked
    at on every view, so no form outlives it while a task is late.
    """
    if covered is None:
        return Standing.CLOSED
    first, last = covered
    if on > last:
        return Standing.EXPIRED
    return Standing.OPEN if is_open and on >= first else Standing.CLOSED


def still_takes(ended_at: datetime | None, issued_at: datetime, now: datetime) -> bool:
    """Whether the answers of a page issued then are still taken.

    ended_at: when the version closed or its clearance ran out, None or later when it has not.
    """
    if ended_at is None or ended_at > now:
        return True
    return issued_at <= ended_at and now - ended_at <= GRACE
