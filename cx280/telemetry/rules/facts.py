"""What is kept of a day of a service once its events are counted, and how days add up.

Counts, sums, least and greatest of a span add up from its days. Visits count on the local day on
which they first did the thing, looking one day back, so they add up too. Quantiles of one day or
hour are those of its values; of several days they come from histograms, within 0.5 %.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import TypeVar, cast

import msgspec

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.histograms import Histogram, merged, quantile

TOTALS = "totals"
DIMENSIONS = ("flow", "step", "page", "device", "unit", "channel", "language")
FUNNELS, SPEED, WAYS = "funnels", "speed", "ways"
ALL = "(all)"  # of kinds, or of names: told together
OTHER = "(other)"  # all values, or names, beyond the largest
WHOLE_DAY = -1
# Values of a dimension that are told apart on a day, and hour by hour; names of each service.
MOST = {"flow": 40, "step": 80, "page": 100, "device": 12, "unit": 12, "channel": 12,
        "language": 30}  # fmt: skip
MOST_BY_HOUR = 20
MOST_NAMES = 40
MOST_SPEED, MOST_WAYS = 40, 100
_FORMAT, _IN_THREE = b"\x01", b"\x02"
T = TypeVar("T")


class Figure(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The figures of 280.7-g2 for one kind, name and value of a dimension.

    hour: seconds since 1970 of the UTC hour, -1 for the whole local day. kind, name: `(all)` where
    they are told together. value: of the dimension, "" in totals and where events tell none,
    `(other)` beyond the largest. measured: events with a value; without any, the figures of values
    are None. visits: distinct; of a day, those that did it first on this day. spread: the values,
    kept where one name is told by the day.
    """

    hour: int
    kind: str
    name: str
    value: str
    events: int
    measured: int = 0
    total: float | None = None
    mean: float | None = None
    median: float | None = None
    least: float | None = None
    greatest: float | None = None
    p90: float | None = None
    p95: float | None = None
    visits: int = 0
    spread: Histogram | None = None


class Timed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How long something took, in seconds, n times: exact on a day, of days from the histogram."""

    median: float | None = None
    p90: float | None = None
    spread: Histogram = Histogram()


class StepSeen(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Visits that reached a step after their start, and the sum of its places in their order."""

    step: str
    visits: int
    places: float

    @property
    def place(self) -> float:
        """The mean place of the step among the steps of a visit; 1 is first."""
        return self.places / self.visits if self.visits else 0.0


class Reached(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A place of the ordered funnel: visits that got there, and how long the way there took."""

    step: str  # "" at the end of the flow
    visits: int
    took: Timed = Timed()


class FlowFacts(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A flow on one day: visits whose first start fell on it, and what became of them.

    finished: of those who started. took: from start to end. order: the steps the funnel asks for
    one after the other; reached: its places after the start, the end last.
    """

    flow: str
    started: int
    finished: int
    took: Timed = Timed()
    steps: tuple[StepSeen, ...] = ()
    order: tuple[str, ...] = ()
    reached: tuple[Reached, ...] = ()


class SpeedFacts(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Loads of a page by one measure of speed (lcp, inp, cls)."""

    page: str
    name: str
    loads: int
    good: int
    poor: int
    p75: float
    spread: Histogram


class WayFacts(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Visits that went from one page straight to another."""

    page: str
    next_page: str
    visits: int


class Figures(msgspec.Struct, array_like=True, frozen=True):
    """A part of a day: each name of each kind, each kind, and all together."""

    names: tuple[Figure, ...] = ()
    kinds: tuple[Figure, ...] = ()
    whole: tuple[Figure, ...] = ()


class Told(IntEnum):
    """How finely figures are told: the place of their list in `Figures`."""

    NAMES = 0
    KINDS = 1
    WHOLE = 2


_THREE = msgspec.msgpack.Decoder(tuple[memoryview, memoryview, memoryview])


def packed(body: object) -> bytes:
    """A part of a day as it is kept: MessagePack, compressed.

    The three lists of `Figures` are compressed apart: names grow with the number of events, and
    who asks for all of them together need not read them.
    """
    if isinstance(body, Figures):
        return _IN_THREE + msgspec.msgpack.encode([_pressed(each) for each in _lists(body)])
    return _FORMAT + _pressed(body)


def _pressed(body: object) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(body), 6)


def _lists(body: Figures) -> tuple[tuple[Figure, ...], ...]:
    return body.names, body.kinds, body.whole


def unpacked(body: bytes, kind: type[T]) -> T:
    """The part of a day that `packed` made; raises Unusable where it is none."""
    if kind is Figures and body[:1] == _IN_THREE:
        return cast(T, Figures(*(read_list(body, each) for each in Told)))
    if body[:1] not in {_FORMAT, _IN_THREE}:
        raise Unusable("These facts were kept by a later version.")
    return _read(body[1:], kind)


def read_list(body: bytes, how: Told) -> tuple[Figure, ...]:
    """One of the three lists of packed `Figures`, the others unread; raises Unusable likewise."""
    if body[:1] != _IN_THREE:
        return _lists(unpacked(body, Figures))[how]
    try:
        return _read(_THREE.decode(body[1:])[how], tuple[Figure, ...])
    except msgspec.MsgspecError:
        raise _unreadable() from None


def _read(pressed: bytes | memoryview, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(zlib.decompress(pressed), type=kind)
    except (zlib.error, msgspec.MsgspecError):
        raise _unreadable() from None


def _unreadable() -> Unusable:
    return Unusable("These facts cannot be read.", fix="Count the day again.")


@implements("280.7-g2")
def added(figures: Sequence[Figure]) -> Figure:
    """One figure of several days of the same kind, name and value; at least one is given.

    Quantiles are those of the day where there is one day with values; otherwise they come from the
    histograms, and are None where a day kept none. `hour` is -1.
    """
    first = figures[0]
    told = [each for each in figures if each.measured]
    measured = sum(each.measured for each in told)
    total = sum(each.total or 0.0 for each in told) if told else None
    middles = _middles(told)
    return Figure(
        WHOLE_DAY, first.kind, first.name, first.value,
        sum(each.events for each in figures),
        measured,
        total,
        total / measured if total is not None else None,
        middles[0],
        min((each.least for each in told if each.least is not None), default=None),
        max((each.greatest for each in told if each.greatest is not None), default=None),
        middles[1], middles[2],
        sum(each.visits for each in figures),
        _spread(told),
    )  # fmt: skip


def _middles(told: Sequence[Figure]) -> tuple[float | None, float | None, float | None]:
    if len(told) == 1:
        return told[0].median, told[0].p90, told[0].p95
    spread = _spread(told)
    if spread is None:
        return None, None, None
    least = min((each.least for each in told if each.least is not None), default=None)
    greatest = max((each.greatest for each in told if each.greatest is not None), default=None)
    return (
        quantile(spread, 0.5, least=least, greatest=greatest),
        quantile(spread, 0.9, least=least, greatest=greatest),
        quantile(spread, 0.95, least=least, greatest=greatest),
    )


def _spread(told: Sequence[Figure]) -> Histogram | None:
    kept = [each.spread for each in told if each.spread is not None]
    return merged(kept) if kept and len(kept) == len(told) else None


def added_by_key(figures: Iterable[Figure]) -> list[Figure]:
    """One figure for each kind, name and value, those with most events first."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for each in figures:
        groups.setdefault((each.kind, each.name, each.value), []).append(each)
    found = [added(each) for each in groups.values()]
    return sorted(found, key=lambda each: (-each.events, each.kind, each.name, each.value))


def timed(several: Sequence[Timed]) -> Timed:
    """The durations of several days as one; exact where only one day has any."""
    told = [each for each in several if each.spread.counts]
    if len(told) <= 1:
        return told[0] if told else Timed()
    spread = merged(each.spread for each in told)
    return Timed(quantile(spread, 0.5), quantile(spread, 0.9), spread)


def flow_of_days(days: Sequence[FlowFacts], order: tuple[str, ...]) -> FlowFacts:
    """One flow over several days; at least one is given.

    order: the steps to ask for. Days that were counted with other steps are left out of `reached`,
    which is empty where all were; `left_out` counts them.
    """
    first = days[0]
    steps: dict[str, tuple[int, float]] = {}
    for step in (each for day in days for each in day.steps):
        visits, places = steps.get(step.step, (0, 0.0))
        steps[step.step] = visits + step.visits, places + step.places
    fit = [day for day in days if day.order == order]
    return FlowFacts(
        first.flow,
        sum(day.started for day in days),
        sum(day.finished for day in days),
        timed([day.took for day in days]),
        _in_order(StepSeen(step, *found) for step, found in steps.items()),
        order,
        _reached(fit),
    )


def left_out(days: Sequence[FlowFacts], order: tuple[str, ...]) -> list[FlowFacts]:
    """The days whose funnel was counted with other steps."""
    return [day for day in days if day.order != order]


def _in_order(steps: Iterable[StepSeen]) -> tuple[StepSeen, ...]:
    return tuple(sorted(steps, key=lambda each: (each.place, -each.visits, each.step)))


def _reached(days: Sequence[FlowFacts]) -> tuple[Reached, ...]:
    if not days:
        return ()
    places = zip(*(day.reached for day in days), strict=True)
    found = tuple(
        Reached(each[0].step, sum(day.visits for day in each), timed([day.took for day in each]))
        for each in places
    )
    for before, after in pairwise(found):
        if after.visits > before.visits:
            raise Unusable(f"More visits reach “{after.step}” than “{before.step}”.")
    return found


def speed_of_days(days: Iterable[SpeedFacts]) -> SpeedFacts:
    """One page by one measure over several days; at least one is given."""
    found = list(days)
    if len(found) == 1:
        return found[0]
    spread = merged(each.spread for each in found)
    return SpeedFacts(
        found[0].page,
        found[0].name,
        sum(each.loads for each in found),
        sum(each.good for each in found),
        sum(each.poor for each in found),
        quantile(spread, 0.75) or 0.0,
        spread,
    )
