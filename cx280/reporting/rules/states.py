"""The way of a quarter package: from draft to published, and back when something is wrong."""

from cx280.kernel.problem import Conflict
from cx280.kernel.words import Word


class State(Word):
    """Where a package stands."""

    DRAFT = "draft", "Draft"
    CERTIFIED = "certified", "Signed"
    SUBMITTED = "submitted", "Sent to OMB"
    RETURNED = "returned", "Returned with comments"
    ACCEPTED = "accepted", "Accepted"
    PUBLISHED = "published", "Published"


class Step(Word):
    """What somebody does to move a package; the label completes “It cannot be …”."""

    CERTIFY = "certify", "signed"
    REOPEN = "reopen", "opened again"
    SUBMIT = "submit", "sent to OMB"
    RETURN = "return", "returned"
    ACCEPT = "accept", "accepted"
    PUBLISH = "publish", "published"


MOVES: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.CERTIFY): State.CERTIFIED,
    (State.RETURNED, Step.CERTIFY): State.CERTIFIED,
    # A signature that has not left the agency may be taken back.
    (State.CERTIFIED, Step.REOPEN): State.DRAFT,
    (State.CERTIFIED, Step.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Step.RETURN): State.RETURNED,
    (State.SUBMITTED, Step.ACCEPT): State.ACCEPTED,
    (State.ACCEPTED, Step.RETURN): State.RETURNED,
    (State.ACCEPTED, Step.PUBLISH): State.PUBLISHED,
    # A published quarter is corrected by going the whole way again; the release stays.
    (State.PUBLISHED, Step.REOPEN): State.RETURNED,
}

# In these the figures follow the answers and people may write.
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
# Still in the agency's house: OMB sees the version it was sent before, if any.
IN_THE_HOUSE = frozenset({State.DRAFT, State.CERTIFIED, State.RETURNED})


class NotNow(Conflict):
    """The package is in a state from which this step does not go."""

    def __init__(self, state: State, step: Step) -> None:
        super().__init__(
            f"This quarter is “{state.label}”. It cannot be {step.label} from there.",
            fix="Open the page again to see where it stands now.",
        )


def after(state: str, step: Step) -> State:
    """The state the step leads to; raises NotNow when it does not go from there."""
    now = State.of(state)
    found = MOVES.get((now, step))
    if found is None:
        raise NotNow(now, step)
    return found


def is_editable(state: str) -> bool:
    """Whether words, volumes and indicators may still change."""
    return State.of(state) in EDITABLE
