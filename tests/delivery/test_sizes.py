"""The calculator: from how sure somebody wants to be to how many to invite."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cx280.delivery.rules.sizes import Sureness, answers_for, points_from, size_for
from cx280.kernel.problem import Unusable

pytestmark = pytest.mark.proves("280.10-m2")


@pytest.mark.parametrize(
    ("points", "sureness", "population", "answers"),
    [
        # Cochran 1977, 4.3: z = 2 rounds to 400; with 1.96 it is 385 for ±5 points.
        (5, Sureness.VERY, None, 385),
        (3, Sureness.VERY, None, 1068),
        (5, Sureness.ALMOST, None, 664),
        (5, Sureness.FAIRLY, None, 271),
        (5, Sureness.VERY, 1000, 278),
        (5, Sureness.VERY, 10, 10),
    ],
)
def test_the_textbook_sizes_come_out(
    points: float, sureness: Sureness, population: int | None, answers: int
) -> None:
    assert answers_for(points, sureness.confidence, population) == answers


def test_a_size_says_how_many_to_invite_and_what_it_costs_the_public() -> None:
    size = size_for(points=5, sureness=Sureness.VERY, population=20_000, response_rate=0.11,
                    minutes_each=2)  # fmt: skip

    assert (size.answers, size.invitations, size.minutes) == (377, 3428, 754)
    assert size.rate == pytest.approx(0.1714)
    assert size.reachable


def test_a_population_that_is_too_small_says_what_asking_everybody_gives() -> None:
    size = size_for(points=3, sureness=Sureness.VERY, population=2_000, response_rate=0.04,
                    minutes_each=2)  # fmt: skip

    assert not size.reachable
    assert (size.invitations, size.answers, size.rate) == (2_000, 80, 1.0)
    assert size.points == pytest.approx(10.7, abs=0.1)


@given(st.floats(0.5, 20), st.sampled_from(Sureness), st.integers(50, 10**7))
def test_so_many_answers_give_what_was_wanted_and_one_fewer_does_not(
    points: float, sureness: Sureness, population: int
) -> None:
    answers = answers_for(points, sureness.confidence, population)

    assert points_from(answers, sureness.confidence, population) <= points + 1e-6
    if answers > 1:
        assert points_from(answers - 1, sureness.confidence, population) >= points - 1e-6


def test_the_promise_holds_in_nearly_that_share_of_samples() -> None:
    """Exactly, from the hypergeometric law: 278 of 1,000, half of whom are content."""
    content = stats.hypergeom(1000, 500, 278)

    within = content.cdf(math.floor(278 * 0.55)) - content.cdf(math.ceil(278 * 0.45) - 1)

    assert within == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"points": 0}, "points"),
        ({"population": 0}, "population"),
        ({"response_rate": 0}, "response_rate"),
        ({"response_rate": 5e-324}, "response_rate"),
        ({"response_rate": 1.2}, "response_rate"),
        ({"minutes_each": 0}, "minutes_each"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(given: dict[str, float], field: str) -> None:
    usual = {"points": 5, "population": 100, "response_rate": 0.1, "minutes_each": 2}

    with pytest.raises(Unusable) as refused:
        size_for(sureness=Sureness.VERY, **{**usual, **given})  # type: ignore[arg-type]

    assert refused.value.field == field
