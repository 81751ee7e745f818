"""When an answer was given at a kiosk, and whether it is still taken when it comes.

A kiosk may be without a network for a day. It tells when each answer was given by its own clock,
and what that clock says while it sends: the difference is right however wrong the clock is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cx280.circular.implements import implements
from cx280.responses.rules.standing import GRACE

# A page fetched before a change asks what it asked for so long, with no network to learn better.
OFFLINE = timedelta(hours=36)
_LONGEST = 400 * 24 * 60 * 60 * 1000  # milliseconds that can be meant


def answered_at(*, sent: int, now: int, received_at: datetime, issued_at: datetime) -> datetime:
    """The moment of the answer by the server's clock, not before its page was made.

    sent, now: milliseconds of the kiosk's clock at the answer, and while it sends.
    """
    ago = timedelta(milliseconds=min(max(0, now - sent), _LONGEST))
    return min(received_at, max(issued_at, received_at - ago))


def seconds_taken(*, began: int, sent: int) -> float | None:
    """Seconds from the first touch to sending; None where the clock was set in between."""
    taken = (sent - began) / 1000
    return taken if 0 <= taken <= OFFLINE.total_seconds() else None


@implements("280.10-k5")
def is_taken(
    *,
    closed_at: datetime | None,
    approval_ends: datetime | None,
    issued_at: datetime,
    answered_at: datetime,
) -> bool:
    """Whether the answer to a version counts, whenever it arrives.

    Given while the version was open; or after it was closed or changed, at a kiosk that could not
    know: its page was made before, and not long before. Never after the approval to ask has ended,
    for a kiosk knows that day from its page (44 U.S.C. 3507).
    """
    if approval_ends is not None and answered_at > approval_ends + GRACE:
        return False
    if closed_at is None or answered_at <= closed_at + GRACE:
        return True
    return issued_at <= closed_at and answered_at <= issued_at + OFFLINE
