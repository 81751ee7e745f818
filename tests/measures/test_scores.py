"""Scores mean what the guide says, with their interval, or say why they cannot be computed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.measures.rules.scores import (
    SCALES,
    change,
    mean_of,
    polarity_of,
    response_rate,
    share_agreeing,
    share_of,
    share_tapping,
)
from cx280.stats.intervals import Verdict, wilson


def test_agreeing_is_4_and_5_of_5() -> None:
    found = share_agreeing({"1": 5, "2": 5, "3": 10, "4": 30, "5": 50})

    assert found.share == 0.8
    assert (found.successes, found.n) == (80, 100)
    assert (found.low, found.high) == wilson(80, 100)


@pytest.mark.parametrize(
    ("response", "counts", "share"),
    [
        ("stars5", {"3": 1, "4": 1, "5": 2}, 0.75),
        ("agree7", {"5": 2, "6": 1, "7": 1}, 0.5),
        ("agree10", {"8": 3, "9": 1, "10": 0}, 0.25),
        ("thumbs", {"0": 1, "1": 3}, 0.75),
        ("yesno", {"0": 3, "1": 1}, 0.25),
    ],
)
def test_each_scale_has_its_own_definition(
    response: str, counts: dict[str, int], share: float
) -> None:
    assert share_agreeing(counts, response).share == share


@given(st.lists(st.integers(0, 10_000), min_size=5, max_size=5))
def test_a_mean_is_the_exact_quotient_rounded_half_up(counts: list[int]) -> None:
    found = mean_of({str(code): n for code, n in enumerate(counts, start=1)})

    if sum(counts) == 0:
        assert found is None
        return
    exact = Fraction(sum(k * n for k, n in enumerate(counts, start=1)), sum(counts))
    assert found is not None
    assert found.mean == Decimal((exact * 100 + Fraction(1, 2)).__floor__()) / 100
    assert found.n == sum(counts)


@pytest.mark.proves("INC-15")
@pytest.mark.parametrize("response", ["thumbs", "yesno", "choices", "choice", "text"])
def test_a_tap_or_a_thumb_never_becomes_a_mean(response: str) -> None:
    with pytest.raises(Unusable):
        mean_of({"1": 3}, response)


@pytest.mark.proves("INC-15")
def test_tapping_is_the_share_of_those_shown_not_of_all_who_answered() -> None:
    found = share_tapping(30, shown=40)

    assert found.share == 0.75
    assert found.n == 40


@pytest.mark.proves("INC-15")
@pytest.mark.parametrize(
    ("code", "response", "side"),
    [
        (5, "agree5", "high"),
        (4, "stars5", "high"),
        (3, "agree5", "middle"),
        (2, "agree5", "low"),
        (1, "stars5", "low"),
        (1, "thumbs", "high"),
        (0, "thumbs", "low"),
        (10, "agree10", "high"),
        (5, "agree10", "middle"),
        (None, "agree5", ""),
        (9, "agree5", ""),
    ],
)
def test_taps_are_counted_by_where_the_rating_points(
    code: int | None, response: str, side: str
) -> None:
    assert polarity_of(code, response) == side


def test_a_code_off_the_scale_is_refused() -> None:
    with pytest.raises(Unusable, match="not a code"):
        share_agreeing({"6": 1})


@pytest.mark.proves("INC-33")
def test_a_rate_without_a_count_of_people_asked_is_not_computable() -> None:
    found = response_rate(None, 412)

    assert found.rate is None
    assert "nobody knows how many" in found.reason


@pytest.mark.parametrize(("offered", "answered"), [(0, 0), (10, 11)])
def test_an_impossible_rate_is_not_computable_and_says_why(offered: int, answered: int) -> None:
    found = response_rate(offered, answered)

    assert found.rate is None
    assert found.reason.startswith("Not computable")


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_rate_is_answered_of_offered(counts: tuple[int, int]) -> None:
    assert response_rate(*counts).rate == counts[1] / counts[0]


def test_nobody_answered_is_no_share() -> None:
    found = share_agreeing({})

    assert found.share is None
    assert found.n == 0


@pytest.mark.proves("280.8-b1")
def test_a_small_movement_is_called_no_evidence_of_change() -> None:
    found = change(share_of(80, 100), share_of(83, 100))

    assert found.verdict is Verdict.NO_EVIDENCE
    assert found.points == 3


@given(st.sampled_from(sorted(SCALES)), st.data())
def test_every_share_lies_in_its_interval(response: str, data: st.DataObject) -> None:
    counts = {str(code): data.draw(st.integers(0, 99)) for code in SCALES[response].codes}

    found = share_agreeing(counts, response)

    assert found.share is None or found.low <= found.share <= found.high
