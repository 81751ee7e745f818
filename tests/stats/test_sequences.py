"""Looking every day finds nothing that is not there; what is there is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peeking import REACHES, a_year, found_on, watched_reach
from cx280.kernel.problem import Unusable
from cx280.stats.intervals import Verdict, compare_shares, wilson
from cx280.stats.sequences import compare_watched, reach, share_sequence

counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_a_sequence_holds_its_share_and_is_never_shorter_than_one_look(
    counted: tuple[int, int],
) -> None:
    successes, n = counted

    low, high = share_sequence(successes, n)

    assert 0 <= low <= high <= 1
    if n:
        assert low <= successes / n <= high
        assert high - low >= wilson(successes, n)[1] - wilson(successes, n)[0] - 1e-12


@given(counts)
def test_a_sequence_of_the_others_is_its_mirror(counted: tuple[int, int]) -> None:
    successes, n = counted

    low, high = share_sequence(successes, n)
    mirrored = share_sequence(n - successes, n)

    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_a_sequence_ends_where_the_mixture_is_twenty_times_likelier() -> None:
    """Of 4 answers that all agree the mixture gives 1/5: the low end is (1/5 · 1/20)^(1/4)."""
    low, high = share_sequence(4, 4)

    assert low == pytest.approx((1 / 100) ** 0.25, abs=1e-9)
    assert high == 1.0


@given(counts, counts)
def test_a_watched_change_is_claimed_only_where_one_look_would_claim_it(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    watched, once = compare_watched(before, after), compare_shares(before, after)

    assert watched.low <= once.low + 1e-12
    assert watched.high >= once.high - 1e-12
    assert watched.verdict in {once.verdict, Verdict.NO_EVIDENCE}


@given(st.floats(1, 1e7))
def test_a_reach_that_holds_every_day_is_longer_than_three_standard_errors(clock: float) -> None:
    assert reach(clock) > 3.03


def test_a_year_of_daily_looks_claims_a_change_that_is_none_in_less_than_5_of_100() -> None:
    year = a_year(np.random.default_rng(7), 400, 400 / 7, 0.8, 0.8)

    watched, _ = found_on(year, "sequence")
    naive, _ = found_on(year, "one look, every day")

    assert watched.mean() <= 0.05
    assert naive.mean() > 0.2


def test_a_fall_of_5_points_is_seen_within_the_quarter() -> None:
    year = a_year(np.random.default_rng(7), 200, 400 / 7, 0.80, 0.75, days=91)

    seen, day = found_on(year, "sequence")

    assert seen.mean() > 0.95
    assert np.median(day) < 21


@given(st.floats(1, 1e6), st.sampled_from([0.05, 0.01]))
def test_the_study_uses_the_reach_of_the_library(clock: float, alpha: float) -> None:
    assert float(watched_reach(np.array([clock]), alpha)[0]) == pytest.approx(
        reach(clock, 1 - alpha)
    )


def test_the_study_s_verdicts_are_the_library_s() -> None:
    s0, n0, s1, n1 = a_year(np.random.default_rng(1), 30, 30, 0.8, 0.72, days=20)
    seen, _ = found_on((s0, n0, s1[:, -1:], n1[:, -1:]), "sequence")

    for row in range(30):
        found = compare_watched(
            (int(s0[row, 0]), int(n0[row, 0])), (int(s1[row, -1]), int(n1[row, -1]))
        )
        assert (found.verdict is not Verdict.NO_EVIDENCE) == seen[row]


def test_no_answers_say_nothing_and_no_share_is_refused() -> None:
    assert share_sequence(0, 0) == (0.0, 1.0)
    assert compare_watched((0, 0), (3, 4)).verdict is Verdict.NO_EVIDENCE
    assert list(REACHES) == ["one look, every day", "sequence"]
    with pytest.raises(Unusable):
        share_sequence(5, 4)
    with pytest.raises(Unusable):
        share_sequence(1, 4, confidence=1.0)
    with pytest.raises(Unusable):
        reach(0.0)
