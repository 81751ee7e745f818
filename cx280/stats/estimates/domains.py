"""The same estimate for each group of the population: by office, by channel, by age."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cx280.kernel.problem import Unusable
from cx280.stats.estimates.arrays import categories
from cx280.stats.estimates.design import Design

T = TypeVar("T")


def by_domain(
    design: Design,
    groups: ArrayLike | Sequence[object],
    estimate: Callable[[Design], T],
    missing: str = "",
) -> dict[str, T]:
    """{group: estimate(design within the group)}, groups in order of their names.

    groups: (n,) compared as text; rows whose group is `missing` belong to none. The whole design
    stays known to every group, so errors allow for group sizes being random and for clusters in
    which a group has nobody (Durbin 1958; R's svyby). Raises Unusable when no row has a group, and
    whatever `estimate` raises, with the group named.
    """
    codes, names = categories(groups, "groups", len(design.weights))
    present = np.bincount(codes, design.weights != 0, minlength=len(names))
    found: dict[str, T] = {}
    for at, name in enumerate(names):
        if name == missing or not present[at]:
            continue
        try:
            found[name] = estimate(design.within(codes == at))
        except Unusable as problem:
            raise Unusable(
                f"In group “{name}”: {problem.message}", field=problem.field, fix=problem.fix
            ) from problem
    if not found:
        raise Unusable("No row has a group.", field="groups")
    return found
