"""How feedback of the same people moves along a journey: differences within a person, paired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cx280.circular.implements import implements
from cx280.stats.scale_means import scale_mean
from cx280.surveys.rules.scales import SCALES

# Fewer are never told of, however small an agency lets its cells be.
LEAST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Said:
    """One score of one person at one moment. place: of the step, from 0; kind: its scale."""

    person: str
    place: int
    construct: str
    kind: str
    code: int


@dataclass(frozen=True, slots=True)
class Move:
    """The same people at two moments. difference: later less earlier, in points of the scale.

    better, same, worse are shares, None together where one of them is of too few people.
    """

    earlier: int
    later: int
    construct: str
    kind: str
    n: int
    difference: float
    low: float
    high: float
    better: float | None = None
    same: float | None = None
    worse: float | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the range leaves out no difference."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Along:
    """Everything that may be told; hidden: how many comparisons are of too few people."""

    moves: tuple[Move, ...]
    hidden: int


@implements("280.10-b3")
def along(said: Iterable[Said], smallest: int) -> Along:
    """Each pair of moments where the same people answered the same question on the same scale.

    All ranges of a page hold together at 95 % (Bonferroni). Fewer people than `smallest`, never
    fewer than five, are not told of.
    """
    fewest = max(smallest, LEAST_PEOPLE)
    pairs = _differences(said)
    told = {key: each for key, each in pairs.items() if each.total() >= fewest}
    confidence = 1 - 0.05 / max(len(told), 1)
    moves = [_move(*key, counts, confidence, fewest) for key, counts in sorted(told.items())]
    return Along(tuple(moves), len(pairs) - len(told))


_Key = tuple[str, str, int, int]


def _differences(said: Iterable[Said]) -> dict[_Key, Counter[int]]:
    """How many people moved by how much, by construct, scale and pair of moments."""
    people: dict[tuple[str, str, str], dict[int, int]] = {}
    for each in said:
        scores = people.setdefault((each.person, each.construct, each.kind), {})
        scores.setdefault(each.place, each.code)
    found: dict[_Key, Counter[int]] = {}
    for (_, construct, kind), scores in people.items():
        for earlier, later in combinations(sorted(scores), 2):
            key = (construct, kind, earlier, later)
            found.setdefault(key, Counter())[scores[later] - scores[earlier]] += 1
    return found


def _move(
    construct: str, kind: str, earlier: int, later: int, counts: Counter[int], confidence: float,
    fewest: int,
) -> Move:  # fmt: skip
    reach = _span(kind)
    whole = {each: counts.get(each, 0) for each in range(-reach, reach + 1)}
    mean = scale_mean(whole, confidence)
    if mean is None:
        raise ValueError("Nobody answered at both moments.")
    n = counts.total()
    parts = [
        sum(times for by, times in counts.items() if by > 0),
        counts[0],
        sum(times for by, times in counts.items() if by < 0),
    ]
    shares = [each / n for each in parts] if all(_may_tell(each, fewest) for each in parts) else []
    return Move(
        earlier, later, construct, kind, n, mean.mean, mean.low, mean.high,
        *(shares or (None, None, None)),
    )  # fmt: skip


def _may_tell(people: int, fewest: int) -> bool:
    return people == 0 or people >= fewest


def _span(kind: str) -> int:
    """The farthest somebody can move on the scale."""
    codes = SCALES[kind].codes
    return max(codes) - min(codes)
