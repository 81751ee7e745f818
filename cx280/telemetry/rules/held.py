"""Events held back because personal data was found in them (M-10-22, 280.7-b1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.telemetry.rules.sites import RULE

# Those nobody decided about are forgotten after so many whole days.
DAYS = 30
# Over the table of those held back, which an engine calls `events` too.
SUMMARY = """SELECT source, page, count(*) AS events, min(received) AS first,
  max(received) AS last, CAST(sum(count(*)) OVER () AS BIGINT) AS total,
  min(min(received)) OVER () AS since
FROM events WHERE site = $site GROUP BY source, page ORDER BY events DESC, page, source LIMIT 50"""
COUNTS = "SELECT site, count(*) AS events FROM events GROUP BY site"
_KINDS = {
    "email": "an e-mail address",
    "telephone": "what looks like a telephone number",
    "number": "nine digits or more in a row",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where personal data was found: which kinds and in what, on which page, how often."""

    source: str
    page: str
    events: int
    first: datetime
    last: datetime

    @property
    def door(self) -> str:
        """How the events came: script, otlp or weblog."""
        return self.source.partition(" ")[0]

    @property
    def found(self) -> list[str]:
        """`an e-mail address in the page's address`, of each kind and place."""
        return [_in_words(each) for each in self.source.split(" ")[2:]]


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held back of a site, and the places with most of it first."""

    events: int
    since: datetime
    places: Sequence[Place]


def _in_words(found: str) -> str:
    kind, _, place = found.partition("/")
    where = "the page’s address"
    if place.startswith("property:"):
        where = f"the property “{place.removeprefix('property:')}”"
    return f"{_KINDS.get(kind, 'personal data')} in {where}"


@implements("280.7-b1")
def finding_of(held: Held | None, tier: int | None) -> Finding | None:
    """What a stream carries that its tier may not; None where nothing is held back.

    Tiers 1 and 2 of M-10-22 use no personal data. `where` is the page with most of it, cleaned.
    """
    if held is None or not held.places:
        return None
    first, *others = held.places
    more = f", and in {len(others)} more place{'s'[: len(others) > 1]}" if others else ""
    return Finding(
        rule=RULE,
        severity=Severity.WARN,
        message=f"There was {_and(first.found)}{f' on {first.page}' if first.page else ''}{more}. "
        f"Tier {tier or 1} of M-10-22 carries no personal data.",
        where=first.page or None,
        fix="Have it taken out where it is sent. Then count the cleaned events, or drop them.",
    )


def _and(words: Sequence[str]) -> str:
    *most, last = words or ["personal data"]
    return f"{', '.join(most)} and {last}" if most else last
