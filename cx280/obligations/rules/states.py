"""How an obligation stands on a day; lateness is measured on the date that wins (INC-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.obligations.rules.vocabulary import Code, State
from cx280.reporting.rules.lateness import Standing

# What a quarterly report's own standing excuses.
EXCUSED = {
    Standing.NOT_OWED: State.NOT_OWED,
    Standing.DEFERRED: State.DEFERRED,
    Standing.HANDED_OVER: State.HANDED_OVER,
}
# The senior accountable official signs these before they count (280.13-b2, 280.13-b3).
SIGNED = frozenset({Code.CAPACITY_ASSESSMENT.value, Code.ACTION_PLAN.value})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an obligation.

    met_on: the day it was handed in. started: whether anything was done for it. excuse: why nobody
    waits for it. returned_on: the day OMB gave it back, while the agency has it again.
    """

    met_on: date | None = None
    started: bool = False
    excuse: State | None = None
    returned_on: date | None = None


@implements("280.14-a1", "280.14-d1", "280.16-b1", "280.16-a1", "INC-01")
def state_of(due: date, evidence: Evidence, *, before_edition: bool, today: date) -> State:
    """The state on `today`.

    What was handed in is on time or late even where it was excused. What was due before the edition
    took effect is never missing (INC-02). What OMB returned is open until it is handed in
    again, and then counts from the day it was first handed in.
    """
    if evidence.returned_on is not None:
        return State.RETURNED
    if evidence.met_on is not None:
        return State.ON_TIME if evidence.met_on <= due else State.LATE
    if evidence.excuse is not None:
        return evidence.excuse
    if before_edition:
        return State.INFORMATIONAL
    if today > due:
        return State.MISSING
    return State.IN_PROGRESS if evidence.started else State.NOT_STARTED


@implements("280.13-b2", "280.13-b3")
def needs_signature(code: str) -> bool:
    """Whether it counts only once the senior accountable official has signed."""
    return code in SIGNED


def days_in_words(due: date, state: State, *, met_on: date | None, today: date) -> str:
    """`in 12 days`, `today`, `3 days ago`; for what was handed in late, by how much."""
    if state is State.LATE and met_on is not None:
        return f"{_days((met_on - due).days)} late"
    if not state.is_open:
        return ""
    left = (due - today).days
    if left == 0:
        return "today"
    if left == 1:
        return "tomorrow"
    return f"in {_days(left)}" if left > 0 else f"{_days(-left)} ago"


def _days(count: int) -> str:
    return f"{count:,} day{'s'[: count != 1]}"
