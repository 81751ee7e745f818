"""Figures of an alarm in words: seen beside expected, with n; how rare; since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.kernel.words import Word
from cx280.pages.written import longdate, number, percent

# What people in the United States call their time; elsewhere the zone's own name is used.
_ZONES = {
    "America/New_York": "Eastern time",
    "America/Detroit": "Eastern time",
    "America/Chicago": "Central time",
    "America/Denver": "Mountain time",
    "America/Phoenix": "Arizona time",
    "America/Los_Angeles": "Pacific time",
    "America/Anchorage": "Alaska time",
    "Pacific/Honolulu": "Hawaii time",
    "America/Puerto_Rico": "Atlantic time",
    "Pacific/Guam": "Chamorro time",
}


class Measure(Word):
    """What kind of figure moved."""

    COUNT = "count", "How many"
    SHARE = "share", "Share"
    MEAN = "mean", "Average"
    SECONDS = "seconds", "Time taken"
    SILENCE = "silence", "Silence"


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure beside what was to be expected.

    value: a count, a share between 0 and 1, an average, the seconds that three in four stay under,
    or for silence the hours. low, high: the expected range in the same unit (for silence: how many
    were expected); None when too little is known yet. n: what a share, average or time rests on.
    of: what is counted, in the plural: `people who began`, `page views in an hour`. did: what those
    of a share did: `finished`.
    """

    measure: Measure
    value: float
    low: float | None
    high: float | None
    n: int | None
    of: str
    did: str = ""


def how_bad(seen: Seen, smallest: int) -> str:
    """`12 % of 412 people who began finished, where 31 % to 39 % was expected.`

    A count under `smallest`, and a share that would tell of fewer, is said as `fewer than`.
    """
    if seen.low is None or seen.high is None:
        return f"{_seen(seen, smallest)}. Too little is known yet to say what was expected."
    return f"{_seen(seen, smallest)}, where {_expected(seen, smallest)} expected."


def how_rare(once_in_days: float) -> str:
    """`Chance alone does this about once in 3 years.`"""
    if once_in_days < 7:
        return "Chance alone does this within a week, so wait and see."
    if once_in_days >= 3650:
        return "Chance alone does this less than once in ten years."
    for days, unit in ((365, "years"), (30, "months"), (7, "weeks")):
        if once_in_days >= 2 * days:
            return f"Chance alone does this about once in {once_in_days / days:.0f} {unit}."
    return f"Chance alone does this about once in {once_in_days:.0f} days."


def lasting(span: timedelta) -> str:
    """`40 minutes`, `5 hours`, `3 days`."""
    seconds = max(span.total_seconds(), 60)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        many = round(seconds / size)
        if many >= 2 or size == 60:
            return f"{number(many)} {unit}{'' if many == 1 else 's'}"
    raise AssertionError(span)


def since(at: datetime) -> str:
    """`Friday, January 28, 2022, 2:15 p.m. Eastern time`, in the zone that the time is in.

    Midnight is the day alone: what is counted by the day has no hour.
    """
    if not (at.hour or at.minute):
        return longdate(at.date())
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{longdate(at.date())}, {at.hour % 12 or 12}:{at:%M} {half} {_zone(at)}"


def _zone(at: datetime) -> str:
    zone = at.tzinfo
    named = _ZONES.get(zone.key) if isinstance(zone, ZoneInfo) else None
    return named or at.tzname() or "UTC"


def _seen(seen: Seen, smallest: int) -> str:
    if seen.measure is Measure.SILENCE:
        hours = f"{number(seen.value)} hour{'' if round(seen.value) == 1 else 's'}"
        return f"Nothing came for {hours}"
    if seen.measure is Measure.COUNT:
        few = seen.value < smallest
        return f"Fewer than {smallest} {seen.of}" if few else f"{number(seen.value)} {seen.of}"
    if seen.n is None or seen.n < smallest:
        return f"Too few {seen.of} to show a figure"
    if seen.measure is Measure.SHARE:
        return _share(seen.value, seen.n, f"{seen.of} {seen.did}".strip(), smallest)
    if seen.measure is Measure.MEAN:
        return f"{number(seen.value, 2)} on average from {number(seen.n)} {seen.of}"
    return f"One in four of {number(seen.n)} {seen.of} took longer than {_time(seen.value)}"


def _share(share: float, n: int, of: str, smallest: int) -> str:
    """In percent, but where so few did, or did not, that people could be told apart."""
    if round(share * n) < smallest:
        return f"Fewer than {smallest} of {number(n)} {of}"
    if round((1 - share) * n) < smallest:
        return f"More than {number(n - smallest)} of {number(n)} {of}"
    return f"{percent(share)} of {number(n)} {of}"


def _expected(seen: Seen, smallest: int) -> str:
    """The range, with its verb."""
    low, high = seen.low or 0.0, seen.high or 0.0
    if seen.measure is Measure.SHARE:
        return f"{percent(low)} to {percent(high)} was"
    if seen.measure is Measure.MEAN:
        return f"{number(low, 2)} to {number(high, 2)} was"
    if seen.measure is Measure.SECONDS:
        return f"{_time(low)} to {_time(high)} was"
    of = f" {seen.of}" if seen.measure is Measure.SILENCE else ""
    return f"{number(low)} to {number(high)}{of} were"


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{number(seconds, 1 if seconds < 10 else 0)} seconds"
    minutes = seconds / 60
    return f"{number(minutes, 1 if minutes < 10 else 0)} minutes"
