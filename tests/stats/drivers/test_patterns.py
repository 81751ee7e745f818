"""Counted patterns say the same as the rows they came from."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.drivers import Patterns, add_patterns, patterns_of

answer = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, float("nan")])
rows_of_answers = st.lists(st.tuples(answer, answer, answer), min_size=1, max_size=60)
weighing = st.integers(0, 4)


def counted(patterns: Patterns) -> dict[tuple[str, ...], float]:
    """{row as text: summed weights}; text, because NaN equals nothing."""
    keys = [tuple(map(str, each)) for each in patterns.values]
    assert len(set(keys)) == len(keys) or patterns.weighted
    found: Counter[tuple[str, ...]] = Counter()
    for key, weight in zip(keys, patterns.counts, strict=True):
        found[key] += weight
    return dict(found)


def columns(rows: Sequence[tuple[float, ...]]) -> dict[str, list[float]]:
    return {name: [row[at] for row in rows] for at, name in enumerate("abc")}


@settings(deadline=None)
@given(rows_of_answers)
def test_each_distinct_row_is_kept_once_with_how_many_gave_it(
    rows: list[tuple[float, float, float]],
) -> None:
    found = patterns_of(columns(rows))

    expected = Counter(tuple(map(str, row)) for row in rows)
    assert counted(found) == expected
    assert found.n == len(rows)


@settings(deadline=None)
@given(st.lists(st.tuples(answer, answer, answer, weighing), min_size=1, max_size=60))
def test_weights_are_summed_and_people_still_counted(
    rows: list[tuple[float, float, float, int]],
) -> None:
    weights = [row[3] for row in rows]
    replicated = [row[:3] for row in rows for _ in range(row[3])]

    found = patterns_of(columns([row[:3] for row in rows]), weights)

    assert counted(found) == Counter(tuple(map(str, row)) for row in replicated)
    assert found.n == sum(weight > 0 for weight in weights)


@settings(deadline=None)
@given(st.lists(st.tuples(answer, answer, answer, weighing), min_size=1, max_size=60))
def test_rows_that_several_people_gave_count_as_often(
    rows: list[tuple[float, float, float, int]],
) -> None:
    people = [row[3] for row in rows]

    found = patterns_of(columns([row[:3] for row in rows]), people=people)

    repeated = [row[:3] for row in rows for _ in range(row[3])]
    assert counted(found) == Counter(tuple(map(str, row)) for row in repeated)
    assert found.n == sum(people)


@settings(deadline=None)
@given(rows_of_answers, rows_of_answers)
def test_adding_patterns_is_pooling_the_rows(
    some: list[tuple[float, float, float]], more: list[tuple[float, float, float]]
) -> None:
    added = add_patterns(patterns_of(columns(some)), patterns_of(columns(more)))

    assert counted(added) == counted(patterns_of(columns([*some, *more])))


def test_any_number_is_kept_as_it_is() -> None:
    values = [0.5, -3.25, 1e9, 0.5, float("nan")]

    found = patterns_of({"a": values})

    assert counted(found) == {("0.5",): 2, ("-3.25",): 1, ("1000000000.0",): 1, ("nan",): 1}


def test_many_questions_of_many_values_do_not_collide() -> None:
    source = np.random.default_rng(0)
    wide = {f"q{at}": source.integers(0, 4000, 3000).astype(float) for at in range(12)}

    found = patterns_of(wide)

    assert len(found.people) == 3000
    order = np.lexsort(found.values.T)
    rows = np.column_stack(list(wide.values()))
    assert np.array_equal(found.values[order], rows[np.lexsort(rows.T)])


def test_people_of_unlike_weight_stay_apart_so_that_the_bootstrap_draws_people() -> None:
    found = patterns_of({"a": [1, 1, 1], "b": [2, 2, 2]}, [0.5, 0.5, 2])

    assert sorted(found.weights) == [1, 2]
    assert sorted(found.people) == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: patterns_of({"a": [1, 2], "b": [1]}), "same number of rows"),
        (lambda: patterns_of({}), "Every question needs a column"),
        (lambda: patterns_of({"a": [1, 2]}, [1, -1]), "weight of 0 or more"),
        (lambda: patterns_of({"a": [1, float("inf")]}), "must be a number"),
        (lambda: Patterns(("a",), np.ones((1, 1)), np.zeros(1)), "above 0"),
        (lambda: Patterns(("a", "a"), np.ones((1, 2)), np.ones(1)), "same name"),
        (lambda: add_patterns(patterns_of({"a": [1]}), patterns_of({"b": [1]})), "same questions"),
        (lambda: patterns_of({"a": [1]}).column("b"), "no question “b”"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(wrong: object, sentence: str) -> None:
    with pytest.raises(Unusable, match=sentence):
        wrong()  # type: ignore[operator]
