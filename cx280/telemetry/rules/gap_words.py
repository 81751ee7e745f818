"""Gaps in plain words: when, how much was missed, how sure that is, and the way out."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.kernel.finding import Finding, Severity
from cx280.telemetry.rules.gaps import HISTORY_DAYS, LEAST_DAYS, Gap, Judged

WAY_OUT = (
    "See whether the line of script still stands on every page and whether the receiver ran. "
    "A log of the server for these hours can be imported: the gap closes by itself."
)


def finding(gap: Gap, site: str, zone: str) -> Finding:
    """The gap as a finding of 280.7-f1, in the words of the time zone."""
    message = f"{sentence(gap, zone)}, {how_sure(gap)}."
    return Finding("280.7-f1", Severity.WARN, message, where=site, fix=WAY_OUT)


def sentence(gap: Gap, zone: str) -> str:
    """`Nothing came in from 2 to 8 a.m. on Nov 3; about 340 events were expected`."""
    what = f"Almost nothing ({gap.events:,} events)" if gap.events else "Nothing"
    if gap.is_open:
        when = f"since {_clock(gap.start, zone)} on {_day(gap.start, zone)}"
        return f"{what} has come in {when}; {_expected(gap)}"
    return f"{what} came in {span(gap.start, gap.end, zone)}; {_expected(gap)}"


def how_sure(gap: Gap) -> str:
    """`between 290 and 390, by the same hours of the 8 weeks before`."""
    weeks = gap.days // 7
    return (
        f"between {_round(gap.low):,} and {_round(gap.high):,}, by the same hours of the "
        f"{weeks} weeks before"
    )


def _expected(gap: Gap) -> str:
    return f"about {_round(gap.expected):,} events were expected"


def _round(count: float) -> int:
    """To two digits, so that it does not look counted."""
    if count < 100:
        return round(count)
    return int(float(f"{count:.2g}"))


def span(start: datetime, end: datetime, zone: str) -> str:
    """`from 2 to 8 a.m. on Nov 3`, `from 10 p.m. on Nov 2 to 8 a.m. on Nov 3`."""
    first, last = _clock(start, zone), _clock(end, zone)
    same_day = _day(start, zone) == _day(end - timedelta(seconds=1), zone)
    if not same_day:
        return f"from {first} on {_day(start, zone)} to {last} on {_day(end, zone)}"
    half = " a.m." if first.endswith(" a.m.") and last.endswith(" a.m.") else " p.m."
    if first.endswith(half) and last.endswith(half):
        first = first.removesuffix(half)
    return f"from {first} to {last} on {_day(start, zone)}"


def _clock(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return "noon" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes} {'a.m.' if local.hour < 12 else 'p.m.'}"


def _day(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%b} {local.day}"


def watching(judged: Judged) -> str:
    """What is watched and how well: how much history there is, and how long a silence may last."""
    if judged.days < LEAST_DAYS:
        return (
            f"Not judged yet: {judged.days} of {LEAST_DAYS} days of history are there, and what is "
            "usual is learned from them."
        )
    if judged.hours_to_notice is None:
        return "Too quiet to judge: hardly any events came, so none can be missed."
    weeks = judged.days // 7
    few = "" if judged.days >= HISTORY_DAYS else f" Only {weeks} weeks of history are there yet."
    return (
        f"A silence is told when it has lasted about {_hours(judged.hours_to_notice)}, less at "
        f"busy hours, more at night.{few}"
    )


def _hours(hours: float) -> str:
    if hours < 1.5:
        return "an hour"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
