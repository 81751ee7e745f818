"""Drivers over services of one type: pooled within services, and how far services differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.stats.drivers.analysis import Method, analyse
from cx280.stats.drivers.importance import DriverAnalysis
from cx280.stats.drivers.meta import Combined, combine
from cx280.stats.drivers.missingness import group
from cx280.stats.drivers.moments import estimate_moments
from cx280.stats.drivers.patterns import Patterns
from cx280.stats.drivers.readiness import TooThin, answered_outcome, refuse_impossible

LEAST_SERVICES = 2


class NotPooled(Unusable):
    """Services may not be pooled; the message says why."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message, rule="280.10-i5", fix=fix)


@dataclass(frozen=True, slots=True)
class PooledAnalysis:
    """Drivers over several services of one type.

    within: the analysis of everybody, each service's level taken out, so that no service counts
    as a driver. services: {service: its own analysis}. across: for each driver its importance over
    services with an interval for services of this type, and how far they differ, most first.
    notes: whole sentences for the reader.
    """

    within: DriverAnalysis
    services: dict[str, DriverAnalysis]
    across: tuple[Combined, ...]
    notes: tuple[str, ...]


@implements("280.10-i5")
def pool_services(
    services: Mapping[str, Patterns],
    outcome: str,
    drivers: Sequence[str],
    *,
    keys: Mapping[str, str],
    method: Method = "lmg",
    bootstrap: int = 1000,
    seed: int = 280,
    confidence: float = 0.95,
) -> PooledAnalysis:
    """The importance of drivers over services of one type, with service effects.

    services: {service: its answers}, all with these questions. keys: {service: what its outcome
    and drivers were asked as}; services whose keys differ are never pooled. Every question is
    taken from its service's mean (fixed effects, Allison 2009), hence R² is of the differences
    between people of one service. Raises NotPooled for fewer than two services or unlike
    keys, TooThin when a service alone is too thin to be analysed.
    """
    _refuse_unlike(services, keys)
    asked = {name: answered_outcome(each, outcome, drivers) for name, each in services.items()}
    for name, each in asked.items():
        _refuse_thin(name, each)

    def find(answers: Patterns, place: int) -> DriverAnalysis:
        return analyse(answers, outcome, drivers, method=method, bootstrap=bootstrap,
                       seed=seed + place, confidence=confidence)  # fmt: skip

    apart = {name: find(each, place) for place, (name, each) in enumerate(asked.items(), 1)}
    within = find(_together([_centred(each) for each in asked.values()]), 0)
    across = [
        combine(each, [found.driver(each) for found in apart.values()], confidence)
        for each in drivers
    ]
    notes = (
        f"{len(services)} services; each one’s own level is taken out, so differences between "
        "services do not count as drivers.",
        "In the pooled figures a service counts by its people; across services each counts by "
        "how sure its figure is (random effects).",
    )
    return PooledAnalysis(
        within=replace(within, notes=(*within.notes, notes[0])),
        services=apart,
        across=tuple(sorted(across, key=lambda each: -each.importance)),
        notes=notes,
    )


def _refuse_thin(name: str, used: Patterns) -> None:
    try:
        refuse_impossible(used)
    except TooThin as reason:
        raise TooThin(f"{name}: {reason.message}", n=reason.n, needed=reason.needed) from None


def _refuse_unlike(services: Mapping[str, Patterns], keys: Mapping[str, str]) -> None:
    if len(services) < LEAST_SERVICES:
        raise NotPooled(
            f"A pooled analysis needs at least {LEAST_SERVICES} services of one type; "
            f"there {'is 1' if len(services) == 1 else 'are none'}.",
            "Look at the service by itself.",
        )
    without = [each for each in services if not keys.get(each)]
    if without:
        raise NotPooled(
            f"Nobody said what {', '.join(without)} asked, so nothing says it may be pooled.",
            "Give each service its comparability key.",
        )
    if len({keys[each] for each in services}) > 1:
        raise NotPooled(
            "These services did not ask the same questions in the same way, so their answers are "
            "not comparable.",
            "Pool only services that share a comparability key.",
        )


def _centred(used: Patterns) -> Patterns:
    """The same people, every answer taken from its question's mean in the service.

    Gaps are allowed for in that mean as well: services differ in who skips.
    """
    groups = group(used)
    means = groups.centre + estimate_moments(groups).mean
    return Patterns(used.names, used.values - means, used.people, used.weights)


def _together(parts: Sequence[Patterns]) -> Patterns:
    """Everybody; not compressed, because centred answers of two services are never equal."""
    return Patterns(
        parts[0].names,
        np.concatenate([each.values for each in parts]),
        np.concatenate([each.people for each in parts]),
        np.concatenate([each.weights for each in parts]),
    )
