"""A query in the SQL of DuckDB, written in the SQL of Spark."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from cx280.kernel.problem import Unusable

if TYPE_CHECKING:
    from sqlglot import exp


def in_spark(sql: str, parameters: Mapping[str, object]) -> str:
    """The same query for Spark, each `$name` replaced by its value as a literal.

    Values become literals of the parsed query, never text of it, so none is read as SQL. Where
    the dialects compute differently the query says what DuckDB means: quantiles interpolate,
    `epoch` keeps the fraction of a second. A parameter that is not given raises `Unusable`.
    """
    tree = _parsed(sql).copy()
    for node in reversed(list(tree.bfs())):  # the innermost first: what is inside may change too
        meant = _with_values(_in_the_sense_of_duckdb(node), parameters)
        if meant is not node:
            node.replace(meant)
    return tree.sql("spark")


@cache
def _parsed(sql: str) -> exp.Expr:
    import sqlglot

    return sqlglot.parse_one(sql, read="duckdb")


def _in_the_sense_of_duckdb(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    if isinstance(node, exp.PercentileCont) and node.expression:
        return exp.func("PERCENTILE", node.this, node.expression)
    if isinstance(node, exp.Median):
        return exp.func("PERCENTILE", node.this, exp.Literal.number("0.5"))
    if isinstance(node, exp.TimeToUnix):
        micros = exp.func("UNIX_MICROS", node.this)
        return exp.paren(exp.Div(this=exp.cast(micros, "double"), expression=exp.convert(1e6)))
    if isinstance(node, exp.Anonymous) and node.name.upper() == "EPOCH_US":
        return exp.func("UNIX_MICROS", *node.expressions)
    return node


def _with_values(node: exp.Expr, parameters: Mapping[str, object]) -> exp.Expr:
    from sqlglot import exp

    if not isinstance(node, exp.Placeholder):
        return node
    if node.name not in parameters:
        raise Unusable(f"The query asks for a value called “{node.name}” that was not given.")
    return exp.convert(parameters[node.name])
