"""How long a worker may take to deliver, and when a failed delivery is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

# A worker that has not said anything for so long is taken to be gone.
LEASE = timedelta(minutes=5)
# Waits between one try and the next: about a day in all.
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 480, 720))
LONGEST_ERROR = 300


def next_try(
    tries: int,
    at: datetime,
    *,
    permanent: bool,
    most: int | None = None,
    wait: timedelta | None = None,
) -> datetime | None:
    """When to try again after so many tries, the last of which failed at `at`; None: never.

    permanent: the receiver said that this will not work. most: after so many tries it is of no use
    either. wait: the receiver asks not to be tried sooner.
    """
    last = len(WAITS) if most is None else min(most - 1, len(WAITS))
    if permanent or not 1 <= tries <= last:
        return None
    return at + max(WAITS[tries - 1], wait or timedelta(0))


def said_of(error: str) -> str:
    """What is kept of an error: one line of at most 300 characters."""
    return " ".join(error.split())[:LONGEST_ERROR]
