"""How fast answers may come from one address before they are set apart, and before they wait.

An office, a library or a kiosk sends many people's answers from one address, so the first limit
never turns anybody away: what comes above it is stored and marked, and staff can count it after
a look. Only a flood that no office can cause is asked to wait.
"""

from dataclasses import dataclass
from enum import StrEnum


class Pace(StrEnum):
    """What to do with one more answer from an address."""

    USUAL = "usual"
    MANY = "many"  # store it, marked
    FLOOD = "flood"  # ask to wait; keep what was typed on the page


@dataclass(frozen=True, slots=True)
class Allowance:
    """Answers let through at once, and answers a second after that."""

    burst: float
    a_second: float


# A training room of sixty sends at once, then one every two seconds, and nothing is marked.
USUAL = Allowance(burst=60, a_second=0.5)
FLOOD = Allowance(burst=600, a_second=5.0)
# A page sent sooner than this was not read by a person.
LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is left of an address's allowances at a moment (seconds of any steady clock)."""

    usual: float = USUAL.burst
    flood: float = FLOOD.burst
    at: float = 0.0


def one_more(bucket: Bucket, now: float) -> tuple[Bucket, Pace]:
    """The bucket after one more answer at `now`, and what to do with that answer."""
    waited = max(0.0, now - bucket.at)
    usual = min(USUAL.burst, bucket.usual + waited * USUAL.a_second)
    flood = min(FLOOD.burst, bucket.flood + waited * FLOOD.a_second)
    if flood < 1:
        return Bucket(usual, flood, now), Pace.FLOOD
    if usual < 1:
        return Bucket(usual, flood - 1, now), Pace.MANY
    return Bucket(usual - 1, flood - 1, now), Pace.USUAL


def is_full(bucket: Bucket, now: float) -> bool:
    """Whether the address has been quiet so long that it may be forgotten."""
    return bucket.flood + (now - bucket.at) * FLOOD.a_second >= FLOOD.burst and (
        bucket.usual + (now - bucket.at) * USUAL.a_second >= USUAL.burst
    )
