"""Where people stop: how many visits reach each place of a flow, how sure that is, and the words.

Visits are counted, not drawn: the intervals (Wilson 1927, `stats.intervals`) show what chance
alone would do if the same kind of people came again. Visits without script are not among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.intervals import wilson

SMALLEST_IN_EXPORTS = 5
# Fractions people say, and how far a share may be from the one that stands for it.
_SAID = {
    "1 in 20": 0.05, "1 in 10": 0.1, "1 in 8": 0.125, "1 in 6": 1 / 6, "1 in 5": 0.2,
    "1 in 4": 0.25, "3 in 10": 0.3, "1 in 3": 1 / 3, "4 in 10": 0.4, "1 in 2": 0.5,
    "6 in 10": 0.6, "2 in 3": 2 / 3, "7 in 10": 0.7, "3 in 4": 0.75, "8 in 10": 0.8,
    "9 in 10": 0.9,
}  # fmt: skip
_NEAR_ENOUGH = 0.03
NOT_COMPUTABLE = (
    "Completion rate not computable: this flow never told of its end. Send a "
    "transaction_complete event when the outcome is reached."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: counts, the share in [0, 1], and its 95 % interval."""

    part: int
    n: int

    @property
    def share(self) -> float:
        """The share; 0 of nothing is 0."""
        return self.part / self.n if self.n else 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """Wilson's interval; (0, 1) of nothing."""
        return wilson(self.part, self.n)


@dataclass(frozen=True, slots=True)
class Place:
    """Start, step or end of a flow as the lake counted it: visits that got there in order."""

    name: str
    visits: int
    median_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A place as it is shown; all figures None where there are too few to show.

    reached: of those who started. stopped: who did not come here, of those at the last place shown
    before (`after`). seconds: the median on the way here.
    """

    name: str
    reached: Share | None = None
    stopped: Share | None = None
    after: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """How many of those who started finished; without figures, `reason` says why."""

    finished: Share | None
    reason: str = ""


def stages(places: Sequence[Place], smallest: int) -> list[Stage]:
    """The places to show, in order; a place is hidden when its count, or how many it lost, is
    from 1 to `smallest` - 1.

    What is shown gives nothing away: any two counts shown are equal or at least `smallest` apart.
    Raises Unusable when more visits reach a place than the one before.
    """
    _check(places)
    found: list[Stage] = []
    last: Place | None = None
    for place in places:
        lost = last.visits - place.visits if last else 0
        hidden = 0 < place.visits < smallest or 0 < lost < smallest
        if hidden or (last is None and found):
            found.append(Stage(place.name))
            continue
        stopped = Share(lost, last.visits) if last else None
        follows = bool(found) and found[-1].reached is not None
        found.append(
            Stage(
                place.name,
                Share(place.visits, places[0].visits),
                stopped,
                "" if follows or last is None else last.name,
                place.median_seconds if place.visits else None,
            )
        )
        last = place
    return found


def worst(shown: Sequence[Stage]) -> Stage | None:
    """The place before which most visits stopped; the first of equals; None where none did."""
    losing = [each for each in shown if each.stopped is not None and each.stopped.part]
    return max(losing, key=lambda each: each.stopped.part if each.stopped else 0, default=None)


@implements("280.4-e1")
def completion(started: int, finished: int, *, has_outcome: bool, smallest: int) -> Completion:
    """The share of visits that started the flow and reached its outcome in the same visit.

    has_outcome: whether the flow ever told of its end (280.4-e1: a service ends with achieving an
    outcome). Without an outcome event, and without starts, there is a reason instead of a figure.
    """
    if not has_outcome:
        return Completion(None, NOT_COMPUTABLE)
    if started == 0:
        return Completion(None, "Nobody started it.")
    if any(0 < each < smallest for each in (started, finished, started - finished)):
        return Completion(None, "Too few to show.")
    return Completion(Share(finished, started))


def finding(shown: Sequence[Stage]) -> str:
    """One sentence: `6 in 10 who start never reach Pay: between 58 % and 63 %, from 1,204 visits`.

    It names the place before which most visits stopped, and says who of all who started never got
    there.
    """
    if not shown or shown[0].reached is None:
        return "Too few visits to say where people stop"
    if shown[0].reached.n == 0:
        return "Nobody started this yet"
    place = worst(shown)
    if place is None or place.reached is None:
        return "Nearly everybody gets through"
    never = Share(place.reached.n - place.reached.part, place.reached.n)
    low, high = never.ends
    return (
        f"{in_words(never)} who start never reach {place.name}: between "
        f"{_percent(low)} and {_percent(high)}, from {never.n:,} visits"
    )


def untold(finished: Share | None, shown: Sequence[Stage], smallest: int) -> str:
    """What to know before believing the steps: visits that finished and did not tell of each one.

    Empty where all did, and where so few did not that the number would give somebody away. A step
    that no page names, or names otherwise, looks as if everybody had stopped before it.
    """
    last = shown[-1].reached if shown else None
    if finished is None or last is None:
        return ""
    extra = finished.part - last.part
    if extra < smallest:
        return ""
    return (
        f"{extra:,} of {finished.part:,} visits that finished did not tell of every step on the "
        "way. They look as if they had stopped: see that each page names its step, and that no "
        "step can be skipped."
    )


def in_words(share: Share) -> str:
    """A share as people say it: `6 in 10`, `1 in 3`, `35 % of those`, `Fewer than 1 in 20`, `All`.

    Only what its interval bears out: where no such fraction is near enough, the percentage.
    """
    if share.n and share.part == share.n:
        return "All"
    if share.share < 0.05:
        return "Fewer than 1 in 20"
    if share.share > 0.95:
        return "Nearly all"
    said, value = min(_SAID.items(), key=lambda each: abs(each[1] - share.share))
    low, high = share.ends
    near = abs(value - share.share) <= _NEAR_ENOUGH and low <= value <= high
    return said if near else f"{_percent(share.share)} of those"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}\N{NO-BREAK SPACE}%"


def _check(places: Sequence[Place]) -> None:
    for before, after in pairwise(places):
        if after.visits > before.visits:
            raise Unusable(
                f"{after.visits} visits at {after.name} cannot come from "
                f"{before.visits} at {before.name}."
            )
