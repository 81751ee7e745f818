"""The evaluation of a change in plain sentences: what came of it, how sure, what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cx280.stats.detection.words import number
from cx280.stats.evaluation.changes import Evaluation, Outcome

_VERDICTS = {
    Outcome.BETTER: "It got better",
    Outcome.WORSE: "It got worse",
    Outcome.INCONCLUSIVE: "Nothing can be said yet",
}


def explain_evaluation(found: Evaluation, changed: date, of: str) -> str:
    """Several sentences: the verdict, the effect with its interval, n, and what limits it.

    of: what the values are, as in `submissions a day`.
    """
    return " ".join(_sentences(found, changed, of))


def caveats(found: Evaluation) -> list[str]:
    """What such a comparison cannot tell, in whole sentences."""
    return list(_caveats(found))


def _sentences(found: Evaluation, changed: date, of: str) -> Iterator[str]:
    day = f"{changed:%B} {changed.day}, {changed.year}"
    yield (
        f"{_VERDICTS[found.outcome]} after {day}: {of} changed by {_size(found, found.effect)} "
        f"({_size(found, found.low)} to {_size(found, found.high)})."
    )
    yield (
        f"{_value(found, found.seen)} on average, where {_value(found, found.without)} would have "
        f"been expected without the change."
    )
    unit = "days" if found.by_day else "rows"
    yield f"It rests on {found.before} {unit} before and {found.after} after."
    if found.outcome is Outcome.INCONCLUSIVE:
        least = _size(found, found.smallest).lstrip("+")
        yield f"A change by {least} would be found in four of five such comparisons."
    yield from _caveats(found)


def _caveats(found: Evaluation) -> Iterator[str]:
    yield "Whatever else happened at the same time is part of this effect."
    if not found.yearly:
        yield "With less than two years the season of the year cannot be taken out."
    if found.closed:
        rows = "closed row is" if found.closed == 1 else "closed rows are"
        yield f"{found.closed} {rows} left out."
    if found.odd:
        rows = "odd row counts" if found.odd == 1 else "odd rows count"
        yield f"{found.odd} {rows} only as far as usual ones."


def _size(found: Evaluation, size: float) -> str:
    if found.kind in ("counts", "durations"):
        return f"{size:+.1%}"
    return f"{size * 100:+.1f} points" if found.kind == "rates" else f"{size:+.2f}"


def _value(found: Evaluation, value: float) -> str:
    if found.kind == "rates":
        return f"{value:.1%}"
    return f"{value:.2f}" if found.kind == "scores" else number(value)
