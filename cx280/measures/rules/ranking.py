"""Places of like services among each other: only where the same was asked in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cx280.circular.implements import implements
from cx280.measures.rules.basis import gives_interval
from cx280.measures.rules.comparability import Key, refuse_unless_same
from cx280.measures.rules.scores import Share
from cx280.stats.metaregression import MetaRegression, meta_regression
from cx280.stats.ranks import RankInterval, rank_shares

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Rated(Generic[Thing]):
    """Something with its share and its key; too_few: its figures are hidden."""

    thing: Thing
    key: Key
    share: Share
    too_few: bool = False

    @property
    def self_selected(self) -> bool:
        """Whether people found the survey by themselves."""
        return not gives_interval(self.share.basis)

    @property
    def may_be_ranked(self) -> bool:
        """Whether its answers stand for more than those who chose to give them, and are shown."""
        return not self.self_selected and not self.too_few and self.share.n > 0


@dataclass(frozen=True, slots=True)
class Placed(Generic[Thing]):
    """Something with the places it may have; None where it may not be ranked."""

    rated: Rated[Thing]
    rank: RankInterval | None

    @property
    def words(self) -> str:
        """`3rd to 7th of 12`, or why there is no place."""
        if self.rank is not None:
            return place_words(self.rank)
        if self.rated.too_few:
            return "too few to show"
        if self.rated.self_selected:
            return "not ranked: people chose to answer"
        return "nothing to rank it with"


@implements("280.8-b8", "280.10-a2")
def places(rated: Sequence[Rated[Thing]], confidence: float = 0.95) -> list[Placed[Thing]]:
    """Highest share first, each with its places among those that may be ranked; the rest after.

    Raises NotComparable unless all have one key. All places hold at once with that confidence.
    """
    for each in rated[1:]:
        refuse_unless_same(rated[0].key, each.key)
    ranked = [each for each in rated if each.may_be_ranked]
    ranked.sort(key=lambda each: -(each.share.share or 0.0))
    found = rank_shares([(each.share.successes, each.share.n) for each in ranked], confidence)
    alone = len(ranked) < 2
    placed = [
        Placed(each, None if alone else rank) for each, rank in zip(ranked, found, strict=True)
    ]
    rest = [Placed(each, None) for each in rated if not each.may_be_ranked]
    rest.sort(key=lambda each: (each.rated.too_few, -(each.rated.share.share or 0.0)))
    return [*placed, *rest]


def place_words(rank: RankInterval) -> str:
    """`3rd to 7th of 12`; `2nd of 12`; `anywhere from 1st to 12th`."""
    if rank.best == rank.worst:
        return f"{ordinal(rank.best)} of {rank.of}"
    if rank.tells_nothing:
        return f"anywhere from {ordinal(1)} to {ordinal(rank.of)}"
    return f"{ordinal(rank.best)} to {ordinal(rank.worst)} of {rank.of}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `22nd`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def in_common(placed: Sequence[Placed[Thing]]) -> MetaRegression | None:
    """What the ranked have in common and how far they differ beyond chance; None under three.

    Each service counts by how sure its share is, not by its number of answers alone.
    """
    shares = [each.rated.share for each in placed if each.rank is not None]
    if len(shares) < 3:
        return None
    values = [(each.successes + 1) / (each.n + 2) for each in shares]
    variances = [p * (1 - p) / (each.n + 2) for p, each in zip(values, shares, strict=True)]
    return meta_regression(values, variances)
