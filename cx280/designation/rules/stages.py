"""The way of a proposal: the official signs, OMB concurs or returns it (INC-25)."""

from __future__ import annotations

from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.designation.rules.vocabulary import Move, Stage
from cx280.kernel.problem import Conflict

MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.DRAFT, Move.SIGN): Stage.SIGNED,
    (Stage.RETURNED, Move.SIGN): Stage.SIGNED,
    (Stage.SIGNED, Move.RETURN): Stage.RETURNED,
    (Stage.SIGNED, Move.CONCUR): Stage.CONCURRED,
}


class NotNow(Conflict):
    """The proposal is in a stage from which this move does not go."""

    def __init__(self, stage: Stage, move: Move) -> None:
        super().__init__(
            f"This proposal is “{stage.label}”. It cannot be {move.label} from there.",
            rule="INC-25",
            fix="Open the page again to see where it stands now.",
        )


@implements("INC-25", "280.13-b1")
def after(stage: str, move: Move) -> Stage:
    """The stage the move leads to; raises NotNow when it does not go from there."""
    now = Stage.of(stage)
    found = MOVES.get((now, move))
    if found is None:
        raise NotNow(now, move)
    return found


def counts_from(concurred_on: date, fiscal_year: int) -> date:
    """The first day for which the services count as designated.

    OMB's day, but never before the fiscal year begins: until then the last year's services do.
    """
    return max(concurred_on, date(fiscal_year - 1, 10, 1))


def counts_until(counts_from: date) -> date:
    """The last day of the services that are not put forward again."""
    return counts_from - timedelta(days=1)
