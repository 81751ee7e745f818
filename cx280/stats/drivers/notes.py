"""What a reader must know beside the figures, in whole sentences."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load when first used

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
    r2: float,
) -> tuple[str, ...]:
    """Method, gaps, intervals, weights, size and what none of it can say, each one sentence."""
    notes = [
        "Importance says what is associated with the outcome, not what causes it.",
        _METHODS[method],
        _on_gaps(used, complete, missing),
        _on_intervals(bootstrap, confidence, drawn_by_pattern),
    ]
    if not beyond_chance(used, r2):
        notes.append(
            f"All drivers together go with {used.names[0]} no more than chance alone would make "
            "them."
        )
    if used.weighted:
        notes.append("Answers count by their sampling weights; the bootstrap draws people.")
    if used.n < _FEW:
        notes.append(
            f"With {used.n} people the intervals are wide and the order of the drivers is not "
            "established."
        )
    return tuple(notes)


def beyond_chance(used: Patterns, r2: float) -> bool:
    """Whether R² is larger than drivers that mean nothing would give in 95 of 100 surveys (F test).

    Counts as many people as the weights and the gaps leave: Kish's effective number, times the
    share of driver answers given.
    """
    given = float(used.people @ (1 - np.isnan(used.values[:, 1:]).mean(axis=1))) / used.n
    size = given * float(used.weights.sum() ** 2 / (used.weights**2 / used.people).sum())
    drivers = used.values.shape[1] - 1
    left = max(size - drivers - 1, 1.0)
    ratio = (r2 / drivers) / (max(1 - r2, 1e-12) / left)
    return bool(scipy.special.fdtrc(drivers, left, ratio) < 0.05)


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
