"""A sample as the columns of a file: which ones say how it was drawn, and its design."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.estimates import Design, Lonely, calibrate, post_stratify, rake, survey_design
from cx280.stats.estimates.arrays import Vector
from cx280.stats.estimates.calibration import category_columns

Columns: TypeAlias = Mapping[str, Sequence[str]]

NO_ANSWER = {"", "na", "n/a", "nan", "null", "."}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the population about a column: people by category, or one total."""

    column: str
    people: Mapping[str, float]
    total: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns that say how the sample was drawn, and what is known of its population."""

    weights: str | None = None
    probabilities: str | None = None
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    fpc: tuple[str, ...] = ()
    nest: bool = False
    lonely: Lonely = Lonely.FAIL
    post_strata: Known | None = None
    margins: tuple[Known, ...] = ()
    totals: tuple[Known, ...] = ()
    raking_distance: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the plan reads."""
        known = [each.column for each in self._known]
        single = [each for each in (self.weights, self.probabilities) if each]
        return (*single, *self.strata, *self.clusters, *self.fpc, *known)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said about how the sample was drawn."""
        return not self.columns

    @property
    def _known(self) -> tuple[Known, ...]:
        single = () if self.post_strata is None else (self.post_strata,)
        return (*single, *self.margins, *self.totals)


def known_from(written: str) -> Known:
    """What is known of a column's population, from `column:a=400,b=600` or `column=total`.

    Raises Unusable when it is written otherwise, or a category is named twice.
    """
    column, colon, pairs = written.partition(":")
    if not colon:
        column, _, total = written.rpartition("=")
        return Known(column.strip(), {}, _people(total, written))
    people: dict[str, float] = {}
    for pair in pairs.split(","):
        category, equals, number = pair.rpartition("=")
        if not equals or category.strip() in people:
            raise Unusable(f"“{pair}” in “{written}” must name a category once: category=people.")
        people[category.strip()] = _people(number, written)
    return Known(column.strip(), people)


def _people(number: str, written: str) -> float:
    try:
        return float(number)
    except ValueError:
        raise Unusable(
            f"“{written}” does not say what is known.",
            fix="Write column:a=400,b=600 for categories, or column=total for a quantity.",
        ) from None


def design_of(columns: Columns, plan: Plan, n: int) -> Design:
    """The design of the n rows; refusals name the column at fault.

    columns: each n texts. Raises Unusable as survey_design, post_stratify, rake and calibrate do,
    and for a number that is missing in a column of the plan.
    """

    def figures(name: str | None) -> Vector | None:
        return None if name is None else numbers_of(columns, name, needed=True)

    named = {
        "weights": plan.weights, "probabilities": plan.probabilities,
        "strata": ", ".join(plan.strata), "clusters": ", ".join(plan.clusters),
        "fpc": ", ".join(plan.fpc),
    }  # fmt: skip
    design = naming(named, lambda: survey_design(
        n,
        weights=figures(plan.weights),
        probabilities=figures(plan.probabilities),
        strata=[categories_of(columns, each) for each in plan.strata],
        clusters=[categories_of(columns, each) for each in plan.clusters],
        fpc=[numbers_of(columns, each, needed=True) for each in plan.fpc],
        nest=plan.nest,
        lonely=plan.lonely,
    ))  # fmt: skip
    return _adjusted(design, columns, plan)


def numbers_of(columns: Columns, name: str, *, needed: bool = False) -> Vector:
    """(n,) the column's numbers, NaN where a cell says that there is none.

    Raises Unusable for a cell that is no number, and for a missing one when all are `needed`.
    """
    found = np.empty(len(columns[name]))
    for row, text in enumerate(columns[name]):
        if text.strip().casefold() in NO_ANSWER:
            if needed:
                raise Unusable(f"Row {row + 1} of column {name} is empty.", field=name)
            found[row] = np.nan
            continue
        try:
            found[row] = float(text)
        except ValueError:
            raise Unusable(
                f"Row {row + 1} of column {name} holds “{text.strip()}”, which is not a number.",
                field=name,
            ) from None
    return found


def answers_of(columns: Columns, name: str) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """(n,) the column's texts, all ways to give no answer written as nothing."""
    texts = [each.strip() for each in columns[name]]
    return np.array(["" if each.casefold() in NO_ANSWER else each for each in texts])


def categories_of(columns: Columns, name: str) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """(n,) the column's texts, each of them given; Unusable names the first row without one."""
    found = answers_of(columns, name)
    empty = np.flatnonzero(found == "")
    if empty.size:
        raise Unusable(f"Row {empty[0] + 1} of column {name} is empty.", field=name)
    return found


def naming(named: Mapping[str, str | None], work: Callable[[], Design]) -> Design:
    """The work's result; what it refuses says which column of the file is meant."""
    try:
        return work()
    except Unusable as problem:
        column = named.get(problem.field or "")
        if not column:
            raise
        raise Unusable(
            f"Column {column}: {problem.message}", field=column, fix=problem.fix
        ) from problem


def _adjusted(design: Design, columns: Columns, plan: Plan) -> Design:
    if plan.post_strata is not None:
        known = plan.post_strata
        values = categories_of(columns, known.column)
        design = post_stratify(design, values, known.people, known.column)
    if plan.margins:
        design = rake(design, [
            (each.column, categories_of(columns, each.column), each.people)
            for each in plan.margins
        ])  # fmt: skip
    if plan.totals:
        parts = [_totals(columns, each) for each in plan.totals]
        design = calibrate(
            design, np.column_stack([each for each, _ in parts]),
            np.concatenate([each for _, each in parts]), raking=plan.raking_distance,
        )  # fmt: skip
    return design


def _totals(columns: Columns, known: Known) -> tuple[Vector, Vector]:
    if known.total is not None:
        return numbers_of(columns, known.column, needed=True)[:, None], np.array([known.total])
    return category_columns(categories_of(columns, known.column), known.people, known.column)
