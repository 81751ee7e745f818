"""Whether a clearance is in force, how long it still is, and when its end must be announced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cx280.circular.implements import implements

WARNING_DAYS = (180, 90, 30)


class Standing(StrEnum):
    """Where a clearance stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@implements("280.11-a1")
def standing(starts_on: date, expires_on: date, withdrawn_on: date | None, on: date) -> Standing:
    """Where the clearance stands; its first and last day count, the day of withdrawal does not."""
    if withdrawn_on is not None and on >= withdrawn_on:
        return Standing.WITHDRAWN
    if on < starts_on:
        return Standing.NOT_YET
    return Standing.IN_FORCE if on <= expires_on else Standing.EXPIRED


def is_in_force(starts_on: date, expires_on: date, withdrawn_on: date | None, on: date) -> bool:
    """Whether questions may be asked under the clearance on that day."""
    return standing(starts_on, expires_on, withdrawn_on, on) is Standing.IN_FORCE


def days_left(expires_on: date, on: date) -> int:
    """Days after `on` that are still covered: 0 on the last day, below 0 once expired."""
    return (expires_on - on).days


def last_day(expires_on: date, withdrawn_on: date | None) -> date:
    """The last day on which questions may be asked, as it stands."""
    if withdrawn_on is None:
        return expires_on
    return min(expires_on, withdrawn_on - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Announcement:
    """Which warning to send, and which count as told with it because they were missed."""

    days_ahead: int
    also_told: tuple[int, ...] = ()


@implements("280.11-a1")
def warning_due(
    expires_on: date,
    on: date,
    told: Collection[int],
    distances: Collection[int] = WARNING_DAYS,
) -> Announcement | None:
    """The announcement to make today, or None.

    told: distances announced before. A distance is due from that many days ahead until the last
    day; when several are due at once (the watch slept), only the nearest is sent.
    """
    left = days_left(expires_on, on)
    if left < 0:
        return None
    due = sorted(each for each in distances if left <= each and each not in told)
    if not due or any(each < due[0] for each in told):  # a nearer one was told already
        return None
    return Announcement(due[0], tuple(due[1:]))
