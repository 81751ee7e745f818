"""Measures of several services beside each other: grouped where they may be compared, never mixed.

There is no average, no sum and no rank: a life experience has no score of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import Key, comparison, first_difference, wording_words
from cx280.measures.rules.scores import Share


@dataclass(frozen=True, slots=True)
class Side:
    """What one service published last about a construct, as it was asked."""

    service: str
    code: str
    agency: str
    quarter: Quarter
    key: Key
    share: Share
    text: str
    source: str
    too_few: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Services that asked alike, by name; `words`: how they asked."""

    key: Key
    words: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups, largest first, and the services that stand alone, each with the reason."""

    construct: str
    groups: tuple[Group, ...]
    alone: tuple[tuple[Side, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is published."""
        return not self.groups and not self.alone


@implements("280.4-d2", "INC-05")
def joined(construct: str, sides: Sequence[Side]) -> Joined:
    """The services' figures, side by side where they were asked the same in the same way."""
    left = [(each.key, each) for each in sorted(sides, key=lambda one: (one.service, one.code))]
    groups: list[Group] = []
    while left:
        found = comparison(left)
        if found.key is None or len(found.together) < 2:
            break
        groups.append(Group(found.key, wording_words(found.key), found.together))
        left = [(each.key, each.thing) for each in found.apart]
    first = groups[0].key if groups else None
    alone = tuple((side, _why(first, key)) for key, side in left)
    return Joined(construct, tuple(groups), alone)


def _why(largest: Key | None, key: Key) -> str:
    if largest is None:
        return "No other service asked it the same way."
    return first_difference(largest, key) or ""
