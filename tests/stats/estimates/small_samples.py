"""Samples that a test can work out by hand, and ones that hypothesis draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from cx280.stats.estimates import Design, survey_design


@dataclass
class Drawn:
    """A stratified sample of clusters with answers and groups."""

    design: Design
    values: NDArray[np.float64]
    groups: NDArray[np.str_]
    weights: NDArray[np.float64]
    strata: NDArray[np.int64]
    clusters: NDArray[np.int64]


@st.composite
def drawn_samples(draw: st.DrawFn, sized: bool = False, strata: int = 3) -> Drawn:
    """Up to `strata` strata of 2 to 4 clusters of 1 to 4 rows, of unequal weight."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    per_stratum = draw(st.lists(st.integers(2, 4), min_size=1, max_size=strata))
    of_cluster = np.repeat(np.arange(len(per_stratum)), per_stratum)
    rows = random.integers(1, 5, len(of_cluster))
    clusters = np.repeat(np.arange(len(of_cluster)), rows)
    stratum = of_cluster[clusters]
    n = len(clusters)
    weights = random.uniform(0.5, 20, n)
    sizes = np.array([count + random.integers(1, 30) for count in per_stratum])
    groups = np.array(["a", "b"])[(np.arange(n) + random.integers(0, 2)) % 2]
    groups[:2] = ["a", "b"][:n]
    design = survey_design(
        n,
        weights=weights,
        strata=[stratum],
        clusters=[clusters],
        fpc=[sizes[stratum]] if sized else [],
    )
    return Drawn(design, random.normal(50, 10, n), groups, weights, stratum, clusters)
