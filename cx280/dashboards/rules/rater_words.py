"""Low raters beside high raters in words: labels, figures, differences, and the finding."""

from __future__ import annotations

import math

from cx280.pages.charts import duration
from cx280.pages.written import MINUS, between, number, percent, points_between
from cx280.stats.medians import Estimate, Gap
from cx280.telemetry.rules.raters import Comparison, Measure, Row

TOO_FEW = "too few to show"


def label_of(row: Row) -> str:
    """What a row is of, as the table names it."""
    if row.measure is Measure.STOPPED:
        return f"Stopped between {row.since} and {row.place}"
    if row.measure is Measure.SECONDS:
        return f"Time from {row.since} to {row.place}"
    return {
        Measure.FINISHED: "Finished",
        Measure.ERRORS: "Saw an error",
        Measure.PAGES: "Pages viewed, mean",
    }[row.measure]


def figure(measure: Measure, value: float) -> str:
    """`42 %`; `half in 31 s or less`; `5.2`."""
    if measure.is_share:
        return percent(value)
    if measure is Measure.SECONDS:
        return f"half in {duration(value)} or less"
    return number(value, 1)


def range_of(measure: Measure, found: Estimate) -> str:
    """The interval of a figure in words."""
    if math.isinf(found.low) or math.isinf(found.high):
        return "too few to say how sure"
    if measure.is_share:
        return between((found.low, found.high))
    if measure is Measure.SECONDS:
        return f"between {duration(found.low)} and {duration(found.high)}"
    return f"between {number(found.low, 1)} and {number(found.high, 1)}"


def difference(row: Row) -> str:
    """`+31 points, between +8 and +51`; empty where there is none to tell."""
    gap = row.between
    if gap is None:
        return ""
    if math.isinf(gap.low) or math.isinf(gap.high):
        return "too few to say"
    if row.measure.is_share:
        low, high = max(gap.low, -1.0), min(gap.high, 1.0)
        return f"{_signed(row.measure, gap.difference)} points, {points_between(low, high)}"
    ends = [_signed(row.measure, each) for each in (gap.low, gap.high)]
    return f"{_signed(row.measure, gap.difference)}, between {ends[0]} and {ends[1]}"


def _signed(measure: Measure, value: float) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    if measure.is_share:
        return f"{sign if round(abs(value) * 100) else ''}{number(round(abs(value) * 100))}"
    if measure is Measure.SECONDS:
        return f"{sign}{duration(abs(value))}"
    return f"{sign}{number(abs(value), 1)}"


def verdict(row: Row) -> str:
    """What the difference allows to say, in plain words."""
    if row.between is None:
        return ""
    if not row.differs:
        return "No difference can be seen"
    return "More for low raters" if row.between.difference > 0 else "Less for low raters"


def finding(found: Comparison, construct: str) -> str:
    """The one sentence above the table; `construct`: trust or satisfaction."""
    row = found.strongest
    if row is None or row.between is None or row.low is None or row.high is None:
        return f"No difference can be seen between people who rated {construct} low and high"
    low, high = (figure(row.measure, each.value) for each in (row.low, row.high))
    return f"People who rated {construct} low {_did(row, row.between)}: {low}, against {high}"


def _did(row: Row, gap: Gap) -> str:
    more = gap.difference > 0
    often = "more often" if more else "less often"
    return {
        Measure.STOPPED: f"stopped {often} between {row.since} and {row.place}",
        Measure.FINISHED: f"finished {often}",
        Measure.ERRORS: f"saw an error {often}",
        Measure.SECONDS: f"took {'longer' if more else 'less time'} "
        f"from {row.since} to {row.place}",
        Measure.PAGES: f"viewed {'more' if more else 'fewer'} pages",
    }[row.measure]


def cells(row: Row) -> list[object]:
    """The row as a file has it; empty where too few to show."""
    told: list[object] = [row.measure.value, row.since, row.place]
    for each in (row.low, row.high):
        told += ["", "", "", ""] if each is None else [_plain(each.value), _plain(each.low),
                                                      _plain(each.high), each.n]  # fmt: skip
    gap = row.between
    if gap is None:
        return [*told, "", "", "", TOO_FEW]
    return [*told, *map(_plain, (gap.difference, gap.low, gap.high)), verdict(row).lower()]


HEADER = [
    *("figure", "from", "to"),
    *("low_value", "low_low", "low_high", "low_n"),
    *("high_value", "high_low", "high_high", "high_n"),
    *("difference", "difference_low", "difference_high", "verdict"),
]


def _plain(value: float) -> object:
    return "" if math.isinf(value) else round(value, 4)
