"""The mail that reminds somebody of what they owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.obligations.rules.vocabulary import State


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to be reminded of."""

    name: str
    period: str
    due: date
    act_by: date
    state: State
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text."""

    subject: str
    text: str


def letter(name: str, owed: Sequence[Owed], *, page: str, to_omb: bool = True) -> Letter:
    """What is missing first, then what comes due first.

    to_omb: whether it is handed in to OMB, or an agency’s own.
    """
    ordered = sorted(owed, key=lambda each: (each.state is not State.MISSING, each.due))
    at_omb = " at OMB" if to_omb else ""
    missing = sum(each.state is State.MISSING for each in ordered)
    first = ordered[0]
    back = next((each for each in ordered if each.state is State.RETURNED), None)
    if back is not None:
        subject = f"OMB returned: {back.name}"
    elif missing:
        subject = f"{missing} thing{'s are' if missing > 1 else ' is'} missing{at_omb}: {name}"
    elif len(ordered) == 1:
        subject = f"Due {first.when}: {first.name}"
    else:
        subject = f"{len(ordered)} things are due{at_omb}, the first {first.when}: {name}"
    lines = [f"{name} owes OMB:" if to_omb else f"{name} still has to do:", ""]
    for each in ordered:
        lines += [_said(each), f"  {each.address}", ""]
    lines += ["All that you owe this year, and when:", page, ""]
    return Letter(subject, "\n".join(lines))


def _said(owed: Owed) -> str:
    day = f"{owed.due:%A, %B} {owed.due.day}, {owed.due.year}"
    if owed.state is State.MISSING:
        return f"- {owed.name}, {owed.period}. Missing: it was due {day}, {owed.when}."
    if owed.state is State.RETURNED:
        return f"- {owed.name}, {owed.period}. Returned by OMB with reasons. It was due {day}."
    said = f"- {owed.name}, {owed.period}. {owed.state.label}. Due {day}, {owed.when}."
    if owed.act_by != owed.due:
        said += f" Send it by {owed.act_by:%A, %B} {owed.act_by.day}."
    return said
