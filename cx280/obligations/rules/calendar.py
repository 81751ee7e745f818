"""What stands in somebody's calendar about an obligation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.obligations.rules.vocabulary import State

_DONE = frozenset({State.ON_TIME, State.LATE, State.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day in a calendar.

    key: the same for ever, so that a changed day moves the entry and adds none. alarm_days: how
    many days ahead the calendar itself reminds; None for what is done.
    """

    key: str
    day: date
    title: str
    text: str
    address: str
    alarm_days: int | None


def entry_of(
    key: str,
    *,
    name: str,
    whose: str,
    period: str,
    due: date,
    act_by: date,
    why: str,
    state: State,
    address: str,
) -> Entry:
    """The entry stands on the day to act by, and says the due day where the two differ."""
    done = state in _DONE
    title = f"{name}: {whose}, {period}"
    lines = [f"{state.label}."]
    if act_by != due:
        lines.append(f"Due {due:%A, %B} {due.day}, {due.year}, which is no business day.")
    return Entry(
        key=key,
        day=act_by,
        title=f"Done: {title}" if done else title,
        text=" ".join([*lines, why]),
        address=address,
        alarm_days=None if done else 7,
    )
