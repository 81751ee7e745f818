"""How people came to answer decides how sure anybody may speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import (
    Basis,
    basis_of,
    gives_interval,
    views_of,
    weakest,
    what_interval_means,
)
from cx280.measures.rules.scores import change, share_of, when_watched
from cx280.measures.rules.trends import Asked, trend_of
from cx280.stats.intervals import Verdict
from cx280.surveys.rules.vocabulary import Placement
from tests.measures.test_trends import T1

counts = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.proves("INC-33", "INC-44")
@given(counts)
def test_a_share_of_people_who_chose_to_answer_has_no_interval(counted: tuple[int, int]) -> None:
    chose = share_of(*counted, Basis.CHOSE)

    assert chose.bounds is None
    assert chose.ends == (None, None)
    assert chose.sure == views_of(counted[1])
    assert when_watched(chose).bounds is None


@given(counts)
def test_a_share_of_people_who_were_asked_has_its_interval(counted: tuple[int, int]) -> None:
    asked = share_of(*counted)

    assert asked.bounds == (asked.low, asked.high)
    assert asked.sure.startswith("between ")


@pytest.mark.proves("INC-33")
@pytest.mark.parametrize("placement", list(Placement))
def test_only_a_plain_link_is_answered_by_whoever_chooses_to(placement: Placement) -> None:
    basis = basis_of(placement)

    assert (basis is Basis.CHOSE) == (placement is Placement.LINK)
    assert gives_interval(basis) == (placement is not Placement.LINK)
    assert basis_of(placement, drawn=True) is not Basis.ASKED


def test_no_drawing_makes_a_plain_link_a_sample() -> None:
    assert basis_of(Placement.LINK, drawn=True) is Basis.CHOSE


def test_answers_of_several_kinds_rest_on_the_least_sure() -> None:
    assert weakest([Basis.DRAWN, Basis.ASKED]) is Basis.ASKED
    assert weakest([Basis.ASKED, Basis.CHOSE, Basis.DRAWN]) is Basis.CHOSE
    assert weakest([]) is Basis.ASKED


def test_only_a_random_drawing_is_said_to_have_a_margin_of_sampling_error() -> None:
    assert "is the margin of sampling error" in what_interval_means(Basis.DRAWN)
    assert "margin" not in what_interval_means(Basis.ASKED)
    assert "no margin of sampling error" in what_interval_means(Basis.CHOSE)


def test_answers_over_a_link_take_the_interval_from_those_they_are_added_to() -> None:
    quarter = Quarter(2022, 1)
    asked = [
        Asked(quarter, T1, "Trust", {"5": 30, "1": 10}, Basis.ASKED),
        Asked(quarter, T1, "Trust", {"5": 5}, Basis.CHOSE),
    ]

    point = trend_of("trust", asked).points[0]

    assert point.share.n == 45
    assert point.share.bounds is None


def test_a_watched_share_and_change_are_held_to_a_stricter_test() -> None:
    before, after = share_of(800, 1000), share_of(155, 210)

    once, watched = change(before, after), change(before, after, watched=True)

    assert once.verdict is Verdict.LOWER
    assert watched.verdict is Verdict.NO_EVIDENCE
    assert when_watched(after).low < after.low
