"""A detection in a sentence: what was seen, what was to be expected, how rare that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from cx280.stats.detection.detector import RUN, SILENT, SLOW, Detection
from cx280.stats.detection.drift import Drift
from cx280.stats.detection.grid import DAY
from cx280.stats.detection.watched import Watched

_MOST = 1_000_000
_KNOWN_DAYS = 28  # of counts, before limits are wide


def explain(found: Detection, row: int, at: datetime) -> str:
    """One or two sentences on a row: `11,567 on July 13, 1995 at 08:00, where 4,452 to 7,676 …`.

    `at` is the time of the row. Where nothing was to be expected yet, it says so.
    """
    seen, when = number(float(found.numbers[row])), moment(at, found.step)
    if np.isnan(found.numbers[row]):
        return f"Nobody knows what happened {when}: there is no number."
    if np.isnan(found.low[row]):
        return f"{seen} {when}; too little is known yet to say what was to be expected."
    expected = f"{number(float(found.low[row]))} to {number(float(found.high[row]))}"
    told = _seen(int(found.look[row]), seen, when, expected)
    return f"{told} {how_rare(float(found.rarity[row]))}{_cold(found, row)}"


def explain_share(found: Watched, row: int, times: Sequence[datetime], of: str = "answers") -> str:
    """`70 % of 812 answers from May 3, 2026 to May 16, 2026, where 73 % to 77 % was …`.

    of: what is counted, in the plural.
    """
    n, when = int(found.n[row]), _since(found, row, times)
    if n == 0:
        return f"Nobody knows what happened {when}: there were no {of}."
    told = f"{found.seen[row]:.1%} of {n:,} {of} {when}"
    if np.isnan(found.low[row]):
        return f"{told}; too little is known yet to say what was to be expected."
    return (
        f"{told}, where {found.low[row]:.1%} to {found.high[row]:.1%} was to be expected. "
        f"{_how_often(found, row)}"
    )


def explain_count(found: Watched, row: int, times: Sequence[datetime], of: str = "visits") -> str:
    """`61 visits on May 3, 2026 at 10:00, where 81 to 121 were to be expected. …`.

    of: what is counted, in the plural.
    """
    when = _since(found, row, times)
    if not found.n[row]:
        return f"Nobody knows how many {of} came {when}."
    seen = f"{number(float(found.seen[row]))} {of} {when}" if found.seen[row] else (
        f"No {of} at all {when}")  # fmt: skip
    if np.isnan(found.low[row]):
        return f"{seen}; too little is known yet to say how many were to be expected."
    expected = f"{number(float(found.low[row]))} to {number(float(found.high[row]))}"
    told = f"{seen}, where {expected} were to be expected."
    cold = bool(found.learned[row] * found.step < _KNOWN_DAYS * DAY)
    few = " Fewer than four weeks are known, so the limits are wide." if cold else ""
    return f"{told} {_how_often(found, row)}{few}"


def explain_drift(found: Drift, row: int, at: datetime) -> str:
    """`388 on average over the 21 rows up to May 3, 2026, where 395 to 405 was …`.

    `at` is the time of the row.
    """
    when = moment(at, found.step).removeprefix("on ").removeprefix("in ")
    if np.isnan(found.low[row]) or np.isnan(found.seen[row]):
        return f"Too little is known up to {when} to say what was to be expected."
    expected = f"{number(float(found.low[row]))} to {number(float(found.high[row]))}"
    return (
        f"{number(float(found.seen[row]))} on average over the {int(found.n[row])} rows up to "
        f"{when}, where {expected} was to be expected. "
        f"{_how_often(found, row)}"
    )


def how_rare(rarity: float) -> str:
    """`About 1 in 500 is as far out.` from a rarity (-log10 of a probability)."""
    many = 10.0**rarity
    if many < 20:
        return "That is nothing out of the ordinary."
    if many >= _MOST:
        return "Fewer than 1 in a million are as far out."
    digits = int(np.floor(np.log10(many)))
    return f"About 1 in {round(many, -digits):,.0f} is as far out."


def moment(at: datetime, step: float) -> str:
    """`in July 2020`, `on July 13, 1995`, `on July 13, 1995 at 08:00`, by the distance of rows."""
    if step > 27 * DAY:
        return f"in {at:%B %Y}"
    day = f"on {at:%B} {at.day}, {at.year}"
    return day if step >= DAY else f"{day} at {at:%H:%M}" + (f":{at:%S}" if step < 60 else "")


def number(value: float) -> str:
    """A number as people read it: whole ones from 100 on, three digits below."""
    if not np.isfinite(value):
        return "no number"
    return f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:,.3g}"


def _seen(look: int, seen: str, when: str, expected: str) -> str:
    if look == SILENT:
        return f"Nothing came {when}, where {expected} was to be expected."
    told = f"{seen} {when}, where {expected} was to be expected."
    if look == RUN:
        return f"{told} The numbers just before it lean the same way."
    if look == SLOW:
        return f"{told} Taken together, the last part of the day is unlike that of other days."
    return told


def _since(found: Watched, row: int, times: Sequence[datetime]) -> str:
    """`on May 3, 2026`, or `from May 1, 2026 to May 3, 2026` for rows together."""
    when, first = moment(times[row], found.step), times[int(found.since[row])]
    if first == times[row]:
        return when
    start = moment(first, found.step).removeprefix("on ").removeprefix("in ")
    return f"from {start} to {when.removeprefix('on ').removeprefix('in ')}"


def _how_often(found: Watched | Drift, row: int) -> str:
    days = float(found.once_in[row]) * found.step / DAY
    if days < 7 and not found.told[row]:
        return "Chance alone does that within a week: nothing out of the ordinary."
    if days >= 3650:
        return "Chance alone does that less than once in ten years of looking."
    many, unit = (days / 30, "months") if days >= 60 else (days, "days")
    if round(many) <= 1:
        return "Chance alone does that about once a day of looking."
    return f"Chance alone does that about once in {many:,.0f} {unit} of looking."


def _cold(found: Detection, row: int) -> str:
    if not found.cold[row]:
        return ""
    return f" Only {int(found.learned[row])} earlier numbers are known, so the limits are wide."
