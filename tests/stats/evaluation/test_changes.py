"""What a change did is told with its interval; trend, week, memory and chance are not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.evaluation import covered
from cx280.kernel.problem import Unusable
from cx280.stats.evaluation import Kind, Outcome, evaluate_change, explain_evaluation

START = datetime(2024, 1, 1, tzinfo=UTC)
CHANGED = START + timedelta(days=90)


def days(many: int) -> list[datetime]:
    return [START + at * timedelta(days=1) for at in range(many)]


def drawn(effect: float, many: int = 130, level: float = 300, seed: int = 280) -> list[float]:
    """Counts that grow, with a week, and the effect from the ninetieth day on."""
    at = np.arange(many)
    week = np.where(at % 7 > 4, 0.5, 1.2)
    mean = level * week * 1.001**at * np.where(at >= 90, 1 + effect, 1)
    return [float(each) for each in np.random.default_rng(seed).poisson(mean)]


@pytest.mark.proves("280.7-j3")
def test_a_rise_is_better_with_an_interval_that_holds_it() -> None:
    found = evaluate_change(days(130), drawn(0.2), CHANGED, kind="counts")

    assert found.outcome is Outcome.BETTER
    assert 0 < found.low < 0.2 < found.high < 0.4
    assert found.seen / found.without == pytest.approx(1 + found.effect, rel=0.02)
    assert (found.before, found.after) == (90, 40)


@pytest.mark.proves("280.7-j3")
def test_growth_alone_is_inconclusive_and_says_what_would_have_been_found() -> None:
    found = evaluate_change(days(130), drawn(0.0), CHANGED, kind="counts")

    told = explain_evaluation(found, CHANGED.date(), "submissions a day")

    assert found.outcome is Outcome.INCONCLUSIVE
    assert told.startswith("Nothing can be said yet after March 31, 2024: submissions a day ")
    assert "It rests on 90 days before and 40 after." in told
    assert "would be found in four of five such comparisons." in told
    assert "Whatever else happened at the same time is part of this effect." in told


@pytest.mark.parametrize(("better", "outcome"), [(None, Outcome.BETTER), ("higher", Outcome.WORSE)])
def test_shorter_durations_are_better_unless_it_is_said_otherwise(
    better: str | None, outcome: Outcome
) -> None:
    noise = np.random.default_rng(1).standard_normal(130)
    values = np.exp(5 + 0.05 * noise) * np.where(np.arange(130) >= 90, 0.7, 1.0)

    found = evaluate_change(
        days(130),
        values.tolist(),
        CHANGED,
        kind="durations",
        better=better,  # type: ignore[arg-type]
    )

    assert found.outcome is outcome
    assert found.effect == pytest.approx(-0.3, abs=0.06)


def test_a_rate_is_told_in_points_and_rows_of_many_count_more() -> None:
    draw = np.random.default_rng(2)
    n = draw.poisson(400, 130)
    good = draw.binomial(n, np.where(np.arange(130) >= 90, 0.78, 0.70))

    found = evaluate_change(days(130), (good / n).tolist(), CHANGED, kind="rates", n=n.tolist())

    assert found.outcome is Outcome.BETTER
    assert found.low < 0.08 < found.high
    assert "points" in explain_evaluation(found, date(2024, 3, 31), "the rate")


def test_hours_are_added_up_to_days_and_the_hours_of_the_change_day_are_left_out() -> None:
    hours = [START + at * timedelta(hours=1) for at in range(24 * 130)]
    mean = np.where(np.arange(len(hours)) >= 24 * 90, 15.0, 10.0)
    counts = np.random.default_rng(3).poisson(mean).tolist()

    at_midnight = evaluate_change(hours, counts, CHANGED, kind="counts")
    at_noon = evaluate_change(hours, counts, CHANGED + timedelta(hours=12), kind="counts")

    assert at_midnight.low < 0.5 < at_midnight.high
    assert (at_midnight.after, at_noon.after) == (40, 39)
    assert at_noon.before == 90


@pytest.mark.proves("280.7-j3")
@pytest.mark.parametrize("kind", ["counts", "rates", "scores", "durations"])
def test_intervals_hold_as_often_as_they_say_where_noise_remembers(kind: Kind) -> None:
    assert covered(kind, before=84, after=28, memory=0.6, runs=80, seed=4).share >= 0.90


def test_an_outage_beforehand_does_not_make_a_change() -> None:
    counts = drawn(0.0)
    counts[40] = 0.0
    usual = evaluate_change(days(130), drawn(0.0), CHANGED, kind="counts")

    found = evaluate_change(days(130), counts, CHANGED, kind="counts")

    assert found.odd >= 1
    assert found.effect == pytest.approx(usual.effect, abs=0.03)


def test_too_few_days_are_refused_with_the_number_that_is_needed() -> None:
    with pytest.raises(Unusable, match=r"28 days before .* and 14 from then on") as refused:
        evaluate_change(days(95), drawn(0.2, 95), CHANGED, kind="counts")

    assert "5 are known" in str(refused.value)
    assert refused.value.fix == "Evaluate again from 2024-04-13 on."


def test_values_that_cannot_be_are_refused() -> None:
    for kind, values, said in (
        ("counts", [-1.0, 1.0], "0 or more"),
        ("rates", [0.5, 50.0], "between 0 and 1"),
        ("durations", [0.0, 1.0], "more than 0"),
    ):
        with pytest.raises(Unusable, match=said):
            evaluate_change(days(2), values, CHANGED, kind=kind)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(0, 10**6), min_size=60, max_size=90),
    st.integers(30, 44),
    st.floats(0.1, 10.0),
)
def test_the_unit_of_durations_changes_nothing_and_any_values_have_an_interval(
    values: list[int], at: int, unit: float
) -> None:
    given_values = [each + 1.0 for each in values]

    found = evaluate_change(days(len(values)), given_values, days(99)[at], kind="durations")
    other = evaluate_change(
        days(len(values)), [each * unit for each in given_values], days(99)[at], kind="durations"
    )

    assert found.low <= found.effect <= found.high
    assert other.effect == pytest.approx(found.effect, rel=1e-4, abs=1e-6)


def test_rows_that_are_all_alike_are_no_change() -> None:
    found = evaluate_change(days(90), [1.0] * 90, days(90)[40], kind="rates", n=[50.0] * 90)

    assert found.outcome is Outcome.INCONCLUSIVE
