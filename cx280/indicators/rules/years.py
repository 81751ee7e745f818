"""What a fiscal year comes to, from its quarters; only what means the same is put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import weakest
from cx280.measures.rules.scores import Share, share_of


@dataclass(frozen=True, slots=True)
class Point:
    """A quarter of a share. key: what it may be put together with, as the measures write it.

    why: words in place of the share where it may not be shown; then it counts nowhere, since a
    year that counted it would give it away by subtraction.
    """

    quarter: Quarter
    key: str
    share: Share
    text: str = ""
    source: str = ""
    why: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether it has a figure to show."""
        return not self.why and self.share.n > 0


@dataclass(frozen=True, slots=True)
class Level:
    """A quarter of a service-level indicator, as the report of the quarter holds it."""

    quarter: Quarter
    value: float
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator says of a year, or why it says nothing.

    low, high: how sure, where an interval may be told at all (INC-44). n: people or visits behind
    it. sure, how: how sure, and where it comes from, in words. key: as of Point. breaks: what
    changed within the year. stated: typed from elsewhere, with `how` its source.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    period: str = ""
    sure: str = ""
    how: str = ""
    why: str = ""
    key: str = ""
    breaks: tuple[str, ...] = ()
    stated: bool = False


def nothing(why: str) -> Figure:
    """No figure, and why."""
    return Figure(None, why=why)


@implements("280.12-a2", "INC-05")
def year_of(points: Sequence[Point], fiscal_year: int, *, how: str = "") -> Figure:
    """The year's share: everybody who was asked the same, put together, never a mean of quarters.

    Quarters of another key than the last one are left out and named; so are those with too few
    to show.
    """
    here = sorted((p for p in points if p.quarter.fiscal_year == fiscal_year),
                  key=lambda each: each.quarter)  # fmt: skip
    shown = [each for each in here if each.is_shown]
    if not shown:
        said = [each.why for each in here if each.why]
        return nothing(said[-1] if said else "Nobody has answered in this year.")
    last = shown[-1].key
    same = [each for each in shown if each.key == last]
    basis = weakest(each.share.basis for each in same)
    share = share_of(
        sum(each.share.successes for each in same), sum(each.share.n for each in same), basis
    )
    low, high = share.ends
    return Figure(
        value=share.share,
        low=low,
        high=high,
        n=share.n,
        period=period_of([each.quarter for each in same]),
        sure=share.sure,
        how=how or _sources(same),
        key=last,
        breaks=(*_left_out(here, shown, last),),
    )


def _sources(points: Sequence[Point]) -> str:
    return "; ".join(dict.fromkeys(each.source for each in points if each.source))


def _left_out(here: Sequence[Point], shown: Sequence[Point], last: str) -> list[str]:
    other = [each.quarter for each in shown if each.key != last]
    few = [each.quarter for each in here if not each.is_shown]
    said = []
    if other:
        said.append(f"{period_of(other)}: asked in another way, so not counted here.")
    if few:
        said.append(f"{period_of(few)}: too few answered to show, so not counted here.")
    return said


def period_of(quarters: Sequence[Quarter]) -> str:
    """`FY2022` for four quarters, else the quarters: `FY2022 Q1, Q2`."""
    if not quarters:
        return ""
    found = sorted(set(quarters))
    year = found[0].fiscal_year
    if [each.number for each in found] == [1, 2, 3, 4]:
        return f"FY{year}"
    return f"FY{year} " + ", ".join(f"Q{each.number}" for each in found)


@implements("280.12-a3")
def level_of_year(levels: Sequence[Level], fiscal_year: int) -> Figure:
    """The year's service level: put together where each quarter tells what it is a share or mean
    of, else the last quarter's value, which is the stored one; quarters are never averaged.
    """
    here = sorted((each for each in levels if each.quarter.fiscal_year == fiscal_year),
                  key=lambda each: each.quarter)  # fmt: skip
    if not here:
        return nothing("No quarter report of this year holds it.")
    last = here[-1]
    how = "; ".join(dict.fromkeys(each.source for each in here if each.source))
    scale = _scale(here)
    if scale is None or len({each.unit for each in here}) > 1:
        return Figure(last.value, period=str(last.quarter), sure="as reported", how=last.source)
    top = sum(each.numerator or 0 for each in here)
    bottom = sum(each.denominator or 0 for each in here)
    return Figure(
        scale * top / bottom, n=None, period=period_of([each.quarter for each in here]),
        sure=f"from {top:,.0f} of {bottom:,.0f}", how=how,
    )  # fmt: skip


def _scale(levels: Sequence[Level]) -> float | None:
    """1 or 100, whichever each value is its parts times; None where that does not hold."""
    for scale in (1.0, 100.0):
        if all(_fits(each, scale) for each in levels):
            return scale
    return None


def _fits(level: Level, scale: float) -> bool:
    if level.numerator is None or not level.denominator:
        return False
    # A value is written with a digit or two after the point.
    return math.isclose(level.value, scale * level.numerator / level.denominator, abs_tol=0.05)
