"""Whether a page is fast enough for people: the third quartile of its loads against the bounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import wilson
from cx280.telemetry.rules.questions import VITALS

ENOUGH_GOOD = 0.75  # a page is good when three of four loads are


class Verdict(StrEnum):
    """What the third quartile says; UNSURE where chance could make it good or not."""

    GOOD = "good"
    NEEDS_WORK = "needs work"
    POOR = "poor"
    UNSURE = "too close to call"
    TOO_FEW = "too few to show"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is told: its name in words, its unit, and the bounds of good and poor."""

    words: str
    about: str
    good: str
    poor: str


MEASURES = {
    "lcp": Measure("Main content shown", "Largest Contentful Paint", "2.5 s", "4 s"),
    "inp": Measure("Answers a tap", "Interaction to Next Paint", "200 ms", "500 ms"),
    "cls": Measure("Layout jumps", "Cumulative Layout Shift", "0.1", "0.25"),
}


def verdict(name: str, p75: float, good: int, loads: int, smallest: int) -> Verdict:
    """The verdict on a page by one measure.

    The third quartile is within the bound exactly when 3 in 4 loads are; so the 95 % interval of
    the share of good loads (Wilson) tells whether chance could turn the verdict. Bounds: Web
    Vitals (2.5 and 4 s; 200 and 500 ms; 0.1 and 0.25). Raises Unusable for another measure.
    """
    if name not in VITALS:
        raise Unusable(f"{name} is not a measure of page speed.")
    if loads < smallest:
        return Verdict.TOO_FEW
    low, high = wilson(good, loads)
    if low <= ENOUGH_GOOD <= high:
        return Verdict.UNSURE
    bound_good, bound_poor = VITALS[name]
    if p75 <= bound_good:
        return Verdict.GOOD
    return Verdict.POOR if p75 > bound_poor else Verdict.NEEDS_WORK


def written(name: str, value: float) -> str:
    """A value of a measure as people read it: `2.1 s`, `180 ms`, `0.08`."""
    if name == "cls":
        return f"{value:.2f}"
    if name == "lcp":
        return f"{value / 1000:.1f}\N{NO-BREAK SPACE}s"
    return f"{value:.0f}\N{NO-BREAK SPACE}ms"


def headline(verdicts: dict[str, list[Verdict]]) -> str:
    """What the page finds: `2 of 12 pages are slow for people`, from the verdicts of each page."""
    told = {
        page: each for page, each in verdicts.items() if any(v != Verdict.TOO_FEW for v in each)
    }
    if not told:
        return "Too few loads to say which pages are slow"
    slow = sum(any(v in {Verdict.POOR, Verdict.NEEDS_WORK} for v in each) for each in told.values())
    if slow:
        verb = "is" if slow == 1 else "are"
        return f"{slow} of {len(told)} pages {verb} slow for people"
    unsure = sum(Verdict.UNSURE in each for each in told.values())
    if unsure:
        verb = "is" if unsure == 1 else "are"
        return f"No page is surely slow; {unsure} of {len(told)} {verb} too close to call"
    return "Every page is fast enough"
