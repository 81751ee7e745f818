"""When a text may arrive: from 8 in the morning to 9 in the evening, wherever its reader may be.

47 CFR 64.1200(c)(1) forbids calls, and so texts, before 8:00 and after 21:00 of the person called.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST, LAST = time(8), time(21)
# Zones far apart may have no hour in common at all.
_LOOKED_AT = timedelta(days=3)


def opens_at(zones: Sequence[str], now: datetime) -> datetime | None:
    """The first moment from now on, in UTC, that is day in every one of the zones.

    None where they have no hour in common, and where no zone is known.
    """
    moment, until = now.astimezone(UTC), now + _LOOKED_AT
    if not zones:
        return None
    while moment <= until:
        later = max(_opens_in(ZoneInfo(each), moment) for each in zones)
        if later == moment:
            return moment
        moment = later
    return None


def is_day(zones: Sequence[str], now: datetime) -> bool:
    """Whether a text may arrive at this moment."""
    return opens_at(zones, now) == now.astimezone(UTC)


def _opens_in(zone: ZoneInfo, moment: datetime) -> datetime:
    """The moment itself by day; else the next 8 o'clock there. 21:00:00 is night."""
    there = moment.astimezone(zone)
    if FIRST <= there.time() < LAST:
        return moment
    day = there.date() if there.time() < FIRST else there.date() + timedelta(days=1)
    return datetime.combine(day, FIRST, zone).astimezone(UTC)
