"""What goes with trust or satisfaction over the services of one type, each with its own level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cx280.circular.implements import implements
from cx280.kernel.problem import Problem
from cx280.measures.rules.comparability import Key, first_difference
from cx280.measures.rules.drivers import names_of, patterns_in, refusal_words
from cx280.measures.rules.pooling import Column, LeftOut, Pool
from cx280.stats.drivers import DriverAnalysis, DriverImportance, pool_services, readiness
from cx280.stats.drivers.meta import Combined
from cx280.stats.drivers.pooled import LEAST_SERVICES


@dataclass(frozen=True, slots=True)
class TypeDriver:
    """A driver over all services. found: pooled within services; across: over services of this
    type, with how far they differ; apart: {service: its own figures}."""

    name: str
    construct: str
    text: str
    found: DriverImportance
    across: Combined
    apart: Mapping[str, DriverImportance]


@dataclass(frozen=True, slots=True)
class TypeFinding:
    """What goes with an outcome within services of one type, or why that cannot be told.

    services: {name: how many answered the outcome}. unshared: drivers that only some services
    asked about the same way. The other fields as of `Finding`.
    """

    outcome: str
    measured: str
    key: str
    services: Mapping[str, int]
    drivers: tuple[TypeDriver, ...]
    leading: tuple[str, ...]
    analysis: DriverAnalysis | None
    notes: tuple[str, ...]
    refusal: str
    left_out: tuple[LeftOut, ...]
    unshared: tuple[str, ...]
    self_selected: bool

    @property
    def even_part(self) -> float:
        """What each driver would have if all mattered alike."""
        return 1 / len(self.drivers) if self.drivers else 1.0


@implements("280.10-i5", "280.10-a3", "280.4-f2")
def type_finding_of(pools: Mapping[str, Pool], outcome: str, *, smallest: int) -> TypeFinding:
    """What goes with the outcome in these services, by name; raises nothing.

    Only services whose outcome shares one comparability key are pooled, on the drivers that all of
    them asked about the same way. Services too thin to analyse alone are left out with the reason.
    """
    key = _commonest(pools)
    kept, left_out = _alike(pools, key, outcome, smallest)
    shared = _shared(kept)
    refusal = _too_few(kept, shared)
    blank = TypeFinding(
        outcome=outcome,
        measured=key.construct if key else outcome,
        key=key.written if key else "",
        services={},
        drivers=(),
        leading=(),
        analysis=None,
        notes=(),
        refusal=refusal,
        left_out=left_out,
        unshared=_unshared(kept, shared),
        self_selected=any(part.self_selected for pool in kept.values() for part in pool.parts),
    )
    return blank if refusal else _pooled(blank, kept, shared)


def _commonest(pools: Mapping[str, Pool]) -> Key | None:
    """The outcome that most services asked about; of several, the one with most answers."""
    found: dict[Key, list[int]] = {}
    for pool in pools.values():
        found.setdefault(pool.outcome.key, []).append(pool.answers)
    return max(found, key=lambda each: (len(found[each]), sum(found[each])), default=None)


def _alike(
    pools: Mapping[str, Pool], key: Key | None, outcome: str, smallest: int
) -> tuple[dict[str, Pool], tuple[LeftOut, ...]]:
    kept: dict[str, Pool] = {}
    left_out = []
    for name, pool in pools.items():
        reason = first_difference(key, pool.outcome.key) if key else None
        if reason is None:
            patterns = patterns_in(pool)
            thin = readiness(patterns, patterns.names[0], patterns.names[1:])
            reason = refusal_words(thin, smallest) if thin else None
        if reason is None:
            kept[name] = pool
        else:
            left_out.append(LeftOut(name, (), pool.answers, reason))
    return kept, tuple(left_out)


def _shared(kept: Mapping[str, Pool]) -> tuple[Column, ...]:
    """The drivers that every service asked about the same way, in the first one's order."""
    pools = list(kept.values())
    if not pools:
        return ()
    asked = [{each.key for each in pool.drivers} for pool in pools]
    return tuple(each for each in pools[0].drivers if all(each.key in one for one in asked))


def _unshared(kept: Mapping[str, Pool], shared: Sequence[Column]) -> tuple[str, ...]:
    keys = {each.key for each in shared}
    asked = [each for pool in kept.values() for each in pool.drivers if each.key not in keys]
    return tuple(dict.fromkeys(names_of(list({each.key: each for each in asked}.values()))))


def _too_few(kept: Mapping[str, Pool], shared: Sequence[Column]) -> str:
    if len(kept) < LEAST_SERVICES:
        there = "there is one" if kept else "there is none"
        return (
            f"At least {LEAST_SERVICES} services of one type that asked the same way are needed; "
            f"{there}."
        )
    if len(shared) < LEAST_SERVICES:
        return "These services share fewer than two drivers that they asked about the same way."
    return ""


def _pooled(blank: TypeFinding, kept: Mapping[str, Pool], shared: Sequence[Column]) -> TypeFinding:
    patterns = {
        name: patterns_in(replace(pool, drivers=tuple(shared))) for name, pool in kept.items()
    }
    names = names_of(shared)
    first = next(iter(patterns.values())).names[0]
    asked = "; ".join(each.key.written for each in shared)
    try:
        found = pool_services(
            patterns, first, names, keys=dict.fromkeys(kept, f"{blank.key}; {asked}")
        )
    except Problem as problem:
        return replace(blank, refusal=problem.message)
    columns = dict(zip(names, shared, strict=True))
    across = {each.driver: each for each in found.across}
    return replace(
        blank,
        services={name: each.n for name, each in found.services.items()},
        drivers=tuple(
            TypeDriver(
                name=each.driver,
                construct=columns[each.driver].key.construct,
                text=columns[each.driver].text,
                found=each,
                across=across[each.driver],
                apart={name: one.driver(each.driver) for name, one in found.services.items()},
            )
            for each in found.within.drivers
        ),
        leading=found.within.leading,
        analysis=found.within,
        notes=tuple(dict.fromkeys((*found.within.notes, *found.notes))),
    )
