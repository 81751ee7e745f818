"""Ranks tell only what chance does not, and hold all at once as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.ranks import HOLM, TUKEY, RankInterval, range_quantile, rank_intervals, rank_shares

shares = st.lists(
    st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=9,
)


def ranks(found: list[RankInterval]) -> list[tuple[int, int]]:
    return [(each.best, each.worst) for each in found]


def test_clearly_different_shares_have_one_place_each() -> None:
    found = rank_shares([(100, 1000), (500, 1000), (900, 1000)])

    assert ranks(found) == [(3, 3), (2, 2), (1, 1)]


def test_shares_that_chance_may_have_ordered_share_their_places() -> None:
    found = rank_shares([(80, 100), (82, 100), (20, 100)])

    assert ranks(found) == [(1, 2), (1, 2), (3, 3)]
    assert not found[0].tells_nothing


def test_nobody_answered_may_be_anywhere() -> None:
    found = rank_shares([(0, 0), (900, 1000), (100, 1000)])

    assert ranks(found) == [(1, 3), (1, 2), (2, 3)]
    assert found[0].tells_nothing


def test_one_alone_is_first_of_one() -> None:
    assert ranks(rank_shares([(3, 7)])) == [(1, 1)]


@pytest.mark.parametrize(("k", "quantile"), [(2, 2.7718), (3, 3.3145), (4, 3.6332), (10, 4.4741)])
def test_the_range_has_the_quantiles_in_the_tables(k: int, quantile: float) -> None:
    assert range_quantile(k, 0.95) == pytest.approx(quantile, abs=2e-4)


@given(shares, st.sampled_from([TUKEY, HOLM]))
def test_every_order_seen_is_among_the_places(given: list[tuple[int, int]], adjust: str) -> None:
    found = rank_shares(given, adjust=adjust)
    values = [(x + 1) / (n + 2) for x, n in given]

    for value, each in zip(values, found, strict=True):
        above = sum(other > value for other in values)
        beside = sum(other == value for other in values)
        assert 1 <= each.best <= above + 1
        assert above + beside <= each.worst <= each.of == len(given)


@given(shares)
def test_to_be_surer_is_to_say_less(given: list[tuple[int, int]]) -> None:
    sure, surer = rank_shares(given, 0.9), rank_shares(given, 0.99)

    assert all(b.best <= a.best and a.worst <= b.worst for a, b in zip(sure, surer, strict=True))


@pytest.mark.parametrize("adjust", [TUKEY, HOLM])
@pytest.mark.parametrize("spread", [0.0, 0.02, 0.1])
def test_all_true_ranks_are_covered_at_once_19_times_in_20(adjust: str, spread: float) -> None:
    """Twelve services of 60 to 600 answers; 400 times, so that 92 % is a clear failure."""
    rng = np.random.default_rng(12)
    true = 0.8 - spread * np.linspace(0, 2, 12).clip(0.3)  # ties at the top
    n = rng.integers(60, 600, 12)
    best = 1 + (true[None, :] > true[:, None]).sum(axis=1)
    worst = 12 - (true[None, :] < true[:, None]).sum(axis=1)
    held = 0
    for _ in range(400):
        seen = rank_shares(list(zip(rng.binomial(n, true).tolist(), n.tolist(), strict=True)),
                           adjust=adjust)  # fmt: skip
        held += all(
            each.best <= b and w <= each.worst for each, b, w in zip(seen, best, worst, strict=True)
        )

    assert held / 400 >= 0.92


def test_what_is_no_share_and_no_error_is_refused() -> None:
    with pytest.raises(Unusable, match="not a share"):
        rank_shares([(3, 2)])
    with pytest.raises(Unusable, match="standard error"):
        rank_intervals([0.1, 0.2], [0.1])
    with pytest.raises(Unusable, match="confidence"):
        rank_intervals([0.1, 0.2], [0.1, 0.1], 1.0)
