"""Response rates by their names, spreads of counts, and what is hidden."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.dashboards.rules.proof import Asked, Part, cases_of, hide_few, spread_of
from cx280.delivery.rules.reach import ReachCounts, rounded_lag
from cx280.measures.rules.counting import Cell, cell_of, rounded_seconds
from cx280.measures.rules.response_rates import Cases, completeness, response_rates

SOME = st.integers(0, 500)
BY_LINK = Asked(0, 0, 0, None, is_link=True)
DRAWN = Asked(drawn=100, refused=5, waiting=10, offered=80, is_link=False)


@given(st.builds(Cases, SOME, SOME, SOME, SOME))
def test_rates_with_partial_answers_are_never_lower(cases: Cases) -> None:
    rates = {each.name: each for each in response_rates(cases)}

    for full, part in (("RR1", "RR2"), ("RR3", "RR4"), ("RR5", "RR6")):
        least, most = rates[full].rate, rates[part].rate
        assert (least is None) == (most is None)
        if least is not None and most is not None:
            assert 0 <= least <= most <= 1


def test_the_rates_are_those_of_the_standard_definitions() -> None:
    rates = {each.name: each for each in response_rates(Cases(60, 10, 10, 20))}

    assert (rates["RR1"].rate, rates["RR2"].rate) == (0.6, 0.7)
    assert rates["RR3"].rate == rates["RR1"].rate  # everybody asked is a customer: e is 1
    assert rates["RR5"].rate is None
    assert "20 people" in rates["RR5"].reason
    assert rates["RR1"].bounds is not None


def test_a_rate_that_leaves_nobody_out_is_told() -> None:
    rates = {each.name: each.rate for each in response_rates(Cases(60, 10, 30, 0))}

    assert (rates["RR5"], rates["RR6"]) == (0.6, 0.7)


@pytest.mark.parametrize(
    ("answered", "shown", "expected"),
    [(0, 0, "complete"), (8, 10, "complete"), (7, 10, "partial"), (5, 10, "partial"),
     (4, 10, "broken_off")],
)  # fmt: skip
def test_an_answer_is_complete_from_four_fifths_on(
    answered: int, shown: int, expected: str
) -> None:
    assert completeness(answered, shown).value == expected


@pytest.mark.proves("INC-33")
def test_of_a_link_no_rate_can_be_computed() -> None:
    cases, why = cases_of(BY_LINK, {"complete": 90}, 0)

    assert cases is None
    assert "nobody knows how many people saw the link" in why


def test_cases_are_everybody_drawn_and_settled() -> None:
    cases, _ = cases_of(DRAWN, {"complete": 30, "partial": 5, "broken_off": 2}, 0)

    assert cases == Cases(complete=30, partial=5, refused=7, unknown=48)
    assert cases.total == 90


def test_who_passed_a_prompt_by_refused() -> None:
    asked = Asked(0, 0, 0, offered=100, is_link=False)

    cases, _ = cases_of(asked, {"complete": 20, "broken_off": 1}, 0)

    assert cases == Cases(20, 0, 80, 0)


@pytest.mark.parametrize(
    ("asked", "elsewhere", "why"),
    [(DRAWN, 3, "imported or keyed"), (Asked(10, 0, 0, None, is_link=False), 0, "10 people drawn"),
     (Asked(0, 0, 0, None, is_link=False), 0, "nobody counted how many people were asked"),
     (Asked(0, 0, 0, 10, is_link=False), 0, "10 people asked")],
)  # fmt: skip
def test_a_rate_that_would_mislead_is_not_told(asked: Asked, elsewhere: int, why: str) -> None:
    cases, reason = cases_of(asked, {"complete": 30}, elsewhere)

    assert cases is None
    assert why in reason


@pytest.mark.proves("280.10-k1", "280.10-g3")
@given(st.lists(st.integers(1, 400), min_size=1, max_size=300))
def test_a_spread_of_counts_is_that_of_its_values(values: list[int]) -> None:
    found = spread_of(Counter(values), 300)
    assert found is not None
    ordered, n = sorted(values), len(values)

    assert found.median == ordered[-(-n // 2) - 1]
    assert found.p90 == ordered[-(-9 * n // 10) - 1]
    assert found.low <= found.median <= found.high
    assert found.within == sum(each <= 300 for each in values)


@given(st.dictionaries(st.integers(0, 7200), st.integers(1, 9)))
def test_rounded_seconds_lose_nobody_and_never_round_down(seconds: dict[int, int]) -> None:
    rounded = rounded_seconds(seconds)

    assert sum(rounded.values()) == sum(seconds.values())
    assert len(rounded) <= 232
    assert sum(v * n for v, n in rounded.items()) >= sum(v * n for v, n in seconds.items())


@given(st.integers(0, 20_000), st.sampled_from([60 * 24, 60 * 48, 60 * 72]))
def test_a_rounded_lag_stays_on_its_side_of_the_limit(minutes: int, limit: int) -> None:
    assert (rounded_lag(minutes) <= limit) == (minutes <= limit)


@given(st.lists(st.tuples(SOME, SOME), max_size=8))
def test_a_part_that_is_too_few_is_hidden(counts: list[tuple[int, int]]) -> None:
    parts = [Part(str(n), asked, None, answered) for n, (asked, answered) in enumerate(counts)]

    for each in hide_few(parts, 10):
        if 0 < each.answered < 10 or 0 < (each.asked or 0) < 10:
            assert each.hidden
            assert each.rate is None


def test_counts_written_down_and_read_again_are_the_same() -> None:
    counts = ReachCounts()
    counts.add("sent", "", (17, "es", "evening"), 3)
    counts.add("suppressed", "quiet", (None, "", ""), 2)
    counts.lags[20] += 3

    again = ReachCounts()
    again.merge(counts.as_data())

    assert again == counts


def test_answers_are_counted_by_how_far_they_came() -> None:
    from cx280.measures.rules.counting import Asked as Question

    cell = Cell()
    asked = [Question(name, keeps_codes=True) for name in ("trust", "ease", "equity")]
    cell.add(asked, {"trust": 5, "ease": 4, "equity": None}, 3)
    cell.add(asked, {"trust": None, "ease": None, "equity": None}, 1)

    assert cell.reached["last"] == {"ease": 3, "": 1}
    assert cell.reached["done"] == {"partial": 3, "broken_off": 1}
    assert cell_of(4, 0, cell.as_data()).reached == cell.reached
