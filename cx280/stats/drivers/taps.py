"""Drivers that people tap or choose: who taps what under a low rating, and who under a high one.

Taps have an analysis of their own. What people tap under one star is what annoyed them, under
five stars what pleased them; the difference between both says which of the two a driver is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cx280.circular.implements import implements
from cx280.stats.drivers.modes import refuse_ratings
from cx280.stats.drivers.patterns import Floats, Patterns
from cx280.stats.drivers.readiness import TooThin, answered_outcome
from cx280.stats.intervals import Difference, Verdict, compare_shares, wilson

LEAST_RATINGS = 30  # low or high ratings, below which nothing is compared

TapMode = Literal["tapping", "multiple_choice"]
Side = Literal["penalty", "reward", "neither"]


@dataclass(frozen=True, slots=True)
class TapShare:
    """The share who tapped, in [0, 1], of the people `shown` it, with its Wilson interval."""

    share: float
    low: float
    high: float
    tapped: int
    shown: int


@dataclass(frozen=True, slots=True)
class TappedDriver:
    """One driver under low and under high ratings.

    difference: share under high ratings minus share under low ones, with an interval that holds
    for all drivers together. side: `penalty` when tapped more under low ratings, `reward` when
    more under high ones, `neither` while the interval holds 0.
    """

    driver: str
    shown: int
    tapped: TapShare
    under_low: TapShare
    under_high: TapShare
    difference: Difference
    side: Side


@dataclass(frozen=True, slots=True)
class TapAnalysis:
    """All drivers, the one that tells low from high ratings most first.

    n: people who rated; low and high: how many rated so. penalties, rewards: names, the widest
    difference first. notes: whole sentences for the reader.
    """

    outcome: str
    mode: TapMode
    n: int
    low: int
    high: int
    drivers: tuple[TappedDriver, ...]
    notes: tuple[str, ...]

    @property
    def penalties(self) -> tuple[str, ...]:
        """What people tap more under low ratings."""
        return tuple(each.driver for each in self.drivers if each.side == "penalty")

    @property
    def rewards(self) -> tuple[str, ...]:
        """What people tap more under high ratings."""
        return tuple(each.driver for each in self.drivers if each.side == "reward")


@implements("INC-15")
def analyse_taps(
    patterns: Patterns,
    outcome: str,
    drivers: Sequence[str],
    *,
    mode: TapMode = "tapping",
    low: Collection[float] = (1, 2),
    high: Collection[float] = (4, 5),
    confidence: float = 0.95,
    least: int = LEAST_RATINGS,
) -> TapAnalysis:
    """How tapping each driver goes with the rating it was shown under.

    patterns: the outcome as codes; of each driver 1 tapped, 0 shown and not tapped, NaN not shown.
    low, high: the codes that count as low and as high ratings; those between count in neither.
    Shares are of those shown. Differences: hybrid score interval (Newcombe 1998), Bonferroni over
    the drivers. With sampling weights, shares are weighted and intervals use Kish's effective
    number of people (1965, Survey Sampling, 8.2). Raises MixedModes when a driver is rated, TooThin
    below `least` low or high ratings.
    """
    refuse_ratings(patterns, drivers)
    used = answered_outcome(patterns, outcome, drivers)
    ratings = used.values[:, 0]
    is_low, is_high = (np.isin(ratings, np.array(sorted(each))) for each in (low, high))
    for rated, word in ((is_low, "low"), (is_high, "high")):
        found = round(float(used.people[rated].sum()))
        if found < least:
            raise TooThin(f"{found} people gave a {word} rating; {least} are needed to compare "
                          "what is tapped under low and under high ratings.",
                          n=found, needed=least)  # fmt: skip
    together = 1 - (1 - confidence) / len(drivers)
    compared = [_compare(used, each, is_low, is_high, confidence, together) for each in drivers]
    return TapAnalysis(
        outcome=outcome,
        mode=mode,
        n=used.n,
        low=round(float(used.people[is_low].sum())),
        high=round(float(used.people[is_high].sum())),
        drivers=tuple(sorted(compared, key=lambda each: -abs(each.difference.difference))),
        notes=_notes(mode, used, confidence),
    )


def _compare(
    used: Patterns, driver: str, is_low: NDArray[np.bool_], is_high: NDArray[np.bool_],
    confidence: float, together: float,
) -> TappedDriver:  # fmt: skip
    taps = used.column(driver)
    shown = ~np.isnan(taps)
    everybody, under_low, under_high = (
        _share(used, taps, shown & rated, confidence)
        for rated in (np.ones(len(taps), dtype=bool), is_low, is_high)
    )
    before, after = (_effective(used, taps, shown & rated) for rated in (is_low, is_high))
    difference = compare_shares(before, after, together)
    sides: dict[Verdict, Side] = {Verdict.HIGHER: "reward", Verdict.LOWER: "penalty"}
    return TappedDriver(
        driver=driver,
        shown=everybody.shown,
        tapped=everybody,
        under_low=under_low,
        under_high=under_high,
        difference=difference,
        side=sides.get(difference.verdict, "neither"),
    )


def _share(used: Patterns, taps: Floats, who: NDArray[np.bool_], confidence: float) -> TapShare:
    people, weights = used.people[who], used.weights[who]
    low, high = wilson(*_effective(used, taps, who), confidence)
    share = float(weights @ taps[who] / weights.sum()) if len(people) else 0.0
    tapped = round(float(people @ taps[who]))
    return TapShare(share, min(low, share), max(high, share), tapped, round(float(people.sum())))


def _effective(used: Patterns, taps: Floats, who: NDArray[np.bool_]) -> tuple[int, int]:
    """(tapped, shown) as a simple random draw of the same precision would count them."""
    people, weights = used.people[who], used.weights[who]
    if not len(people):
        return 0, 0
    size = float(weights.sum() ** 2 / (weights**2 / people).sum())
    share = float(weights @ taps[who] / weights.sum())
    return round(share * round(size)), round(size)


def _notes(mode: TapMode, used: Patterns, confidence: float) -> tuple[str, ...]:
    verb = "tapped" if mode == "tapping" else "chosen"
    notes = [
        "What is tapped is associated with the rating, not shown to cause it.",
        f"Shares are of the people who were shown a driver; it is {verb} or not, never a score.",
        f"The intervals of the differences hold for all drivers together ({confidence:.0%}).",
    ]
    if used.weighted:
        notes.append("Answers count by their sampling weights; intervals use the effective number.")
    return tuple(notes)
