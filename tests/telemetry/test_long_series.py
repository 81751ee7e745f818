"""Days put together to weeks, months and quarters, and the weeks in which the level changed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.rules.long_series import (
    Grain,
    changes,
    counted,
    headline,
    sentence,
    spans,
    when,
)

FIRST = date(2024, 1, 15)


def days(n: int, *, fall_at: int | None = None, seed: int = 1) -> dict[date, float]:
    """Visits of n days, few at weekends, from January 15, 2024; 40 % fewer from a day on."""
    rng = np.random.default_rng(seed)
    level = [100 * (0.4 if (FIRST + timedelta(days=at)).weekday() > 4 else 1) for at in range(n)]
    return {
        FIRST + timedelta(days=at): float(
            rng.poisson(level[at] * (0.6 if fall_at is not None and at >= fall_at else 1.0))
        )
        for at in range(n)
    }


@pytest.mark.parametrize("grain", list(Grain))
@given(first=st.dates(date(2019, 1, 1), date(2026, 1, 1)), length=st.integers(0, 800))
def test_every_day_is_in_one_period(grain: Grain, first: date, length: int) -> None:
    """Leap days, years and fiscal quarters included."""
    last = first + timedelta(days=length)

    found = spans({first + timedelta(days=at): 1.0 for at in range(length + 1)}, first, last, grain)

    assert sum(each.total or 0 for each in found) == length + 1
    assert all(a.start < b.start for a, b in pairwise(found))
    assert len({each.label for each in found}) == len(found)
    assert all(each.is_whole for each in found[1:-1])


def test_quarters_are_those_of_the_fiscal_year() -> None:
    found = spans({}, date(2023, 10, 1), date(2025, 9, 30), Grain.QUARTER)

    assert [each.label for each in found] == [
        "FY2024 Q1", "FY2024 Q2", "FY2024 Q3", "FY2024 Q4",
        "FY2025 Q1", "FY2025 Q2", "FY2025 Q3", "FY2025 Q4",
    ]  # fmt: skip
    assert all(each.is_whole for each in found)


def test_a_day_that_is_missing_is_no_zero() -> None:
    day = date(2024, 5, 7)

    (known,) = spans({}, day, day, Grain.DAY)
    (lost,) = spans({}, day, day, Grain.DAY, {day})

    assert (known.total, lost.total, lost.missing) == (0.0, None, 1)


@pytest.mark.proves("280.7-e3")
def test_a_planted_shift_is_found_in_eight_quarters_with_its_size() -> None:
    found = changes(days(731, fall_at=420), FIRST, FIRST + timedelta(days=730))

    (change,) = found.found
    planted = FIRST + timedelta(days=420)
    assert change.earliest <= planted <= change.latest
    assert change.low < -0.4 < change.high
    assert (change.weeks_before, change.weeks_after) == (60, 44)
    assert (
        headline(found, "visits")
        == "Visits fell by 40\N{NO-BREAK SPACE}% in the week of Mar 10, 2025"
    )
    assert sentence(change, "visits").startswith("From the week of Mar 10, 2025 on, there are 40")
    assert counted(change, 10).startswith("About 5")
    assert when(change).startswith("It ")


def test_steady_use_shows_no_change() -> None:
    shown = sum(
        bool(changes(days(400, seed=seed), FIRST, FIRST + timedelta(days=399)).found)
        for seed in range(20)
    )

    assert shown <= 1


def test_days_in_which_nothing_came_in_are_no_fall() -> None:
    told = days(300)
    silent = [FIRST + timedelta(days=at) for at in range(200, 262)]
    for each in silent:
        told[each] = 0.0

    assert changes(told, FIRST, FIRST + timedelta(days=299), set(silent)).found == []


def test_with_few_weeks_nothing_is_looked_for() -> None:
    found = changes(days(60), FIRST, FIRST + timedelta(days=59))

    assert (found.is_known, found.found) == (False, [])
    assert headline(found, "visits") == "Too early to say: 8 of 16 weeks of visits"


def test_a_change_of_very_few_names_no_counts() -> None:
    told = {FIRST + timedelta(days=7 * at): 50.0 if at < 20 else 0.0 for at in range(40)}
    told[FIRST + timedelta(days=7 * 35)] = 3.0

    found = changes(told, FIRST, FIRST + timedelta(days=7 * 40)).found

    assert "too few to show" in counted(found[0], 10)
