"""The options of `cx280 estimate` as a question of a sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from cx280.kernel.problem import Unusable
from cx280.measures.rules.estimating import Kind, Question
from cx280.measures.rules.samples import Known, Plan
from cx280.stats.estimates import Family, Lonely, Method


class Asked(TypedDict):
    """The options of `cx280 estimate`."""

    measure: str
    weights: str | None
    probabilities: str | None
    strata: tuple[str, ...]
    clusters: tuple[str, ...]
    fpc: tuple[str, ...]
    nest: bool
    lonely: str
    total: bool
    count: bool
    proportion: bool
    value: str | None
    other: str | None
    parts: tuple[float, ...]
    regress: str | None
    family: str
    by: str | None
    compare: bool
    change: str | None
    poststratify: str | None
    rake: tuple[str, ...]
    calibrate: tuple[str, ...]
    distance: str
    replicates: str | None
    times: int
    seed: int
    interval: str
    confidence: float


def question_from(asked: Asked, known: Callable[[str], Known]) -> Question:
    """The question that the options ask.

    known: reads what is known of the population, as written in an option. Raises Unusable for
    options that contradict each other.
    """
    change = _names(asked["change"])
    if asked["change"] and (len(change) != 2 or not asked["by"]):
        raise Unusable("--change needs two periods, BEFORE,AFTER, and --by with their column.")
    if asked["compare"] and not asked["by"]:
        raise Unusable("--compare needs --by with the column of groups.")
    return Question(
        measure=asked["measure"],
        kind=_kind(asked),
        value=asked["value"],
        other=asked["other"] or "",
        parts=asked["parts"],
        predictors=_names(asked["regress"]),
        family=Family(asked["family"]),
        by=asked["by"],
        compare=asked["compare"],
        change=(change[0], change[1]) if change else None,
        replicates=asked["replicates"],
        times=asked["times"],
        seed=asked["seed"],
        confidence=asked["confidence"],
        method=Method(asked["interval"]),
        plan=_plan(asked, known),
    )


def _plan(asked: Asked, known: Callable[[str], Known]) -> Plan:
    return Plan(
        weights=asked["weights"],
        probabilities=asked["probabilities"],
        strata=_names(",".join(asked["strata"])),
        clusters=_names(",".join(asked["clusters"])),
        fpc=_names(",".join(asked["fpc"])),
        nest=asked["nest"],
        lonely=Lonely(asked["lonely"]),
        post_strata=known(asked["poststratify"]) if asked["poststratify"] else None,
        margins=tuple(known(each) for each in asked["rake"]),
        totals=tuple(known(each) for each in asked["calibrate"]),
        raking_distance=asked["distance"] == "raking",
    )


def _kind(asked: Asked) -> Kind:
    kinds = {
        Kind.TOTAL: asked["total"],
        Kind.COUNT: asked["count"],
        Kind.PROPORTION: asked["proportion"],
        Kind.RATIO: asked["other"],
        Kind.QUANTILE: asked["parts"],
        Kind.REGRESSION: asked["regress"],
    }
    chosen = [kind for kind, wanted in kinds.items() if wanted]
    if len(chosen) > 1:
        raise Unusable(f"Ask for one figure at a time, not {chosen[0]} and {chosen[1]}.")
    return chosen[0] if chosen else Kind.MEAN


def _names(written: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (written or "").split(",") if each.strip())
