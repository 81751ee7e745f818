"""An estimate as a person reads it: a line for each figure, n and interval always beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cx280.measures.rules.estimating import Document, Question

_FIGURES = (
    "mean", "total", "people", "share", "ratio", "coefficient", "difference", "change", "value",
)  # fmt: skip
PLAIN = (
    "Nothing was said about how the sample was drawn: the rows count as a simple random sample. "
    "If people chose to answer, the interval is no margin of sampling error."
)


def in_words(document: Document, question: Question) -> str:
    """Lines of text, one for each figure, with a note where the sample was not described."""
    lines = list(_lines(document, "", question))
    if question.plan.is_plain:
        lines.append(PLAIN)
    return "\n".join(lines)


def _lines(document: Mapping[str, object], label: str, question: Question) -> list[str]:
    if "f" in document:
        return [_table_test(document, question)]
    rows = _rows(document)
    if not rows:
        return [_line(document, label, question)]
    found = [f"{label or question.measure}: n {_number(document['n'])}"] if "n" in document else []
    for row in rows:
        name = _name(row)
        found += _lines(row, f"{label}, {name}" if label else name, question)
    return found


def _name(row: Mapping[str, object]) -> str:
    if "quantile" in row:
        return f"quantile {row['quantile']:g}"
    return str(next(row[each] for each in ("group", "name", "value") if each in row))


def _rows(document: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    for value in document.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return value
    return []


def _line(document: Mapping[str, object], label: str, question: Question) -> str:
    figure = next(each for each in _FIGURES if isinstance(document.get(each), int | float))
    interval = f"{question.confidence:.0%} interval {_span(document)}"
    parts = [f"{figure} {_number(document[figure])}", f"se {_number(document['se'])}", interval]
    if "first" in document:
        parts[0] = f"{document['second']} less {document['first']}: {_number(document[figure])}"
        parts.append(f"t {_number(document['t'])}, {document['df']} df, p {_number(document['p'])}")
    if "verdict" in document:
        before, after = _number(document["before"]), _number(document["after"])
        parts = [f"{document['verdict']}: from {before} to {after}", *parts]
    if document.get("deff") is not None:
        parts.append(f"design effect {_number(document['deff'])}")
    if "n" in document:
        parts.append(f"n {_number(document['n'])}")
    return f"{label or question.measure}: {'; '.join(parts)}"


def _table_test(document: Mapping[str, object], question: Question) -> str:
    df = document["df"]
    first, second = (_number(each) for each in df) if isinstance(df, list) else ("", "")
    return (
        f"{question.measure} by {question.by}: F {_number(document['f'])} "
        f"({first} and {second} df), p {_number(document['p'])}; n {_number(document['n'])}"
    )


def _span(document: Mapping[str, object]) -> str:
    low, high = document["low"], document["high"]
    if low is None and high is None:
        return "not known"
    return f"{'open' if low is None else _number(low)} to " \
           f"{'open' if high is None else _number(high)}"  # fmt: skip


def _number(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, float):
        return "not known"
    return f"{value:,.0f}" if abs(value) >= 100_000 else f"{value:.6g}"
