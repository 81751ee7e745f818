"""Columns of a sample as arrays, checked once: numbers, weights, categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cx280.kernel.problem import Unusable

# (n,) and (n, p) numbers; (n,) codes of categories; (n,) yes or no.
Vector: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


def numbers(values: ArrayLike, name: str, length: int | None = None) -> Vector:
    """The values as a vector of finite numbers.

    values: (n,). Raises Unusable, with `field` set to `name`, when a value is missing or infinite,
    or when there are not `length` of them.
    """
    found = _vector(values, name, length)
    wrong = np.flatnonzero(~np.isfinite(found))
    if wrong.size:
        raise Unusable(f"Row {wrong[0] + 1} of {name} holds no number.", field=name)
    return found


def non_negative(values: ArrayLike, name: str, length: int | None = None) -> Vector:
    """The values as a vector of finite numbers of 0 or more; Unusable names the first that is not.

    values: (n,).
    """
    found = numbers(values, name, length)
    wrong = np.flatnonzero(found < 0)
    if wrong.size:
        raise Unusable(
            f"Row {wrong[0] + 1} of {name} holds {found[wrong[0]]:g}: none may be negative.",
            field=name,
        )
    return found


def answers(values: ArrayLike, length: int) -> tuple[Vector, Mask]:
    """The answers with 0 where one is missing (NaN), and which ones were given.

    values: (n,). Raises Unusable when none was given, one is infinite, or n is not `length`.
    """
    found = _vector(values, "values", length)
    given = ~np.isnan(found)
    if not given.any():
        raise Unusable("Nobody answered: every value is missing.", field="values")
    if np.isinf(found).any():
        raise Unusable("A value is infinite.", field="values")
    return np.where(given, found, 0.0), given


def categories(
    values: ArrayLike | Sequence[object], name: str, length: int | None = None
) -> tuple[Codes, tuple[str, ...]]:
    """Each row's category as a code into the names, which come back sorted.

    values: (n,) of anything; compared as text. Raises Unusable when n is not `length`.
    """
    text = np.asarray(values).astype(str)
    if text.ndim != 1 or (length is not None and len(text) != length):
        raise Unusable(f"{name} needs one value for each of the {length} rows.", field=name)
    names, codes = np.unique(text, return_inverse=True)
    return codes.astype(np.int64), tuple(str(each) for each in names)


def as_targets(
    known: Mapping[str, float], names: Sequence[str], present: Vector, name: str
) -> Vector:
    """The known population of each category in `names`; both sides must know the same categories.

    known: category → people, 0 or more. present: (len(names),), the weight the sample has there.
    Raises Unusable for a category of the sample that the population lacks, for people in the
    population whom nobody in the sample stands for, and for a population that is negative.
    """
    for category, people in known.items():
        if not np.isfinite(people) or people < 0:
            raise Unusable(f"The population of {name} “{category}” is {people}.", field=name)
        if people > 0 and category not in names:
            raise Unusable(
                f"Nobody in the sample is {name} “{category}”, where the population has "
                f"{people:g}.", field=name, fix="Join that category with another.",
            )  # fmt: skip
    for category, weight in zip(names, present, strict=True):
        if category not in known:
            raise Unusable(f"The population of {name} “{category}” is not given.", field=name)
        if weight == 0 and known[category] > 0:
            raise Unusable(
                f"The sample has no weight left in {name} “{category}”, where the population has "
                f"{known[category]:g}.", field=name, fix="Join that category with another.",
            )  # fmt: skip
    return np.array([float(known[each]) for each in names])


def grouped(codes: Codes, values: Vector, groups: int) -> Vector:
    """The sum of the values in each group, (groups,)."""
    found: Vector = np.bincount(codes, values, minlength=groups).astype(np.float64)
    return found


def grouped_columns(codes: Codes, values: Matrix, groups: int) -> Matrix:
    """The sum of each column's values in each group, (groups, p)."""
    return np.column_stack([grouped(codes, column, groups) for column in values.T])


def _vector(values: ArrayLike, name: str, length: int | None) -> Vector:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1:
        raise Unusable(f"{name} must be one column of numbers.", field=name)
    if length is not None and len(found) != length:
        raise Unusable(f"{name} has {len(found)} rows, the sample {length}.", field=name)
    if not len(found):
        raise Unusable(f"{name} holds no rows.", field=name)
    return found
