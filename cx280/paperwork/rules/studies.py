"""Qualitative research and usability tests: what they take, and what came of what they found."""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.kernel.words import Word


@implements("280.11-a4")
class StudyKind(Word):
    """What a study is; the values are those of a collection's kind. Both debit the same ledger."""

    CUSTOMER_RESEARCH = "customer_research", "Customer research"
    USABILITY_TEST = "usability_test", "Usability test"


class Outcome(Word):
    """What came of something a study found."""

    OPEN = "open", "Not decided yet"
    PLANNED = "planned", "Will be done"
    DONE = "done", "Done"
    NONE = "none", "No action, with a reason"


@implements("280.11-a5")
def outcome_of(*, action: str, is_done: bool, no_action_reason: str) -> Outcome:
    """Where a finding leads: an action, done or not, or a reason why there is none."""
    if action.strip():
        return Outcome.DONE if is_done else Outcome.PLANNED
    return Outcome.NONE if no_action_reason.strip() else Outcome.OPEN
