"""How a talk and a follow-up stand, by the days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.deep_dive.rules.standing import is_overdue, standing_of
from cx280.deep_dive.rules.vocabulary import Standing

TODAY = date(2023, 3, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("planned", "held", "cancelled", "expected"),
    [
        (TODAY, None, False, Standing.PLANNED),
        (TODAY - DAY, None, False, Standing.UNRECORDED),
        (TODAY - DAY, None, True, Standing.CANCELLED),
        (TODAY - DAY, TODAY, False, Standing.HELD),
        (None, TODAY, False, Standing.HELD),
    ],
)
def test_a_talk_stands_as_its_days_say(
    planned: date | None, held: date | None, cancelled: bool, expected: Standing
) -> None:
    assert standing_of(planned, held, cancelled=cancelled, today=TODAY) is expected


@given(due=st.dates(), today=st.dates())
def test_what_is_left_is_overdue_from_the_day_after_and_never_once_done(
    due: date, today: date
) -> None:
    assert is_overdue(due, None, today) is (today > due)
    assert is_overdue(due, due, today) is False
