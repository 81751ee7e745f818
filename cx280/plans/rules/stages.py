"""The way of an Action Plan from draft to published."""

from __future__ import annotations

from cx280.kernel.problem import Conflict
from cx280.plans.rules.vocabulary import Move, Stage

MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.DRAFT, Move.SIGN): Stage.SIGNED,
    # A signature that has not left the agency may be taken back.
    (Stage.SIGNED, Move.REOPEN): Stage.DRAFT,
    (Stage.SIGNED, Move.SUBMIT): Stage.SUBMITTED,
    # OMB gives it back with reasons, takes it, or takes and publishes it at once.
    (Stage.SUBMITTED, Move.RETURN): Stage.RETURNED,
    (Stage.RETURNED, Move.SIGN): Stage.SIGNED,
    (Stage.SUBMITTED, Move.ACCEPT): Stage.ACCEPTED,
    (Stage.SUBMITTED, Move.PUBLISH): Stage.PUBLISHED,
    (Stage.ACCEPTED, Move.PUBLISH): Stage.PUBLISHED,
    # What was sent or published is corrected by going the whole way again; what was read stays.
    (Stage.SUBMITTED, Move.REOPEN): Stage.DRAFT,
    (Stage.ACCEPTED, Move.REOPEN): Stage.DRAFT,
    (Stage.PUBLISHED, Move.REOPEN): Stage.DRAFT,
}


class NotNow(Conflict):
    """The plan is in a stage from which this move does not go."""

    def __init__(self, stage: Stage, move: Move) -> None:
        super().__init__(
            f"This plan is “{stage.label}”. It cannot be {move.label} from there.",
            fix="Open the page again to see where it stands now.",
        )


def after(stage: str, move: Move) -> Stage:
    """The stage the move leads to; raises NotNow when it does not go from there."""
    now = Stage.of(stage)
    found = MOVES.get((now, move))
    if found is None:
        raise NotNow(now, move)
    return found
