"""Response rates by name, how even they are, and shares weighted back to who was asked."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.nonresponse import evenness, rake_cells, rr1

groups = st.lists(
    st.integers(1, 500).flatmap(lambda asked: st.tuples(st.just(asked), st.integers(0, asked))),
    min_size=2,
    max_size=8,
)


def test_response_rate_1_is_answered_of_asked() -> None:
    assert rr1(400, 100) == 0.25
    for asked, answered in ((0, 0), (10, 11), (10, -1)):
        with pytest.raises(Unusable):
            rr1(asked, answered)


@given(groups)
def test_evenness_lies_between_0_and_1(counted: list[tuple[int, int]]) -> None:
    found = evenness(counted)

    assert (found is None) == (sum(answered for _, answered in counted) == 0)
    if found is not None:
        assert 0 <= found.r <= 1
        assert found.most_bias(0.5) >= 0
        assert found.most_bias(1.0) == 0


def test_groups_that_answer_alike_are_even_and_others_are_not() -> None:
    alike = evenness([(1000, 300), (2000, 600)])
    apart = evenness([(10_000, 9_000), (10_000, 1_000)])

    assert alike is not None
    assert (alike.r, alike.spread) == (1.0, 0.0)
    assert apart is not None
    assert apart.r == pytest.approx(0.2, abs=0.01)  # 1 - 2 × 0.4
    assert apart.most_bias(0.5) == pytest.approx(0.4, abs=0.01)  # 0.4 / 0.5 × 0.5


def test_one_group_cannot_be_uneven() -> None:
    assert evenness([(100, 40)]) is None


def test_an_office_that_answered_half_as_often_counts_double_when_weighted_back() -> None:
    cells = {("boise", "web"): (80, 100), ("portland", "web"): (20, 50)}

    found = rake_cells(cells, {"boise": 1000, "portland": 1000}, {"web": 2000})

    assert found is not None
    assert found.share == pytest.approx((0.8 + 0.4) / 2)
    assert found.effective == pytest.approx((100 + 2 * 50) ** 2 / (100 + 4 * 50))
    assert found.low < found.share < found.high


tables = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(1, 5)), min_size=4, max_size=4
)


@given(tables, st.integers(50, 500), st.integers(50, 500), st.integers(50, 500))
def test_both_margins_are_met(
    rows: list[tuple[int, int, int]], first: int, second: int, web: int
) -> None:
    assume(web < first + second)
    places = [(office, channel) for office in "ab" for channel in ("web", "desk")]
    answers = {place: n for place, (n, _, _) in zip(places, rows, strict=True)}

    def weighted(chosen: set[str]) -> float:
        """The weighted part of these offices or channels: all there agree, nobody elsewhere."""
        cells = {p: (n if set(p) & chosen else 0, n) for p, n in answers.items()}
        margins = {"a": first, "b": second}, {"web": web, "desk": first + second - web}
        found = rake_cells(cells, *margins)
        assert found is not None
        return found.share

    assert weighted({"a"}) == pytest.approx(first / (first + second), abs=1e-6)
    assert weighted({"web"}) == pytest.approx(web / (first + second), abs=1e-6)


def test_weights_leave_answers_alone_that_match_who_was_asked() -> None:
    cells = {("a", "web"): (10, 40), ("b", "web"): (30, 60)}

    found = rake_cells(cells, {"a": 400, "b": 600}, {"web": 1000})

    assert found is not None
    assert found.share == pytest.approx(0.4)
    assert found.effective == pytest.approx(100)
    assert found.largest == pytest.approx(1)


def test_answers_from_where_nobody_was_asked_cannot_be_weighted_back() -> None:
    assert rake_cells({("a", "web"): (1, 2)}, {"a": 0}, {"web": 10}) is None
    assert rake_cells({}, {"a": 10}, {"web": 10}) is None


def test_a_margin_that_is_not_known_is_not_raked_to() -> None:
    found = rake_cells({("a", "x"): (1, 2), ("b", "y"): (9, 9)}, {"a": 90, "b": 10}, {})

    assert found is not None
    assert found.share == pytest.approx(0.9 * 0.5 + 0.1)


def test_margins_that_contradict_each_other_give_no_figure() -> None:
    """Each office uses one channel only, so its part cannot be both a half and nine tenths."""
    cells = {("a", "web"): (5, 10), ("b", "desk"): (5, 10)}

    assert rake_cells(cells, {"a": 50, "b": 50}, {"web": 90, "desk": 10}) is None
