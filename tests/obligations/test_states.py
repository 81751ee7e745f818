"""How an obligation stands, and when somebody is reminded of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cx280.obligations.rules.reminders import AFTER, AHEAD, step_due
from cx280.obligations.rules.states import Evidence, days_in_words, state_of
from cx280.obligations.rules.vocabulary import State

DUE = date(2023, 2, 24)
DAYS = some.integers(-400, 400).map(lambda each: DUE + timedelta(days=each))


def state(today: date, **evidence: object) -> State:
    known = Evidence(**evidence)  # type: ignore[arg-type]
    return state_of(DUE, known, before_edition=False, today=today)


@pytest.mark.proves("280.14-d1", "280.14-a1")
@pytest.mark.parametrize(
    ("today", "evidence", "stands"),
    [
        (date(2023, 2, 24), {}, State.NOT_STARTED),
        (date(2023, 2, 24), {"started": True}, State.IN_PROGRESS),
        (date(2023, 2, 25), {"started": True}, State.MISSING),
        (date(2023, 3, 1), {"met_on": date(2023, 2, 24)}, State.ON_TIME),
        (date(2023, 3, 1), {"met_on": date(2023, 2, 25)}, State.LATE),
        (date(2023, 3, 1), {"excuse": State.DEFERRED}, State.DEFERRED),
        (date(2023, 3, 1), {"excuse": State.DEFERRED, "met_on": DUE}, State.ON_TIME),
    ],
)
def test_how_it_stands(today: date, evidence: dict[str, object], stands: State) -> None:
    assert state(today, **evidence) is stands


@pytest.mark.proves("INC-02")
@given(DAYS)
def test_what_was_due_before_the_edition_is_never_missing(today: date) -> None:
    assert state_of(DUE, Evidence(), before_edition=True, today=today) is State.INFORMATIONAL


@given(DAYS, some.booleans(), some.none() | DAYS)
def test_it_is_late_exactly_when_it_was_handed_in_after_the_day_that_counts(
    today: date, started: bool, met_on: date | None
) -> None:
    found = state(today, started=started, met_on=met_on)

    assert (found is State.LATE) == (met_on is not None and met_on > DUE)
    assert (found is State.MISSING) == (met_on is None and today > DUE)


def test_days_are_said_in_words() -> None:
    def said(today: date) -> str:
        return days_in_words(DUE, state(today), met_on=None, today=today)

    assert said(date(2023, 2, 12)) == "in 12 days"
    assert said(date(2023, 2, 23)) == "tomorrow"
    assert said(DUE) == "today"
    assert said(date(2023, 2, 25)) == "1 day ago"
    assert days_in_words(DUE, State.LATE, met_on=date(2023, 2, 27), today=DUE) == "3 days late"


def reminded(first: date, last: date, act_by: date) -> list[tuple[str, bool]]:
    """The reminders of somebody who never hands in, with the worker running every day."""
    told: list[tuple[str, bool]] = []
    day = first
    while day <= last:
        step = step_due(DUE, act_by, day, {name for name, _ in told})
        if step is not None:
            told.append((step.name, step.escalated))
        day += timedelta(days=1)
    return told


@pytest.mark.proves("280.14-c1")
def test_reminders_come_closer_together_and_reach_the_official_at_last() -> None:
    told = reminded(date(2022, 10, 1), date(2023, 9, 30), DUE)

    assert [name for name, _ in told] == [
        *(f"before-{each}" for each in AHEAD),
        *(f"after-{each}" for each in AFTER),
    ]
    assert [escalated for _, escalated in told] == [False] * 3 + [True] * 7


def test_after_a_standstill_only_the_latest_reminder_is_sent() -> None:
    assert reminded(date(2023, 2, 18), date(2023, 2, 18), DUE) == [("before-7", True)]


@given(DAYS, some.integers(0, 4))
def test_a_reminder_is_never_sent_twice_nor_long_before(start: date, earlier: int) -> None:
    act_by = DUE - timedelta(days=earlier)

    told = [name for name, _ in reminded(start, start + timedelta(days=60), act_by)]

    assert len(told) == len(set(told))
    assert step_due(DUE, act_by, act_by - timedelta(days=AHEAD[0] + 1), ()) is None
