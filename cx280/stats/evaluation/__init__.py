"""Before and after a change, less trend and season: how much, how sure, what may be said."""

from cx280.stats.evaluation.changes import Better, Evaluation, Kind, Outcome, evaluate_change
from cx280.stats.evaluation.words import caveats, explain_evaluation

__all__ = [
    "Better",
    "Evaluation",
    "Kind",
    "Outcome",
    "caveats",
    "evaluate_change",
    "explain_evaluation",
]
