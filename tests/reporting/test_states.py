"""A package moves only along its way, and a report is late only by the day that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.deadlines import quarter_due
from cx280.circular.edition import edition
from cx280.kernel.quarter import Quarter
from cx280.reporting.rules.lateness import Duty, Standing, days_to_submit, standing, target_dates
from cx280.reporting.rules.states import (
    EDITABLE,
    IN_THE_HOUSE,
    MOVES,
    NotNow,
    State,
    Step,
    after,
    is_editable,
)

FY2022 = edition("FY2022")
LONG_AGO = date(2018, 10, 1)


def a_duty(quarter: str = "FY2022 Q2", **fields: object) -> Duty:
    """What a service designated long ago owes for a quarter."""
    period = Quarter.parse(quarter)
    values: dict[str, object] = {"designated_on": LONG_AGO, **fields}
    return Duty(quarter=period, due=quarter_due(FY2022, period), **values)  # type: ignore[arg-type]


def test_the_straight_way_leads_from_draft_to_published() -> None:
    state = State.DRAFT

    for step in (Step.CERTIFY, Step.SUBMIT, Step.ACCEPT, Step.PUBLISH):
        state = after(state, step)

    assert state is State.PUBLISHED


@given(st.sampled_from(list(State)), st.sampled_from(list(Step)))
def test_every_other_step_is_refused_in_words(state: State, step: Step) -> None:
    if (state, step) in MOVES:
        assert after(state, step) in State
        return

    with pytest.raises(NotNow, match=f"“{state.label}”. It cannot be {step.label}"):
        after(state, step)


@given(st.lists(st.sampled_from(list(Step)), max_size=12))
def test_nothing_is_published_that_was_not_signed_sent_and_accepted_in_this_order(
    steps: list[Step],
) -> None:
    state, done = State.DRAFT, list[Step]()
    for step in steps:
        if (state, step) in MOVES:
            state = after(state, step)
            done.append(step)

    if state is State.PUBLISHED:
        assert done[-4:] == [Step.CERTIFY, Step.SUBMIT, Step.ACCEPT, Step.PUBLISH]


def test_what_omb_holds_cannot_be_edited() -> None:
    assert {state for state in State if is_editable(state)} == EDITABLE
    assert EDITABLE < IN_THE_HOUSE
    assert State.SUBMITTED not in IN_THE_HOUSE


@pytest.mark.proves("280.16-a1")
def test_each_of_the_four_quarters_is_owed_until_the_api_takes_over() -> None:
    year = ["FY2023 Q1", "FY2023 Q2", "FY2023 Q3", "FY2023 Q4"]
    today = date(2024, 1, 1)

    by_file = [standing(a_duty(each), submitted_on=None, today=today) for each in year]
    by_api = [
        standing(a_duty(each, api_from=date(2023, 4, 1)), submitted_on=None, today=today)
        for each in year
    ]

    assert by_file == [Standing.MISSING] * 4
    assert by_api == [Standing.MISSING] * 2 + [Standing.HANDED_OVER] * 2


@pytest.mark.proves("280.16-b1")
def test_before_its_target_quarter_a_new_provider_defers_and_misses_nothing() -> None:
    target = Quarter.parse("FY2023 Q1")
    today = date(2023, 6, 1)

    before = standing(a_duty("FY2022 Q4", target=target), submitted_on=None, today=today)
    at = standing(a_duty("FY2023 Q1", target=target), submitted_on=None, today=today)

    assert (before, at) == (Standing.DEFERRED, Standing.MISSING)


def test_what_was_due_before_the_edition_is_for_information() -> None:
    found = standing(a_duty("FY2022 Q1"), submitted_on=None, today=date(2022, 9, 1))

    assert found is Standing.INFORMATIONAL


@given(st.integers(-60, 60))
def test_the_due_day_is_on_time_and_the_next_is_late(days: int) -> None:
    duty = a_duty("FY2022 Q4")
    day = duty.due.due + timedelta(days=days)

    sent = standing(duty, submitted_on=day, today=day)
    not_sent = standing(duty, submitted_on=None, today=day)

    assert duty.due.due == date(2022, 10, 28)
    assert sent is (Standing.LATE if days > 0 else Standing.ON_TIME)
    assert not_sent is (Standing.MISSING if days > 0 else Standing.NOT_YET_DUE)


@given(st.dates(date(2019, 1, 1), date(2026, 1, 1)))
def test_a_quarter_due_before_the_designation_is_not_owed(designated_on: date) -> None:
    duty = a_duty("FY2022 Q3", designated_on=designated_on)

    found = standing(duty, submitted_on=None, today=date(2026, 1, 1))

    assert (found is Standing.NOT_OWED) == (designated_on > date(2022, 7, 29))


@pytest.mark.proves("280.16-a2")
def test_days_to_submit_count_from_the_first_day_after_the_quarter() -> None:
    assert days_to_submit(Quarter.parse("FY2022 Q1"), date(2022, 1, 1)) == 1
    assert days_to_submit(Quarter.parse("FY2022 Q1"), date(2022, 1, 28)) == 28


@pytest.mark.proves("INC-39")
def test_a_target_quarter_is_the_quarter_of_the_data_and_both_readings_are_known() -> None:
    target = Quarter.parse("FY2023 Q1")

    dates = target_dates(target, quarter_due(FY2022, target))

    assert dates.due == date(2023, 1, 31)
    assert dates.begins_by == date(2022, 12, 31)
