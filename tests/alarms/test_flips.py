"""No sequence of turns loses history, and each leads to the state that the history says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.flips import Turned, is_told, may_turn, state_after, times_of, turned
from cx280.alarms.rules.vocabulary import Cause, State
from cx280.kernel.problem import Conflict
from tests.alarms.builders import NOON

TRIES = st.lists(st.tuples(st.sampled_from(State), st.sampled_from(Cause)), max_size=30)


def played(tries: list[tuple[State, Cause]]) -> list[Turned]:
    """The flips of an incident on which everything is tried, an hour apart; what may not be is
    refused and leaves no trace."""
    flips = [turned(None, State.OPEN, Cause.FOUND, NOON)]
    for after, cause in tries:
        try:
            flips.append(turned(flips[-1].after, after, cause,
                                flips[-1].at + timedelta(hours=1)))  # fmt: skip
        except Conflict:
            continue
    return flips


@given(tries=TRIES)
def test_the_history_always_leads_to_the_state(tries: list[tuple[State, Cause]]) -> None:
    flips = played(tries)

    assert state_after(flips) is flips[-1].after


@given(tries=TRIES)
def test_an_incident_is_found_once_whatever_is_tried(tries: list[tuple[State, Cause]]) -> None:
    assert [each.cause for each in played(tries)].count(Cause.FOUND) == 1


@given(tries=TRIES, gap=st.integers(min_value=0))
def test_a_history_with_a_flip_missing_is_broken(
    tries: list[tuple[State, Cause]], gap: int
) -> None:
    flips = played(tries)
    left = gap % len(flips)
    without = flips[:left] + flips[left + 1 :]

    was_change = flips[left].before is not flips[left].after
    if was_change and without[left:]:
        with pytest.raises(Conflict, match="broken"):
            state_after(without)


def test_a_history_does_not_go_back_in_time() -> None:
    found = turned(None, State.OPEN, Cause.FOUND, NOON)
    earlier = turned(State.OPEN, State.RESOLVED, Cause.PERSON, NOON - timedelta(seconds=1))

    with pytest.raises(Conflict, match="back in time"):
        state_after([found, earlier])


@given(after=st.sampled_from(State), cause=st.sampled_from(Cause))
def test_what_is_over_is_opened_again_by_people_only(after: State, cause: Cause) -> None:
    allowed = after is State.OPEN and cause is Cause.PERSON

    assert may_turn(State.RESOLVED, after, cause) == allowed


def test_a_refused_turn_says_in_which_state_it_is() -> None:
    with pytest.raises(Conflict, match="cannot be taken: it is in the state “over”"):
        turned(State.RESOLVED, State.ACKNOWLEDGED, Cause.PERSON, NOON)


@pytest.mark.proves("280.7-h3")
def test_people_get_a_message_when_it_is_found_or_worse_and_when_nobody_took_it_or_it_is_over() -> (
    None
):
    told = {each for each in Cause if is_told(State.OPEN, each)}

    assert told == {Cause.FOUND, Cause.ESCALATED, Cause.WOKE, Cause.WORSENED}
    assert all(is_told(State.RESOLVED, each) for each in Cause)


@pytest.mark.proves("280.7-h3")
def test_the_time_to_acknowledge_and_to_resolve_is_told() -> None:
    flips = [
        Turned(None, State.OPEN, Cause.FOUND, NOON),
        Turned(State.OPEN, State.OPEN, Cause.ESCALATED, NOON + timedelta(hours=4)),
        Turned(State.OPEN, State.ACKNOWLEDGED, Cause.PERSON, NOON + timedelta(hours=5)),
        Turned(State.ACKNOWLEDGED, State.RESOLVED, Cause.RECOVERED, NOON + timedelta(hours=9)),
    ]

    found = times_of(flips)

    assert found.to_acknowledge == timedelta(hours=5)
    assert found.to_resolve == timedelta(hours=9)


def test_what_recovered_by_itself_was_acknowledged_by_nobody() -> None:
    flips = [
        Turned(None, State.OPEN, Cause.FOUND, NOON),
        Turned(State.OPEN, State.RESOLVED, Cause.RECOVERED, NOON + timedelta(hours=2)),
    ]

    assert times_of(flips).to_acknowledge is None


def test_what_was_opened_again_is_not_resolved() -> None:
    flips = [
        Turned(None, State.OPEN, Cause.FOUND, NOON),
        Turned(State.OPEN, State.RESOLVED, Cause.PERSON, NOON + timedelta(hours=2)),
        Turned(State.RESOLVED, State.OPEN, Cause.PERSON, NOON + timedelta(hours=3)),
    ]

    assert times_of(flips).to_resolve is None
