"""Counts, the sums among them, and the rule that says which of them are too small to tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from cx280.kernel.problem import Unusable

Name = Hashable


@dataclass(frozen=True, slots=True)
class Relation:
    """What everybody knows of some counts together: low <= sum of factor x count <= high."""

    parts: tuple[tuple[Name, float], ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from 1 to `smallest` - 1 are hidden, and may not be told closer than `width`.

    smallest: the least number of people in a group that is shown. width: the greatest value an
    attacker must think possible less the least one, in people; None is the width of the rule
    itself, from 1 to `smallest` - 1. A hidden count that is large is no secret of its own: it
    only may not be worked out exactly.
    """

    smallest: int = 10
    width: int | None = None

    def is_small(self, count: int) -> bool:
        """Whether a count is hidden for its own sake; a change of a count may be negative."""
        return 0 < abs(count) < self.smallest

    def least_width(self, count: int) -> int:
        """How far apart the bounds of a hidden count must be at least."""
        own = max(1, self.smallest - 2) if self.width is None else max(1, self.width)
        return own if self.is_small(count) else 1


@dataclass(frozen=True, slots=True)
class System:
    """Counts by name with their true values, and everything that ties them together.

    floors: the least a hidden count can be for all the attacker knows beforehand; 1 where not
    given, because zeros are always shown. dear: counts that are hidden last, such as totals.
    never_hidden: those that cannot be hidden at all. always_hidden: those never printed, such as
    the change between two releases, yet protected where they are small.
    """

    values: Mapping[Name, int]
    relations: tuple[Relation, ...]
    floors: Mapping[Name, int] = field(default_factory=dict)
    dear: frozenset[Name] = frozenset()
    never_hidden: frozenset[Name] = frozenset()
    always_hidden: frozenset[Name] = frozenset()

    def __post_init__(self) -> None:
        for each in self.relations:
            true = sum(factor * self.values[name] for name, factor in each.parts)
            if not each.low - 1e-6 <= true <= each.high + 1e-6:
                raise Unusable(f"These counts do not add up as they are said to: {each.parts}.")

    def floor(self, name: Name) -> int:
        """The least the attacker thinks a hidden count can be."""
        return self.floors.get(name, 1)

    def primary(self, rule: Rule) -> frozenset[Name]:
        """The counts that are hidden for their own sake, and those never printed."""
        small = {
            name
            for name, value in self.values.items()
            if rule.is_small(value) and name not in self.never_hidden
        }
        return frozenset(small) | self.always_hidden

    def joined(self, relations: Iterable[Relation]) -> System:
        """The same counts with more that is known of them."""
        return System(
            self.values,
            (*self.relations, *relations),
            self.floors,
            self.dear,
            self.never_hidden,
            self.always_hidden,
        )


def known_sum(parts: Iterable[Name], total: Name) -> Relation:
    """Counts add up to another count."""
    return Relation((*((each, 1.0) for each in parts), (total, -1.0)), 0.0, 0.0)


def known_mean(codes: Mapping[Name, float], mean: float, n: int, decimals: int = 2) -> Relation:
    """A published mean of n coded answers, rounded to some decimals, bounds the sum of codes.

    codes: the count of each code, and the code. The true sum lies within half a unit of the last
    decimal times n: with few answers that is one value, and the mean is one more equation.
    """
    half = 0.5 * 10.0**-decimals * n
    return Relation(
        tuple((name, float(code)) for name, code in codes.items()),
        mean * n - half - 1e-9,
        mean * n + half + 1e-9,
    )
