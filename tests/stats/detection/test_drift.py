"""What moves a little every day is told; what stays is told about as seldom as was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cx280.kernel.problem import Unusable
from cx280.stats.detection import explain_drift, watch_drift

START = datetime(2024, 1, 1, tzinfo=UTC)


def days(many: int) -> list[datetime]:
    return [START + at * timedelta(days=1) for at in range(many)]


def counts(means: list[float], seed: int) -> list[float]:
    week = [0.5 if at % 7 > 4 else 1.2 for at in range(len(means))]
    drawn = np.random.default_rng(seed).poisson(np.array(means) * week)
    return [float(each) for each in drawn]


def test_a_slow_fall_is_told_within_ten_weeks() -> None:
    falling = [400.0] * 210 + [400.0 * 0.997**at for at in range(70)]

    found = watch_drift(days(280), counts(falling, 280))

    told = np.flatnonzero(found.told)
    assert (told >= 210).any()
    assert found.seen[told[-1]] < found.low[told[-1]]
    assert " on average over the " in explain_drift(found, int(told[-1]), days(280)[told[-1]])


def test_steady_counts_drift_about_as_seldom_as_was_asked_for() -> None:
    told = [
        int(watch_drift(days(456), counts([400.0] * 456, seed)).told.sum()) for seed in range(12)
    ]

    assert 0.5 <= sum(told) / (12 * (456 - 84) / 30) <= 1.5


def test_later_rows_change_nothing_of_what_was_said() -> None:
    numbers = counts([50.0] * 200, 3)

    whole, part = watch_drift(days(200), numbers), watch_drift(days(150), numbers[:150])

    np.testing.assert_allclose(whole.once_in[:150], part.once_in)


def test_hours_are_refused() -> None:
    with pytest.raises(Unusable, match="add the rows up"):
        watch_drift([START + at * timedelta(hours=1) for at in range(9)], [1.0] * 9)
