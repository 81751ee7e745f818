"""The life of an incident as the list of its flips: which may follow which, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.alarms.rules.vocabulary import Cause, State
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict

C, S = Cause, State
# A resolved incident is opened again only by a person: what falls again is a new incident.
_MAY: dict[tuple[State | None, State], frozenset[Cause]] = {
    (None, S.OPEN): frozenset({C.FOUND}),
    (S.OPEN, S.OPEN): frozenset({C.ESCALATED, C.WORSENED}),
    (S.OPEN, S.ACKNOWLEDGED): frozenset({C.PERSON}),
    (S.OPEN, S.SNOOZED): frozenset({C.PERSON}),
    (S.OPEN, S.RESOLVED): frozenset({C.PERSON, C.RECOVERED, C.MUTED}),
    (S.ACKNOWLEDGED, S.ACKNOWLEDGED): frozenset({C.WORSENED}),
    (S.ACKNOWLEDGED, S.OPEN): frozenset({C.PERSON}),
    (S.ACKNOWLEDGED, S.SNOOZED): frozenset({C.PERSON}),
    (S.ACKNOWLEDGED, S.RESOLVED): frozenset({C.PERSON, C.RECOVERED, C.MUTED}),
    (S.SNOOZED, S.OPEN): frozenset({C.PERSON, C.WOKE}),
    (S.SNOOZED, S.ACKNOWLEDGED): frozenset({C.PERSON}),
    (S.SNOOZED, S.SNOOZED): frozenset({C.PERSON, C.WORSENED}),
    (S.SNOOZED, S.RESOLVED): frozenset({C.PERSON, C.RECOVERED, C.MUTED}),
    (S.RESOLVED, S.OPEN): frozenset({C.PERSON}),
}
_TO = {S.OPEN: "opened again", S.ACKNOWLEDGED: "taken", S.SNOOZED: "put off", S.RESOLVED: "closed"}


@dataclass(frozen=True, slots=True)
class Turned:
    """That an incident went from one state to another; `before` is None for its first flip."""

    before: State | None
    after: State
    cause: Cause
    at: datetime


def may_turn(before: State | None, after: State, cause: Cause) -> bool:
    """Whether the cause may bring an incident from one state to the other."""
    return cause in _MAY.get((before, after), frozenset())


def turned(before: State | None, after: State, cause: Cause, at: datetime) -> Turned:
    """The flip; raises Conflict, with the state it is in, when the turn may not be made."""
    if not may_turn(before, after, cause):
        is_in = f"{before.label[0].lower()}{before.label[1:]}" if before else "not there yet"
        raise Conflict(
            f"This cannot be {_TO[after]}: it is in the state “{is_in}”.",
            fix="Load the page again: somebody may have been quicker.",
        )
    return Turned(before, after, cause, at)


def state_after(flips: Iterable[Turned]) -> State | None:
    """The state that a whole history leads to; None for an empty one.

    Raises Conflict for a history that is broken: a flip that does not begin where the one before
    ended, that may not be made, or that goes back in time.
    """
    state: State | None = None
    last: datetime | None = None
    for each in flips:
        if each.before is not state or not may_turn(each.before, each.after, each.cause):
            raise Conflict("The history of this incident is broken.")
        if last is not None and each.at < last:
            raise Conflict("The history of this incident goes back in time.")
        state, last = each.after, each.at
    return state


@implements("280.7-h3")
def is_told(after: State, cause: Cause) -> bool:
    """Whether people get a message of the flip: when it is found, and when nobody took it.

    One more comes to whoever put it off, when that time is over: they asked for it. Those who were
    told are told once that it became clearly worse and once that it is over, if they want that.
    """
    told = {Cause.FOUND, Cause.ESCALATED, Cause.WOKE, Cause.WORSENED}
    return after is State.RESOLVED or cause in told


def escalates_at(opened_at: datetime, waits: timedelta) -> datetime:
    """When somebody who waits so long is told, unless it was taken before."""
    return opened_at + waits


@dataclass(frozen=True, slots=True)
class Times:
    """How long an incident took; None for what has not happened."""

    to_acknowledge: timedelta | None
    to_resolve: timedelta | None


@implements("280.7-h3")
def times_of(flips: Iterable[Turned]) -> Times:
    """From its opening to the first time a person dealt with it, and to its last end.

    Whoever puts it off or closes it has dealt with it as well.
    """
    opened: datetime | None = None
    dealt: datetime | None = None
    resolved: datetime | None = None
    for each in flips:
        opened = opened or each.at
        if each.cause is Cause.PERSON:
            dealt = dealt or each.at
        resolved = each.at if each.after is State.RESOLVED else None
    if opened is None:
        return Times(None, None)
    return Times(dealt - opened if dealt else None, resolved - opened if resolved else None)
