"""No hidden count can be worked out: an attacker with linear programming tries."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cx280.measures.rules.suppression import Table, suppress, suppress_line

SMALLEST = 10
tables = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(
            st.one_of(st.just(0), st.integers(1, 15), st.integers(10, 400)),
            min_size=size[1],
            max_size=size[1],
        ),
        min_size=size[0],
        max_size=size[0],
    )
)


def with_totals(table: list[list[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def attack(table: list[list[int]], shown: Table) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and greatest each hidden cell can be for somebody who sees all the others."""
    whole = with_totals(table)
    rows, columns = len(whole), len(whole[0])
    place = {cell: at for at, cell in enumerate(product(range(rows), range(columns)))}
    sums, right = [], []
    for r in range(rows):
        line = np.zeros(len(place))
        for c in range(columns):
            line[place[r, c]] = 1 if c < columns - 1 else -1
        sums.append(line)
        right.append(0)
    for c in range(columns):
        line = np.zeros(len(place))
        for r in range(rows):
            line[place[r, c]] = 1 if r < rows - 1 else -1
        sums.append(line)
        right.append(0)
    bounds = [(0, None) if shown.hides(r, c) else (whole[r][c], whole[r][c]) for r, c in place]
    found = {}
    for cell in shown.hidden:
        goal = np.zeros(len(place))
        goal[place[cell]] = 1
        low = linprog(goal, A_eq=np.array(sums), b_eq=right, bounds=bounds)
        high = linprog(-goal, A_eq=np.array(sums), b_eq=right, bounds=bounds)
        found[cell] = (low.fun, -high.fun if high.status == 0 else np.inf)
    return found


@settings(max_examples=60, deadline=None)
@given(tables)
def test_nobody_can_work_out_a_hidden_cell_of_a_table(table: list[list[int]]) -> None:
    shown = suppress(table, SMALLEST)
    whole = with_totals(table)

    for (r, c), (low, high) in attack(table, shown).items():
        assert low <= whole[r][c] - 1 + 1e-6, (table, (r, c))
        assert high >= whole[r][c] + 1 - 1e-6, (table, (r, c))


@given(tables)
def test_every_count_below_the_threshold_is_hidden_and_no_zero_is(table: list[list[int]]) -> None:
    shown = suppress(table, SMALLEST)

    for r, row in enumerate(with_totals(table)):
        for c, n in enumerate(row):
            if 0 < n < SMALLEST:
                assert shown.hides(r, c)
            if n == 0:
                assert not shown.hides(r, c)


@given(tables)
def test_the_hidden_cells_of_a_line_whose_total_shows_are_together_enough(
    table: list[list[int]],
) -> None:
    shown = suppress(table, SMALLEST)

    for r, row in enumerate(table):
        together = sum(n for c, n in enumerate(row) if shown.hides(r, c))
        if not shown.hides_row_total(r):
            assert together == 0 or together >= SMALLEST
    for c, column in enumerate(zip(*table, strict=True)):
        together = sum(n for r, n in enumerate(column) if shown.hides(r, c))
        if not shown.hides_column_total(c):
            assert together == 0 or together >= SMALLEST


@given(st.lists(st.one_of(st.just(0), st.integers(1, 15), st.integers(10, 400)), max_size=8))
def test_nobody_can_work_out_a_hidden_count_of_a_line(counts: list[int]) -> None:
    shown = suppress_line(counts, SMALLEST)

    hidden = [n for n, is_hidden in zip(counts, shown.hidden, strict=True) if is_hidden]
    assert all(n > 0 for n in hidden)
    assert all(h for n, h in zip(counts, shown.hidden, strict=True) if 0 < n < SMALLEST)
    if hidden and not shown.total_hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= SMALLEST
    if shown.total_hidden:
        assert hidden


def test_a_table_with_nothing_small_shows_everything() -> None:
    assert suppress([[20, 30], [40, 50]]).hidden == frozenset()


def test_one_small_office_takes_the_next_smallest_with_it() -> None:
    shown = suppress_line([4, 318, 201, 844])

    assert shown.hidden == (True, False, True, False)
    assert not shown.total_hidden


@pytest.mark.parametrize("counts", [[4], [4, 0, 0], [3, 3]])
def test_a_total_that_is_small_itself_is_hidden(counts: list[int]) -> None:
    assert suppress_line(counts).total_hidden


def test_one_small_cell_of_a_table_is_hidden_in_a_rectangle() -> None:
    shown = suppress([[3, 50, 60], [40, 20, 90], [70, 80, 100]])

    assert shown.hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
