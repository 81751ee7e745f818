"""One estimate of a file's sample as a document of figures: what `cx280 estimate` answers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.measures.rules.samples import Columns, Plan, answers_of, design_of, numbers_of
from cx280.stats.estimates import (
    Change,
    Design,
    Estimate,
    Family,
    Method,
    bootstrap,
    by_domain,
    change_of_shares,
    change_within,
    compare_table,
    compare_two,
    counts,
    jackknife,
    mean,
    mean_of,
    quantile,
    quantile_of,
    ratio,
    ratio_of,
    regression,
    replicate_estimate,
    share,
    share_interval,
    shares,
    total,
    total_of,
)
from cx280.stats.estimates.arrays import Vector

Figure: TypeAlias = "float | int | str | None"
Document: TypeAlias = "dict[str, Figure | list[Document] | list[float]]"


class Kind(StrEnum):
    """What is estimated."""

    MEAN = "mean"
    TOTAL = "total"
    COUNT = "count"
    PROPORTION = "proportion"
    RATIO = "ratio"
    QUANTILE = "quantile"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know of a column.

    measure: the column. value: the answer whose share is meant; None for all. other: the
    denominator of a ratio. parts: quantiles. predictors: of a regression. by: groups.
    compare: whether the groups differ. change: two of the groups, the earlier first.
    replicates: "jackknife" or "bootstrap" instead of linearised errors.
    """

    measure: str
    kind: Kind = Kind.MEAN
    value: str | None = None
    other: str = ""
    parts: tuple[float, ...] = ()
    predictors: tuple[str, ...] = ()
    family: Family = Family.LINEAR
    by: str | None = None
    compare: bool = False
    change: tuple[str, str] | None = None
    replicates: str | None = None
    times: int = 1000
    seed: int = 280
    confidence: float = 0.95
    method: Method = Method.LOGIT
    plan: Plan = field(default_factory=Plan)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the question reads, each once."""
        named = (self.measure, self.other, *self.predictors, self.by or "", *self.plan.columns)
        return tuple(dict.fromkeys(each for each in named if each))


def answer(columns: Columns, question: Question) -> Document:
    """The figures asked for, with n, standard error and interval; infinite ends are None.

    columns: texts, one column as long as the other. Raises Unusable, the column named, for what
    cannot be estimated.
    """
    n = len(columns[question.measure])
    if not n:
        raise Unusable("The file has no rows.")
    design = design_of(columns, question.plan, n)
    if question.change:
        return _change(design, columns, question)
    if question.compare:
        return _comparison(design, columns, question)
    if question.kind is Kind.REGRESSION and not question.replicates:
        return _regression(design, columns, question)
    figures = _figures(columns, question)
    if question.by is None:
        return figures(design)
    groups = by_domain(design, answers_of(columns, question.by), figures)
    listed: list[Document] = [{"group": name, **found} for name, found in groups.items()]
    return {"by": question.by, "groups": listed}


def _figures(columns: Columns, question: Question) -> Callable[[Design], Document]:
    """What to work out of a design, or of a group of it."""
    if question.replicates:
        return lambda design: _replicated(design, columns, question)
    if question.kind is Kind.PROPORTION:
        return lambda design: _shares(design, columns, question)
    if question.kind is Kind.COUNT:
        return lambda design: _counts(design, columns, question)
    if question.kind is Kind.QUANTILE:
        return lambda design: _quantiles(design, columns, question)
    values = numbers_of(columns, question.measure)
    if question.kind is Kind.TOTAL:
        return lambda design: _single("total", total(design, values), question)
    if question.kind is Kind.RATIO:
        other = numbers_of(columns, question.other)
        return lambda design: _single("ratio", ratio(design, values, other), question)
    return lambda design: _single("mean", mean(design, values), question)


def _single(name: str, found: Estimate, question: Question) -> Document:
    low, high = found.interval(question.confidence)
    document: Document = {
        "n": found.n, name: found.value, "se": found.se, "low": _end(low), "high": _end(high),
    }  # fmt: skip
    if name in ("mean", "total"):
        document["deff"] = found.deff
    return document


def _shares(design: Design, columns: Columns, question: Question) -> Document:
    given = answers_of(columns, question.measure)
    if question.value is not None:
        found = share(design, _is(given, question), question.confidence, question.method)
        return {
            "n": found.n, "share": found.value, "se": found.se, "low": found.low,
            "high": found.high, "deff": found.deff,
        }  # fmt: skip
    together = shares(design, given)
    listed: list[Document] = []
    for name in together.names:
        each = share(
            design, np.where(given == "", np.nan, given == name), question.confidence,
            question.method,
        )  # fmt: skip
        listed.append({
            "value": name, "share": each.value, "se": each.se, "low": each.low, "high": each.high,
            "deff": each.deff,
        })  # fmt: skip
    return {"n": together.n, "shares": listed}


def _counts(design: Design, columns: Columns, question: Question) -> Document:
    found = counts(design, answers_of(columns, question.measure))
    listed: list[Document] = []
    for name in found.names:
        each = _single("people", found[name], question)
        each.pop("n")
        listed.append({"value": name, **each})
    return {"n": found.n, "counts": listed}


def _is(given: np.ndarray[tuple[int], np.dtype[np.str_]], question: Question) -> Vector:
    """1 for the answer meant, 0 for others, NaN for none."""
    if question.value is None:
        raise Unusable("Say which answer’s share is meant.", fix="--value ANSWER")
    if not (given == question.value).any():
        raise Unusable(
            f"Nobody answered “{question.value}” in column {question.measure}.",
            field=question.measure,
        )
    return np.where(given == "", np.nan, (given == question.value).astype(np.float64))


def _quantiles(design: Design, columns: Columns, question: Question) -> Document:
    values = numbers_of(columns, question.measure)
    found = [quantile(design, values, each, question.confidence) for each in question.parts]
    listed: list[Document] = [
        {
            "quantile": each.part, "value": each.value, "se": _end(each.se),
            "low": _end(each.low), "high": _end(each.high),
        }
        for each in found
    ]  # fmt: skip
    return {"n": found[0].n, "quantiles": listed}


def _replicated(design: Design, columns: Columns, question: Question) -> Document:
    if question.kind in (Kind.COUNT, Kind.REGRESSION):
        raise Unusable(f"There are no replicates for a {question.kind}.", fix="Leave them out.")
    drawn = (
        jackknife(design)
        if question.replicates == "jackknife"
        else bootstrap(design, question.times, question.seed)
    )
    if question.kind is Kind.PROPORTION:
        yes = _is(answers_of(columns, question.measure), question)
        n = int(((design.weights != 0) & ~np.isnan(yes)).sum())
        found = share_interval(
            replicate_estimate(drawn, mean_of(yes), n), question.confidence, question.method
        )
        return {"n": n, "share": found.value, "se": found.se, "low": found.low, "high": found.high}
    values = numbers_of(columns, question.measure)
    counted = (design.weights != 0) & ~np.isnan(values)
    if question.kind is Kind.RATIO:
        other = numbers_of(columns, question.other)
        n = int((counted & ~np.isnan(other)).sum())
        return _single("ratio", replicate_estimate(drawn, ratio_of(values, other), n), question)
    if question.kind is Kind.QUANTILE:
        part = question.parts[0]
        found_at = replicate_estimate(drawn, quantile_of(values, part), int(counted.sum()))
        return {"quantile": part, **_single("value", found_at, question)}
    statistic = total_of if question.kind is Kind.TOTAL else mean_of
    found_here = replicate_estimate(drawn, statistic(values), int(counted.sum()))
    document = _single(question.kind.value, found_here, question)
    document.pop("deff")
    return document


def _regression(design: Design, columns: Columns, question: Question) -> Document:
    found = regression(
        design, numbers_of(columns, question.measure),
        [(each, numbers_of(columns, each)) for each in question.predictors], question.family,
    )  # fmt: skip
    listed: list[Document] = []
    for name in found.names:
        each = found[name]
        low, high = each.interval(question.confidence)
        listed.append({"name": name, "coefficient": each.value, "se": each.se,
                       "low": _end(low), "high": _end(high)})  # fmt: skip
    return {"n": found.n, "df": found.df, "coefficients": listed}


def _comparison(design: Design, columns: Columns, question: Question) -> Document:
    groups = answers_of(columns, question.by or "")
    if question.kind is Kind.PROPORTION and question.value is None:
        table = compare_table(design, answers_of(columns, question.measure), groups)
        return {"n": table.n, "f": table.f, "df": list(table.df), "p": table.p}
    found = compare_two(design, _measured(columns, question), groups, question.confidence)
    return {
        "n": found.n, "first": found.first, "second": found.second, "difference": found.difference,
        "se": found.se, "low": _end(found.low), "high": _end(found.high), "t": found.statistic,
        "df": found.df, "p": found.p,
    }  # fmt: skip


def _change(design: Design, columns: Columns, question: Question) -> Document:
    before, after = question.change or ("", "")
    periods = answers_of(columns, question.by or "")
    values = _measured(columns, question)
    for each in (before, after):
        if not (periods == each).any():
            raise Unusable(f"No row has “{each}” in column {question.by}.", field=question.by)
    apart = not question.plan.clusters and not design.adjustments
    if question.kind is Kind.PROPORTION and apart:
        earlier, later = (
            share(design.within(periods == each), values, question.confidence, question.method)
            for each in (before, after)
        )
        found: Change = change_of_shares(earlier, later)
    else:
        found = change_within(design, values, periods, before, after, question.confidence)
    inside = ((periods == before) | (periods == after)) & ~np.isnan(values)
    return {
        "n": int((inside & (design.weights != 0)).sum()), "before": found.before,
        "after": found.after, "change": found.difference, "se": found.se, "low": _end(found.low),
        "high": _end(found.high), "verdict": found.verdict.value,
    }  # fmt: skip


def _measured(columns: Columns, question: Question) -> Vector:
    if question.kind is Kind.PROPORTION:
        return _is(answers_of(columns, question.measure), question)
    return numbers_of(columns, question.measure)


def _end(value: float) -> float | None:
    return value if math.isfinite(value) else None
