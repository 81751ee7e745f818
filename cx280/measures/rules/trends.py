"""A construct over the quarters: one line, broken where it stops meaning the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis, weakest
from cx280.measures.rules.comparability import Key, first_difference, pool
from cx280.measures.rules.scores import Counts, Mean, Share, mean_of, scale_of, share_agreeing


@dataclass(frozen=True, slots=True)
class Asked:
    """What one version's question got in a quarter, and how people came to answer it."""

    quarter: Quarter
    key: Key
    text: str
    counts: Counts
    basis: Basis = Basis.ASKED


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One quarter of a line: the share agreeing with its interval, the mean where there is one."""

    quarter: Quarter
    key: Key
    text: str
    share: Share
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class Break:
    """What changed just before a quarter. `joined`: still the same measure, so the line goes on."""

    quarter: Quarter
    reason: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """A construct's line over the quarters, oldest first; where it breaks; what stands apart."""

    construct: str
    points: tuple[TrendPoint, ...]
    breaks: tuple[Break, ...]
    apart: tuple[TrendPoint, ...]  # measured otherwise at the same time

    @property
    def latest(self) -> TrendPoint | None:
        """The last point."""
        return self.points[-1] if self.points else None

    def at(self, quarter: Quarter) -> TrendPoint | None:
        """The point of a quarter, or None."""
        return next((point for point in self.points if point.quarter == quarter), None)

    def before(self, point: TrendPoint) -> TrendPoint | None:
        """The point before that may be compared with it, or None after a break."""
        earlier = [each for each in self.points if each.quarter < point.quarter]
        return earlier[-1] if earlier and earlier[-1].key == point.key else None


@implements("280.8-b3", "INC-05")
def trend_of(construct: str, asked: Iterable[Asked]) -> Trend:
    """The line of a construct; only answers of one key are ever added up (INC-05).

    The line ends in the key with most answers in the last quarter and follows it back as far as
    it goes; before that it follows the key with most answers then, across a break. What was
    measured otherwise beside it stands apart.
    """
    points = _points(asked)
    line: list[TrendPoint] = []
    for quarter in sorted({point.quarter for point in points}, reverse=True):
        here = [point for point in points if point.quarter == quarter]
        line.append(_follow(line[-1].key if line else None, here))
    line.reverse()
    apart = tuple(point for point in points if point not in line)
    return Trend(construct, tuple(line), _breaks(line), apart)


def _points(asked: Iterable[Asked]) -> list[TrendPoint]:
    together: dict[tuple[Quarter, Key], list[Asked]] = {}
    for each in asked:
        together.setdefault((each.quarter, each.key), []).append(each)
    points = []
    for (quarter, key), parts in sorted(together.items(), key=lambda item: item[0]):
        counts = pool([(part.key, part.counts) for part in parts])
        share = share_agreeing(counts, key.scale, weakest(part.basis for part in parts))
        if share.n:
            mean = mean_of(counts, key.scale) if scale_of(key.scale).has_mean else None
            points.append(TrendPoint(quarter, key, parts[-1].text, share, mean))
    return points


def _follow(key: Key | None, here: Sequence[TrendPoint]) -> TrendPoint:
    """The point of a quarter that continues the key, else the one with most answers."""
    for point in here:
        if point.key == key:
            return point
    return max(here, key=lambda point: point.share.n)


def _breaks(line: Sequence[TrendPoint]) -> tuple[Break, ...]:
    breaks = []
    for before, after in pairwise(line):
        reason = first_difference(before.key, after.key)
        if reason is not None:
            breaks.append(Break(after.quarter, reason, joined=False))
        elif before.text != after.text:
            breaks.append(Break(after.quarter, "The words changed a little.", joined=True))
    return tuple(breaks)
