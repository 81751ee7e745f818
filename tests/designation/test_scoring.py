"""Ranks where figures are uncertain: never wrong, and what nobody knows is never zero."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cx280.designation.rules.scoring import Candidate, Span, placed
from cx280.designation.rules.sensitivity import held_places
from cx280.surveys.rules.impact import FACTORS

EVEN = dict.fromkeys(FACTORS, 1.0)
# A priority is 1 to 5; so that figures of every factor may be mixed, all are.
SPANS = (
    some.lists(some.integers(1, 5), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda ends: Span(ends[1], ends[0], ends[2], "Budget"))
)
EXACT = some.integers(1, 5).map(lambda value: Span(value, value, value, "Budget"))
WEIGHTS = some.fixed_dictionaries(dict.fromkeys(FACTORS, some.integers(0, 3))).filter(
    lambda each: any(each.values())
)


def services(
    spans: some.SearchStrategy[Span], *, whole: bool = False
) -> some.SearchStrategy[list[Candidate]]:
    every = some.fixed_dictionaries(dict.fromkeys(FACTORS, spans))
    known = every if whole else some.dictionaries(some.sampled_from(FACTORS), spans)
    return some.lists(known, min_size=1, max_size=5).map(
        lambda rows: [Candidate(f"s{at}", f"S{at}", row) for at, row in enumerate(rows)]
    )


def exact(**values: float) -> dict[str, Span]:
    return {name: Span(value, value, value, "Budget") for name, value in values.items()}


@pytest.mark.proves("280.10-b1", "INC-40")
@given(services(SPANS, whole=True), WEIGHTS, some.randoms())
@settings(max_examples=60)
def test_whatever_the_figures_turn_out_to_be_the_rank_lies_in_its_range(
    candidates: list[Candidate], weights: dict[str, float], dice: random.Random
) -> None:
    ranges = {each.candidate.code: each for each in placed(candidates, weights)}

    for _ in range(5):
        turned_out = [
            replace(each, known=exact(**{
                name: dice.randint(int(span.low), int(span.high))
                for name, span in each.known.items()
            }))
            for each in candidates
        ]  # fmt: skip
        for each in placed(turned_out, weights):
            known = ranges[each.candidate.code]
            assert known.best <= (each.rank or 0) <= known.worst


@pytest.mark.proves("INC-40")
@given(services(EXACT, whole=True), WEIGHTS)
@settings(max_examples=40)
def test_where_everything_is_known_a_rank_is_one_number(
    candidates: list[Candidate], weights: dict[str, float]
) -> None:
    for each in placed(candidates, weights):
        assert each.best == each.worst == each.rank


@pytest.mark.proves("INC-40")
@given(services(SPANS), WEIGHTS)
@settings(max_examples=40)
def test_the_rank_as_the_figures_stand_lies_in_its_range(
    candidates: list[Candidate], weights: dict[str, float]
) -> None:
    for each in placed(candidates, weights):
        assert 1 <= each.best <= each.worst <= len(candidates)
        assert each.rank is None or each.best <= each.rank <= each.worst


def test_what_nobody_knows_is_not_zero() -> None:
    found = placed(
        [Candidate("a", "A", exact(customers=900)), Candidate("b", "B", exact(customers=5)),
         Candidate("c", "C", {})], {"customers": 1},
    )  # fmt: skip

    assert [(each.candidate.code, each.rank, each.best, each.worst) for each in found] == [
        ("a", 1, 1, 2),
        ("b", 2, 2, 3),
        ("c", None, 1, 3),
    ]


@pytest.mark.proves("INC-40", "280.10-b1")
def test_the_picture_tells_over_which_weights_a_service_leads() -> None:
    many = Candidate("many", "Many", exact(customers=900, cost=1, priority=3))
    dear = Candidate("dear", "Dear", exact(customers=1, cost=900, priority=3))

    first, second = held_places([many, dear])

    assert first["many"].share == second["dear"].share == pytest.approx(0.5, abs=0.05)
    assert first["many"].share + first["dear"].share == pytest.approx(1)
    assert all(corner[0] >= corner[1] for cell in first["many"].sure for corner in cell)


@given(services(SPANS))
@settings(max_examples=15)
def test_each_part_of_the_weights_has_one_leader_at_most(candidates: list[Candidate]) -> None:
    first, second = held_places(candidates)

    for place in (first, second):
        held = [cell for each in place.values() for cell in (*each.sure, *each.unsure)]
        assert len(held) == len(set(held)) <= 400
