"""What a reader must know beside the figures, in whole sentences."""

from __future__ import annotations

import numpy as np

from cx280.stats.drivers.patterns import Patterns

_ROUGH = 400  # bootstrap samples
_FEW = 200  # below, a ranking of drivers is guesswork: docs/studies/drivers.md

_METHODS = {
    "lmg": "Importance is each driver’s part of R², averaged over all orders of the drivers "
    "(LMG, the Shapley value).",
    "johnson": "Importance is each driver’s part of R² by Johnson’s relative weights.",
}


def notes_on(
    used: Patterns,
    complete: int,
    method: str,
    bootstrap: int,
    confidence: float,
    missing: str,
    drawn_by_pattern: bool,
) -> tuple[str, ...]:
    """Method, gaps, intervals, weights, size and what none of it can say, each one sentence."""
    notes = [
        "Importance says what is associated with the outcome, not what causes it.",
        _METHODS[method],
        _on_gaps(used, complete, missing),
        _on_intervals(bootstrap, confidence, drawn_by_pattern),
    ]
    if used.weighted:
        notes.append("Answers count by their sampling weights; the bootstrap draws people.")
    if used.n < _FEW:
        notes.append(
            f"With {used.n} people the intervals are wide and the order of the drivers is not "
            "established."
        )
    return tuple(notes)


def _on_gaps(used: Patterns, complete: int, missing: str) -> str:
    if missing == "complete":
        return f"Only the {complete:,} people who answered every question count."
    if complete == used.n:
        return f"All {used.n:,} people answered every question."
    unanswered = float(used.people @ np.isnan(used.values[:, 1:]).mean(axis=1)) / used.n
    return (
        f"{used.n - complete:,} of {used.n:,} people skipped at least one driver "
        f"({unanswered:.0%} of all driver answers); nobody is left out: all answers given are used "
        "(maximum likelihood by EM, which takes skipping to depend only on what was answered)."
    )


def _on_intervals(bootstrap: int, confidence: float, drawn_by_pattern: bool) -> str:
    if not bootstrap:
        return "No intervals were computed."
    how = "" if drawn_by_pattern else ", in the normal limit that so many people allow"
    rough = ": so few samples make them rough" if bootstrap < _ROUGH else ""
    return (
        f"Intervals hold {confidence:.0%} of {bootstrap:,} bootstrap samples of the people"
        f"{how}{rough}."
    )
