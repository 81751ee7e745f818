"""What goes with trust or satisfaction: from a stored result, else worked out from the patterns.

No page reads answers for it. What the worker has not worked out is worked out when asked, and
kept in memory by the digest of its patterns: the same patterns always give the same result.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from cx280.kernel.quarter import Quarter
from cx280.measures.models import DriverResult
from cx280.measures.queries.patterns import Question, digest_of_all, read_parts, scaled, tapped
from cx280.measures.rules.drivers import ENOUGH, Finding, finding_of
from cx280.measures.rules.pooling import pool_of
from cx280.measures.rules.tapped_drivers import TapFinding, tap_finding_of

GOOD_FOR = timedelta(hours=1)  # an analysis does not turn with the last few answers


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and when. finding: None where nobody was asked about drivers on a scale."""

    finding: Finding | None
    made_at: datetime


def drivers_found(asked: Question, now: datetime) -> Answer:
    """What goes with the outcome: as stored while that holds, else worked out now."""
    digest = digest_of_all(scaled(asked))
    return _as_stored(asked, digest, now) or Answer(worked_out(asked, digest), now)


def found_before(asked: Question, now: datetime) -> Answer | None:
    """What the worker found, while it holds; None where it has not looked yet."""
    return _as_stored(asked, "", now)


def _as_stored(asked: Question, digest: str, now: datetime) -> Answer | None:
    """digest: of the patterns as they are; "" to look them up only where a result is old."""
    stored = stored_result(asked) if asked.is_usual else None
    if stored is None:
        return None
    if not _is_recent(stored, asked, now):
        digest = digest or digest_of_all(scaled(asked))
        if stored.made_from != digest:
            return None
    finding = read_finding(stored.result)
    return Answer(finding, stored.made_at) if finding is not None else None


def stored_result(asked: Question) -> DriverResult | None:
    """The row the worker left for this question, however old."""
    return DriverResult.objects.filter(
        service=asked.service,
        unit=asked.cut.unit,
        channel=asked.cut.channel,
        starts_on=asked.period.last.first_day,
        quarters=asked.period.quarters,
        outcome=asked.outcome,
    ).first()


def read_finding(result: object) -> Finding | None:
    """A stored finding; None when an earlier release wrote it otherwise."""
    try:
        return msgspec.convert(result, Finding)
    except msgspec.ValidationError:
        return None


def _is_recent(stored: DriverResult, asked: Question, now: datetime) -> bool:
    """Whether a result stands although answers came since."""
    # A refusal is cheap to look at again, and a few more answers may lift it. What must not be
    # shown any more is never served from before.
    pooled = {Quarter.parse(each) for each in stored.result["quarters"]}
    return (
        not stored.result["refusal"]
        and pooled <= asked.shown
        and now - GOOD_FOR <= stored.made_at <= now
    )


_kept: OrderedDict[tuple[str, str, bool, int], Finding | None] = OrderedDict()
_MOST_KEPT = 256
_lock = threading.Lock()


def worked_out(asked: Question, digest: str) -> Finding | None:
    """The finding, from memory when these very patterns were analysed in this process before."""
    how = (asked.outcome, asked.override, asked.smallest)
    with _lock:
        if (digest, *how) in _kept:
            _kept.move_to_end((digest, *how))
            return _kept[digest, *how]
    read = read_parts(asked, scaled(asked))
    pool = pool_of(read.parts.get("", []), enough=ENOUGH, override=asked.override)
    finding = finding_of(pool, asked.outcome, smallest=asked.smallest) if pool else None
    with _lock:  # under what was read: a count in between may have changed it
        _kept[read.digest, *how] = finding
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return finding


def taps_found(asked: Question) -> list[TapFinding]:
    """What is tapped under low and under high ratings of the outcome: one for each question in
    which drivers are tapped; worked out when asked, since it takes no sampling."""
    read = read_parts(asked, tapped(asked))
    found = []
    for tap, question in read.taps.items():
        pool = pool_of(read.parts[tap], enough=ENOUGH, override=asked.override)
        if pool is not None:
            found.append(tap_finding_of(pool, asked.outcome, question, smallest=asked.smallest))
    return found
