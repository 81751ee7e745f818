"""How a sample was drawn: weights, strata, clusters, population sizes. Every estimate starts here.

The design is all that design-based inference knows: people and their answers are fixed, only who
was drawn is random (Neyman, J. 1934, On the two different aspects of the representative method,
JRSS 97; Horvitz, D. G. and Thompson, D. J. 1952, JASA 47, 663-685).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.adjustments import Adjustment
from cx280.stats.estimates.arrays import Codes, Mask, Vector, categories, non_negative
from cx280.stats.estimates.stages import Lonely, Stage, stage_of


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A sample of n rows and how it came about; immutable.

    weights: (n,) how many of the population a row stands for; 0 outside the domain looked at.
    starting: (n,) the weights before any adjustment. stages: from the first drawn to the last.
    adjustments: what was done to the weights since, in order.
    """

    weights: Vector
    starting: Vector
    stages: tuple[Stage, ...]
    lonely: Lonely = Lonely.FAIL
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def n(self) -> int:
        """Rows with a weight above 0 (or below, after a linear calibration)."""
        return int(np.count_nonzero(self.weights))

    @property
    def population(self) -> float:
        """The sum of the weights: how many people the sample stands for."""
        return float(self.weights.sum())

    @property
    def degrees_of_freedom(self) -> int:
        """First-stage clusters less first-stage strata, among rows that count.

        The rule of Korn, E. L. and Graubard, B. I. (1999), Analysis of Health Surveys, 5.2, and of
        R's survey; for a domain only the clusters and strata that it touches.
        """
        first = self.stages[0]
        clusters = np.unique(first.clusters[self.weights != 0])
        return len(clusters) - len(np.unique(first.strata[clusters]))

    @property
    def is_census(self) -> bool:
        """Whether everybody there is was asked: every stage took its population whole."""
        return all(bool((stage.fraction == 1).all()) for stage in self.stages)

    def within(self, inside: Mask) -> Design:
        """The same design looked at for some rows only: the others keep their place, not a weight.

        inside: (n,) of booleans. Dropping the rows instead would forget how many clusters and
        strata were drawn, and understate the error. Raises Unusable when no row is left.
        """
        found = replace(self, weights=np.where(inside, self.weights, 0.0))
        if not found.n:
            raise Unusable("No row of the sample is in this group.", field="values")
        return found

    def adjusted(self, adjustment: Adjustment, weights: Vector) -> Design:
        """The design after its weights were adjusted, (n,); later errors take that into account."""
        return replace(self, weights=weights, adjustments=(*self.adjustments, adjustment))


def survey_design(
    n: int,
    *,
    weights: ArrayLike | None = None,
    probabilities: ArrayLike | None = None,
    strata: Sequence[ArrayLike] = (),
    clusters: Sequence[ArrayLike] = (),
    fpc: Sequence[ArrayLike] = (),
    nest: bool = False,
    lonely: Lonely = Lonely.FAIL,
) -> Design:
    """The design of a sample of n rows: simple, stratified, clustered or in stages.

    weights, or probabilities of being drawn: (n,). strata, clusters, fpc: one (n,) column for each
    stage, first stage first; no clusters means that rows themselves were drawn. fpc holds the size
    of the row's stratum in clusters, or the part drawn when all are at most 1; stages after the
    last fpc count as taken whole, and without fpc only the first stage adds error (it is taken as
    drawn with replacement). Without weights and probabilities they follow from the fpc, and are 1
    when there is none. `nest`: cluster names start anew in each stratum.

    Raises Unusable for negative or missing weights, columns of another length, clusters in two
    strata, more sampled than there are, or a stratum with one cluster (see Lonely).
    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, 4.3; conventions
    of R's survey (Lumley 2004, Journal of Statistical Software 9).
    """
    sizes = _sizes(fpc, n)
    if len(sizes) > max(1, len(clusters)) or len(strata) > max(1, len(clusters)):
        raise Unusable("There are more stages of strata or fpc than of clusters.", field="fpc")
    stages = _stages(n, strata, clusters, sizes, nest)
    starting = _weights(n, weights, probabilities, stages, bool(sizes))
    design = Design(starting, starting, stages, lonely)
    _check_lonely(design)
    return design


def _sizes(fpc: Sequence[ArrayLike], n: int) -> list[Vector]:
    sizes = [non_negative(each, "fpc", n) for each in fpc]
    if any((each == 0).any() for each in sizes):
        raise Unusable("A population of 0 cannot be sampled.", field="fpc")
    above = [bool((each > 1).any()) for each in sizes]
    if any(above) and any((each < 1).any() for each in sizes):
        raise Unusable(
            "The fpc holds numbers below 1 beside numbers above 1.",
            field="fpc", fix="Give population sizes throughout, or parts drawn throughout.",
        )  # fmt: skip
    return sizes


def _stages(
    n: int,
    strata: Sequence[ArrayLike],
    clusters: Sequence[ArrayLike],
    sizes: list[Vector],
    nest: bool,
) -> tuple[Stage, ...]:
    whole = all((each <= 1).all() for each in sizes)  # parts drawn, not sizes
    stages: list[Stage] = []
    for at in range(max(1, len(sizes))):
        before = stages[-1] if stages else None
        parent = before.clusters if before else np.zeros(n, dtype=np.int64)
        groups, names = _strata(strata[at] if at < len(strata) else None, parent, n)
        drawn = _clusters(clusters[at] if clusters else None, groups, parent, n, nest or at > 0)
        size = sizes[at] if at < len(sizes) else None
        if size is not None and whole:
            size = _drawn(drawn, groups) / size
        stages.append(stage_of(drawn, groups, names, size, before, at + 1))
    return tuple(stages)


def _strata(given: ArrayLike | None, parent: Codes, n: int) -> tuple[Codes, tuple[str, ...]]:
    """Strata are nested in the earlier clusters."""
    codes, names = (
        (np.zeros(n, dtype=np.int64), ("the sample",))
        if given is None
        else categories(given, "strata", n)
    )
    pairs, dense = np.unique(parent * len(names) + codes, return_inverse=True)
    labels = tuple(f"stratum {names[each % len(names)]}" if given is not None else names[0]
                   for each in pairs)  # fmt: skip
    return dense.astype(np.int64), labels


def _clusters(given: ArrayLike | None, strata: Codes, parent: Codes, n: int, nest: bool) -> Codes:
    if given is None:
        return np.arange(n, dtype=np.int64)
    codes, names = categories(given, "clusters", n)
    nested: Codes = np.unique(strata * len(names) + codes, return_inverse=True)[1].astype(np.int64)
    if not nest and nested.max() + 1 > len(names):
        raise Unusable(
            "A cluster lies in two strata.",
            field="clusters", fix="If cluster names start anew in each stratum, say so (nest).",
        )  # fmt: skip
    return nested


def _drawn(clusters: Codes, strata: Codes) -> Vector:
    rows = np.unique(clusters, return_index=True)[1]
    drawn: Vector = np.bincount(strata[rows])[strata].astype(np.float64)
    return drawn


def _weights(
    n: int,
    weights: ArrayLike | None,
    probabilities: ArrayLike | None,
    stages: tuple[Stage, ...],
    sized: bool,
) -> Vector:
    if weights is not None and probabilities is not None:
        raise Unusable("Give weights or probabilities, not both.", field="weights")
    if weights is not None:
        found = non_negative(weights, "weights", n)
        if not found.any():
            raise Unusable("Every weight is 0.", field="weights")
        return found
    if probabilities is not None:
        chances = non_negative(probabilities, "probabilities", n)
        if (chances == 0).any() or (chances > 1).any():
            raise Unusable(
                "A probability of being drawn lies above 0 and at most at 1.", field="probabilities"
            )
        return 1 / chances
    found = np.ones(n)
    for stage in stages if sized else ():
        found = found / stage.fraction[stage.strata[stage.clusters]]
    return found


def _check_lonely(design: Design) -> None:
    if design.lonely is not Lonely.FAIL:
        return
    for at, stage in enumerate(design.stages, start=1):
        alone = np.flatnonzero(stage.lonely)
        if alone.size:
            raise Unusable(
                f"At stage {at} only one unit was sampled from {stage.names[alone[0]]}: "
                "that shows no spread.", field="strata",
                fix="Join strata, or choose what lonely units mean (certainty, adjust, average).",
            )  # fmt: skip
