"""When somebody is reminded of an obligation, and who: sooner to one, later to more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements

# Days before the day to act by. From the third on the official is told as well.
AHEAD = (60, 30, 14, 7, 2, 0)
ESCALATES = 7
# Days after the due date; then it is known, and the page says it.
AFTER = (1, 7, 14, 28)


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: days counted from the day to act by, or after the due date.

    escalated: whether the senior accountable official is told too.
    """

    name: str
    escalated: bool

    @classmethod
    def ahead(cls, days: int) -> Step:
        """The one `days` before the day to act by."""
        return cls(f"before-{days}", days <= ESCALATES)

    @classmethod
    def returned(cls, on: date) -> Step:
        """The one that tells of what OMB gave back on that day; the official is always told."""
        return cls(f"returned {on.isoformat()}", escalated=True)

    @classmethod
    def after(cls, days: int) -> Step:
        """The one `days` after the due date; the official is always told."""
        return cls(f"after-{days}", escalated=True)


@implements("280.16-a2", "280.14-c1")
def step_due(due: date, act_by: date, today: date, told: Collection[str]) -> Step | None:
    """The reminder to send today, or None.

    The latest that has come due counts; those passed over, as when the system stood still, are not
    sent after it. None is sent twice.
    """
    if today > due:
        late = [each for each in AFTER if (today - due).days >= each]
        found = Step.after(late[-1])
    else:
        near = [each for each in AHEAD if (act_by - today).days <= each]
        if not near:
            return None
        found = Step.ahead(near[-1])
    return None if found.name in told else found
