"""Which services come first: by customers, cost and what customers say matters (280.10-b1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable

FACTORS = ("customers", "cost", "priority")
_STEP = 5  # the weights tried for the range of ranks: 0, 0.2, … 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known of a service. customers: a year. cost: dollars a year. priority: 1 to 5."""

    name: str
    customers: int | None = None
    cost: float | None = None
    priority: int | None = None

    def value(self, factor: str) -> float | None:
        """The value of a factor, None where nobody knows it."""
        found = {"customers": self.customers, "cost": self.cost, "priority": self.priority}[factor]
        return None if found is None else float(found)


@dataclass(frozen=True, slots=True)
class Impact:
    """A service's score, 0 to 1, and rank; best and worst: its ranks under any weights.

    missing: factors nobody knows; the others' weights take their place. score and ranks are None
    where nothing is known.
    """

    inputs: Inputs
    score: float | None
    rank: int | None
    best: int | None
    worst: int | None
    missing: tuple[str, ...]


def weights_of(given: Mapping[str, float]) -> dict[str, float]:
    """The weights brought to a sum of 1; raises Unusable for negative ones, or none at all."""
    found = {each: float(given.get(each, 0)) for each in FACTORS}
    total = sum(found.values())
    if any(each < 0 for each in found.values()) or not 0 < total < float("inf"):
        raise Unusable("Give at least one factor a weight above 0, and none below.")
    return {each: weight / total for each, weight in found.items()}


@implements("280.10-b1")
def impacts(services: Sequence[Inputs], weights: Mapping[str, float]) -> list[Impact]:
    """The services with their scores, the highest impact first; those of nothing known last.

    A factor counts by the share of services that have less of it (half of those with as much), so
    that one very large service does not decide alone. The same inputs give the same ranks.
    """
    shares = shares_of(services)
    ranked = _ranks(services, shares, weights_of(weights))
    tried = [_ranks(services, shares, each) for each in _all_weights()]
    found = []
    for place, service in enumerate(services):
        ranks = [each[place] for each in tried if each[place] is not None]
        found.append(
            Impact(
                inputs=service,
                score=_score(shares[place], weights_of(weights)),
                rank=ranked[place],
                best=min((each for each in ranks if each), default=None),
                worst=max((each for each in ranks if each), default=None),
                missing=tuple(each for each in FACTORS if service.value(each) is None),
            )
        )
    return sorted(found, key=lambda each: (each.rank is None, each.rank or 0, each.inputs.name))


def shares_of(services: Sequence[Inputs]) -> list[dict[str, float]]:
    """For each service and factor known of it, the share of services with less (half of those with
    as much)."""
    found: list[dict[str, float]] = [{} for _ in services]
    for factor in FACTORS:
        known = [v for each in services if (v := each.value(factor)) is not None]
        for place, service in enumerate(services):
            value = service.value(factor)
            if value is not None:
                less = sum(each < value for each in known)
                same = sum(each == value for each in known)
                found[place][factor] = (less + same / 2) / len(known)
    return found


def _score(shares: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """The weighted share over the factors known; None where none of weight is."""
    total = sum(weights[each] for each in shares)
    if not total:
        return None
    return sum(weights[each] * share for each, share in shares.items()) / total


def _ranks(
    services: Sequence[Inputs], shares: Sequence[Mapping[str, float]], weights: Mapping[str, float]
) -> list[int | None]:
    """The rank of each service; equals share the better rank."""
    scores = [_score(each, weights) for each in shares]
    known = [each for each in scores if each is not None]
    return [
        None if score is None else 1 + sum(each > score + 1e-12 for each in known)
        for score in scores
    ]


def _all_weights() -> list[dict[str, float]]:
    """Every way to share out the weight in fifths."""
    return [
        {each: part / _STEP for each, part in zip(FACTORS, parts, strict=True)}
        for parts in product(range(_STEP + 1), repeat=len(FACTORS))
        if sum(parts) == _STEP
    ]
