"""One stage of a sample: which clusters were drawn, from which stratum, out of how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import Codes, Mask, Matrix, Vector, grouped_columns


class Lonely(StrEnum):
    """What to do where a stratum has one sampled cluster, which alone shows no spread.

    FAIL refuses the design. CERTAINTY says that the cluster was sure to be drawn: it adds nothing.
    ADJUST centres it at the whole population instead of its stratum: careful, a little too wide.
    AVERAGE gives the stratum the average contribution of the others.
    """

    FAIL = "fail"
    CERTAINTY = "certainty"
    ADJUST = "adjust"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of sampling, U clusters in G strata.

    clusters: (n,) the cluster of each row, 0 to U-1. strata: (U,) the stratum of each cluster.
    sampled, population: (G,) clusters drawn and clusters there are (inf: drawn with replacement,
    or too many to matter). share: (G,) the part of earlier stages that was sampled, 1 at the first.
    parents: (G,) the earlier cluster that holds the stratum. names: (G,) what strata are called.
    """

    clusters: Codes
    strata: Codes
    sampled: Vector
    population: Vector
    share: Vector
    parents: Codes
    names: tuple[str, ...]

    @property
    def fraction(self) -> Vector:
        """(G,) the part of each stratum's clusters that was drawn, 0 to 1."""
        return self.sampled / self.population

    @property
    def lonely(self) -> Mask:
        """(G,) whether a stratum's single cluster was drawn from several."""
        found: Mask = (self.sampled == 1) & (self.fraction < 1) & (self.share > 0)
        return found

    def totals(self, contributions: Matrix) -> Matrix:
        """(U, p) each cluster's sum of (n, p) contributions."""
        return grouped_columns(self.clusters, contributions, len(self.strata))


def stage_of(
    clusters: Codes,
    strata: Codes,
    names: Sequence[str],
    population: Vector | None,
    before: Stage | None,
    stage: int,
) -> Stage:
    """The stage from one code a row, (n,) each, clusters within strata within earlier clusters.

    population: (n,) clusters in the row's stratum, or shares drawn where all are at most 1.
    Raises Unusable when more were drawn than there are, or when a stratum has two sizes.
    """
    rows = np.unique(clusters, return_index=True)[1]  # one row for each cluster
    of_cluster = strata[rows]
    sampled = np.bincount(of_cluster, minlength=len(names)).astype(np.float64)
    sizes = _population(population, strata, sampled, names, stage)
    first = np.unique(strata, return_index=True)[1]
    if before is None:
        share, parents = np.ones(len(names)), np.zeros(len(names), dtype=np.int64)
    else:
        parents = before.clusters[first]
        above = before.strata[parents]
        share = before.share[above] * before.fraction[above]
    return Stage(clusters, of_cluster, sampled, sizes, share, parents, tuple(names))


def _population(
    population: Vector | None, strata: Codes, sampled: Vector, names: Sequence[str], stage: int
) -> Vector:
    if population is None:
        return np.full(len(sampled), np.inf)
    low = np.full(len(sampled), np.inf)
    high = np.full(len(sampled), -np.inf)
    np.minimum.at(low, strata, population)
    np.maximum.at(high, strata, population)
    uneven = np.flatnonzero(high - low > 1e-9 * high)
    if uneven.size:
        at = uneven[0]
        raise Unusable(
            f"At stage {stage} the population of {names[at]} is said to be {low[at]:g} "
            f"and {high[at]:g}: it must be one figure.", field="fpc",
        )  # fmt: skip
    small = np.flatnonzero(high < sampled * (1 - 1e-9))
    if small.size:
        at = small[0]
        raise Unusable(
            f"At stage {stage} {sampled[at]:g} were sampled from {names[at]}, "
            f"more than the population of {high[at]:g}.", field="fpc",
        )  # fmt: skip
    sizes: Vector = np.maximum(high, sampled)
    return sizes
