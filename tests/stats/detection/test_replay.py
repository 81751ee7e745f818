"""A replay tells of each row what would have been told on the day, for each choice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cx280.kernel.problem import Unusable
from cx280.stats.detection import CHOICES, replay, strictest, watch_counts

TIMES = [datetime(2024, 1, 8, tzinfo=UTC) + at * timedelta(days=1) for at in range(360)]
COUNTS = np.random.default_rng(280).poisson(200, 360).astype(float)
COUNTS[200] = 20


def told(a_month: float, rows: int = 360) -> np.ndarray:
    return watch_counts(TIMES[:rows], COUNTS[:rows].tolist(), a_month=a_month).alarms()


@pytest.mark.proves("280.7-h1")
def test_the_stricter_the_choice_the_less_is_told_and_a_real_fall_by_all() -> None:
    choices = replay(TIMES, told)

    assert [each.name for each in choices] == list(CHOICES)
    counted = [each.told_a_month for each in choices]
    assert counted == sorted(counted, reverse=True)
    assert counted[1] <= 1.5
    assert strictest(choices)[200] == "a quarter"


def test_what_is_replayed_is_what_would_have_been_told_on_the_day() -> None:
    whole = replay(TIMES, told)
    then = replay(TIMES[:150], lambda a_month: told(a_month, 150))

    for now, before in zip(whole, then, strict=True):
        assert [at for at in now.rows if at < 150] == list(before.rows)


def test_months_are_counted_from_the_times() -> None:
    assert replay(TIMES, told)[0].months == pytest.approx(12)


def test_a_lone_row_is_no_history() -> None:
    with pytest.raises(Unusable, match="two rows"):
        replay(TIMES[:1], told)
