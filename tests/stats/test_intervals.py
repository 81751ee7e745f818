"""Intervals stay in range, cover what they promise, and say no more than they know."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import Verdict, compare_shares, mean_interval, wilson

counted = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted)
def test_a_wilson_interval_lies_in_0_to_1_and_holds_the_share(seen: tuple[int, int]) -> None:
    successes, n = seen

    low, high = wilson(successes, n)

    assert 0 <= low <= high <= 1
    if n:
        assert low <= successes / n <= high


@given(counted, st.floats(0.5, 0.98))
def test_more_confidence_never_gives_a_narrower_interval(
    seen: tuple[int, int], confidence: float
) -> None:
    low, high = wilson(*seen, confidence)
    wider_low, wider_high = wilson(*seen, confidence + 0.01)

    assert wider_low <= low
    assert wider_high >= high


@given(counted)
def test_counting_the_others_mirrors_the_interval(seen: tuple[int, int]) -> None:
    successes, n = seen

    low, high = wilson(successes, n)
    mirrored_low, mirrored_high = wilson(n - successes, n)

    assert math.isclose(low, 1 - mirrored_high, abs_tol=1e-12)
    assert math.isclose(high, 1 - mirrored_low, abs_tol=1e-12)


def test_wilson_gives_the_published_figures() -> None:
    low, high = wilson(81, 263)  # Newcombe 1998, Statistics in Medicine 17, 857-872, table I

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("n", [10, 40, 200])
def test_wilson_covers_about_95_of_100_over_all_outcomes(n: int) -> None:
    covered = []
    for share in (0.05, 0.2, 0.5, 0.84, 0.97):
        hit = [low <= share <= high for low, high in (wilson(k, n) for k in range(n + 1))]
        covered.append(sum(binom.pmf(k, n, share) for k in range(n + 1) if hit[k]))

    assert sum(covered) / len(covered) == pytest.approx(0.95, abs=0.015)
    assert min(covered) > 0.89


def test_nothing_is_known_when_nobody_answered() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert compare_shares((0, 0), (5, 9)).verdict is Verdict.NO_EVIDENCE
    assert mean_interval({1: 0, 2: 0, 3: 0, 4: 0, 5: 0}) is None


@pytest.mark.parametrize("seen", [(-1, 3), (4, 3)])
def test_an_impossible_share_is_refused(seen: tuple[int, int]) -> None:
    with pytest.raises(Unusable):
        wilson(*seen)


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5))
def test_a_mean_and_its_interval_stay_on_the_scale(counts: list[int]) -> None:
    found = mean_interval(dict(zip(range(1, 6), counts, strict=True)))

    if sum(counts) == 0:
        assert found is None
    else:
        assert found is not None
        assert 1 <= found.low <= found.mean <= found.high <= 5


def test_a_mean_interval_is_students() -> None:
    found = mean_interval({1: 0, 2: 0, 3: 1, 4: 2, 5: 1})

    assert found is not None
    assert found.mean == 4
    # sd = sqrt(2/3), t(0.975, 3) = 3.1824
    assert found.low == pytest.approx(4 - 3.1824 * math.sqrt(2 / 3) / 2, abs=1e-3)


@given(counted, counted)
def test_a_difference_holds_its_estimate_and_turns_with_its_sides(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    there = compare_shares(before, after)
    back = compare_shares(after, before)

    assert -1 <= there.low <= there.difference <= there.high <= 1
    assert math.isclose(there.low, -back.high, abs_tol=1e-12)
    assert {there.verdict, back.verdict} in (
        {Verdict.NO_EVIDENCE},
        {Verdict.HIGHER, Verdict.LOWER},
    )


def test_newcombe_gives_the_published_figures() -> None:
    found = compare_shares((48, 80), (56, 70))  # 56/70 - 48/80, method 10, table II

    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found.verdict is Verdict.HIGHER
    assert found.points == 20


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ((880, 1000), Verdict.HIGHER),
        ((720, 1000), Verdict.LOWER),
        ((805, 1000), Verdict.NO_EVIDENCE),
    ],
)
def test_the_verdict_says_what_the_interval_allows(
    after: tuple[int, int], verdict: Verdict
) -> None:
    assert compare_shares((800, 1000), after).verdict is verdict


def test_the_difference_covers_about_95_of_100_over_all_outcomes() -> None:
    n, m, first, second = 30, 25, 0.8, 0.65
    covered = 0.0
    for a in range(n + 1):
        for b in range(m + 1):
            found = compare_shares((a, n), (b, m))
            if found.low <= second - first <= found.high:
                covered += binom.pmf(a, n, first) * binom.pmf(b, m, second)

    assert covered == pytest.approx(0.95, abs=0.015)
