"""Small groups lean on the average of all, the more the fewer they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.pooling import errors
from cx280.kernel.problem import Unusable
from cx280.stats.pooling import lean_on_average

group = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
groups = st.lists(group, min_size=3, max_size=12)


@given(groups)
def test_a_leaning_share_lies_inside_its_interval_and_inside_0_to_1(
    counted: list[tuple[int, int]],
) -> None:
    found = lean_on_average(counted)

    assert found is not None
    for each in found:
        assert 0 <= each.low < each.share < each.high <= 1
        assert 0 < each.own < 1


@given(groups)
def test_a_group_of_more_answers_leans_less(counted: list[tuple[int, int]]) -> None:
    found = lean_on_average(counted) or []

    by_size = sorted(zip(counted, found, strict=True), key=lambda pair: pair[0][1])
    owns = [each.own for _, each in by_size]

    assert owns == pytest.approx(sorted(owns))


@given(groups)
def test_the_order_of_the_groups_does_not_matter(counted: list[tuple[int, int]]) -> None:
    backwards = lean_on_average(counted[::-1]) or []

    for one, other in zip(lean_on_average(counted) or [], backwards[::-1], strict=True):
        assert one.share == pytest.approx(other.share)


@given(groups)
def test_counting_the_others_mirrors_the_leaning_share(counted: list[tuple[int, int]]) -> None:
    mirrored = lean_on_average([(n - s, n) for s, n in counted]) or []

    for one, other in zip(lean_on_average(counted) or [], mirrored, strict=True):
        assert one.share == pytest.approx(1 - other.share, abs=1e-6)
        assert one.low == pytest.approx(1 - other.high, abs=1e-6)


def test_groups_that_are_alike_share_one_figure_and_groups_that_differ_keep_their_own() -> None:
    alike = lean_on_average([(16, 20)] * 10) or []
    apart = lean_on_average([(500, 1000), (800, 1000), (950, 1000)]) or []

    assert alike[0].own < 0.4
    assert [round(each.share, 2) for each in apart] == [0.5, 0.8, 0.95]
    assert all(each.own > 0.95 for each in apart)


def test_an_office_of_few_with_a_low_share_is_drawn_up() -> None:
    found = lean_on_average([(2, 6), *[(80, 100)] * 8]) or []

    assert 0.6 < found[0].share < 0.8
    assert found[0].own < 0.2


@pytest.mark.parametrize("sizes", [(5, 5), (20, 20), (50, 50)])
def test_leaning_shares_lie_nearer_to_the_truth(sizes: tuple[int, int]) -> None:
    raw, leaning, _, held = errors(12, sizes, average=0.8, spread=0.3, runs=40)

    assert leaning < 0.85 * raw
    assert held > 0.88


def test_two_groups_cannot_tell_how_much_groups_differ() -> None:
    assert lean_on_average([(5, 10), (9, 10)]) is None


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(Unusable):
        lean_on_average([(0, 0), (5, 10), (9, 10)])
