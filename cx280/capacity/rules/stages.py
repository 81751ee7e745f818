"""The way of an assessment from draft to OMB; a reflection ends at its signature."""

from __future__ import annotations

from cx280.capacity.rules.vocabulary import Kind, Move, Stage
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict

MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.DRAFT, Move.SIGN): Stage.SIGNED,
    (Stage.SIGNED, Move.REOPEN): Stage.DRAFT,
    (Stage.SIGNED, Move.SUBMIT): Stage.SUBMITTED,
    # A correction goes the whole way again; what OMB read stays until the next is handed over.
    (Stage.SUBMITTED, Move.REOPEN): Stage.DRAFT,
}


class NotNow(Conflict):
    """The assessment is in a stage from which this move does not go."""

    def __init__(self, kind: Kind, stage: Stage, move: Move) -> None:
        super().__init__(
            f"This {kind.label} is “{stage.label}”. It cannot be {move.label} from there.",
            fix="Open the page again to see where it stands now.",
        )


@implements("280.13-b2")
def after(kind: str, stage: str, move: Move) -> Stage:
    """The stage the move leads to; raises NotNow when it does not go from there."""
    what, now = Kind.of(kind), Stage.of(stage)
    found = MOVES.get((now, move))
    if found is None or (what is Kind.REFLECTION and found is Stage.SUBMITTED):
        raise NotNow(what, now, move)
    return found
