"""Whether a site may have fallen silent: told from counts alone, before much is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

# Events of an hour have had their time when it has been over for that long.
SETTLING = timedelta(minutes=10)
_LONGEST = 56 * 24
# An hour may be silent when it has at most one in so many of the usual events; and no hour of a day
# is busier than so many usual ones.
_QUIET, _BUSIEST = 8, 6


def may_be_silent(events: Mapping[int, int], until: int, to_notice: float | None) -> bool:
    """Whether the hours just before `until` have been so quiet for so long that `gaps.judged` may
    find a gap; False only where it cannot.

    events, until: by UTC hour (hours since 1970). to_notice: as it was when last judged, None where
    nothing could be.
    """
    if to_notice is None:
        return False
    usual = sum(events.values()) / max(len(events), 1)
    quiet = 0
    while quiet < _LONGEST and events.get(until - 1 - quiet, 0) <= usual / _QUIET:
        quiet += 1
    return quiet >= max(to_notice / _BUSIEST, 1.0)
