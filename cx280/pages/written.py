"""Numbers, shares and days in the words people read. Pure: no Django."""

from __future__ import annotations

import math
from datetime import date

NOT_KNOWN = "not known"
# A number and its unit stay on one line.
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def number(value: float | int | None, decimals: int = 0) -> str:
    """`7,105`; `not known` for None, NaN and infinity."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def percent(share: float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as `84 %`; `not known` for None or NaN."""
    if share is None or share != share:
        return NOT_KNOWN
    return f"{number(share * 100, decimals)}{NBSP}%"


def points(change: float | None) -> str:
    """A difference of shares, -1 to 1, as `up 3 points`, `down 1 point`, `no change`."""
    if change is None or change != change:
        return NOT_KNOWN
    whole = round(abs(change) * 100)
    if whole == 0:
        return "no change"
    way = "up" if change > 0 else "down"
    return f"{way} {whole}{NBSP}{'point' if whole == 1 else 'points'}"


def points_between(low: float, high: float) -> str:
    """The interval of a difference of shares, in points: `between −2 and +5`."""
    ends = [f"+{number(end * 100)}" if round(end * 100) > 0 else number(round(end * 100))
            for end in (low, high)]  # fmt: skip
    return f"between {ends[0]} and {ends[1]}"


def between(bounds: tuple[float, float] | None) -> str:
    """Two shares as `between 83 % and 85 %`; `how sure is not known` for None.

    A narrow range gets decimals until its ends differ: `between 99.96 % and 100 %`.
    """
    if bounds is None:
        return "how sure is not known"
    low, high = _apart(*bounds)
    if low == high:
        return f"as good as {low}"
    return f"between {low} and {high}"


def span(bounds: tuple[float, float] | None) -> str:
    """The same for a table: `83 % to 85 %`."""
    if bounds is None:
        return NOT_KNOWN
    low, high = _apart(*bounds)
    return low if low == high else f"{low} to {high}"


def _apart(low: float, high: float) -> tuple[str, str]:
    """Both ends with as many decimals as tell them apart, two at most; 0 and 1 need none."""
    decimals = next((each for each in (0, 1, 2) if _cut(low, each) != _cut(high, each)), 2)
    ends = [percent(end, 0 if end in {0, 1} else decimals) for end in (low, high)]
    return ends[0], ends[1]


def _cut(share: float, decimals: int) -> str:
    return f"{share * 100:.{decimals}f}"


def n_of(part: int, whole: int | None, noun: str = "") -> str:
    """`412 of 9,800 people asked`; `412 people asked` when the whole is not known."""
    said = number(part) if whole is None else f"{number(part)} of {number(whole)}"
    return f"{said} {noun}".strip()


def longdate(day: date | None) -> str:
    """`Friday, January 28, 2022`; `not known` for None."""
    return f"{day:%A, %B} {day.day}, {day.year}" if day else NOT_KNOWN


def shortdate(day: date | None) -> str:
    """`Jan 28, 2022`; `not known` for None."""
    return f"{day:%b} {day.day}, {day.year}" if day else NOT_KNOWN
