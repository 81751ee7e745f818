"""The way of a request: drafted, signed in the agency, with OMB, decided."""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict
from cx280.kernel.words import Word


class State(Word):
    """Where a request stands."""

    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed in the agency"
    WITH_OMB = "with_omb", "With OMB’s CX and PRA desk officer"
    WITH_OIRA = "with_oira", "With OIRA"
    QUESTIONS = "questions", "OMB has questions"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Step(Word):
    """What somebody does to move a request; the label completes “It cannot be …”."""

    SIGN = "sign", "signed"
    REOPEN = "reopen", "opened again"
    SEND = "send", "sent to OMB"
    PASS_ON = "pass_on", "passed on to OIRA"
    ASK = "ask", "put in question"
    ANSWER = "answer", "answered as it stands"
    APPROVE = "approve", "approved"
    REFUSE = "refuse", "refused"
    WITHDRAW = "withdraw", "withdrawn"


S = State
_WITH_THEM = (S.WITH_OMB, S.WITH_OIRA)
MOVES: dict[tuple[State, Step], State] = {
    (S.DRAFT, Step.SIGN): S.SIGNED,
    # A signature that has not left the agency may be taken back; so may one OMB has questions to.
    (S.SIGNED, Step.REOPEN): S.DRAFT,
    (S.QUESTIONS, Step.REOPEN): S.DRAFT,
    (S.SIGNED, Step.SEND): S.WITH_OMB,
    (S.WITH_OMB, Step.PASS_ON): S.WITH_OIRA,
    **{(each, Step.ASK): S.QUESTIONS for each in _WITH_THEM},
    # Questions that change nothing in the request: it goes back to the desk as it stands.
    (S.QUESTIONS, Step.ANSWER): S.WITH_OMB,
    **{(each, Step.APPROVE): S.APPROVED for each in _WITH_THEM},
    **{(each, Step.REFUSE): S.REFUSED for each in _WITH_THEM},
    **{(each, Step.WITHDRAW): S.WITHDRAWN for each in (S.SIGNED, S.QUESTIONS, *_WITH_THEM)},
}

EDITABLE = frozenset({S.DRAFT})
# OMB counts on what these ask for: another request may not ask for the same hours.
WITH_OMB = frozenset({S.WITH_OMB, S.WITH_OIRA, S.QUESTIONS})
ENDED = frozenset({S.APPROVED, S.REFUSED, S.WITHDRAWN})


class NotNow(Conflict):
    """The request is in a state from which this step does not go."""

    def __init__(self, state: State, step: Step) -> None:
        super().__init__(
            f"This request is “{state.label}”. It cannot be {step.label} from there.",
            rule="280.11-a3",
            fix="Open the page again to see where it stands now.",
        )


@implements("280.11-a3")
def after(state: str, step: Step) -> State:
    """The state the step leads to; raises NotNow when it does not go from there."""
    now = State.of(state)
    found = MOVES.get((now, step))
    if found is None:
        raise NotNow(now, step)
    return found


def steps_from(state: str) -> list[Step]:
    """What may be done with a request that stands there, in the order of the work."""
    now = State.of(state)
    return [step for step in Step if (now, step) in MOVES]


def is_editable(state: str) -> bool:
    """Whether the answers may still change."""
    return State.of(state) in EDITABLE
