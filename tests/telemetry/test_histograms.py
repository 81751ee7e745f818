"""Histograms keep quantiles within half a percent and add up exactly."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.histograms import (
    ERROR,
    Histogram,
    bucket,
    bucket_in_sql,
    from_values,
    merged,
    middle,
    quantile,
)

finite = st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False)
some = st.lists(finite, min_size=1, max_size=80)
shares = st.floats(0, 1)


@given(finite)
def test_a_bucket_stands_for_each_of_its_values_within_half_a_percent(value: float) -> None:
    assert abs(middle(bucket(value)) - value) <= ERROR * abs(value) * (1 + 1e-9) + 1e-9


@given(finite, finite)
def test_buckets_are_in_the_order_of_their_values(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert bucket(low) <= bucket(high)
    assert middle(bucket(low)) <= middle(bucket(high))


@given(some, shares)
def test_any_quantile_is_that_of_numpy_within_half_a_percent(
    values: list[float], share: float
) -> None:
    found = quantile(from_values(values), share)

    place = (len(values) - 1) * share
    around = sorted(values)[int(place) : int(place) + 2]
    assert found is not None
    assert abs(found - float(np.quantile(values, share))) <= (
        ERROR * max(map(abs, around)) * (1 + 1e-6) + 1e-6
    )


@given(st.lists(some, max_size=5))
def test_histograms_of_days_add_up_to_that_of_all_days(days: list[list[float]]) -> None:
    together = from_values(value for day in days for value in day)

    assert merged(map(from_values, days)) == together
    assert together.n == sum(map(len, days))


@given(some, shares)
def test_an_answer_is_not_outside_of_what_happened(values: list[float], share: float) -> None:
    found = quantile(from_values(values), share, least=min(values), greatest=max(values))

    assert found is not None
    assert min(values) <= found <= max(values)


@given(some)
def test_the_lake_puts_values_into_the_same_buckets(values: list[float]) -> None:
    database = duckdb.connect()

    sql = f"SELECT {bucket_in_sql('v')} FROM (SELECT unnest($values::DOUBLE[]) AS v)"
    rows = database.execute(sql, {"values": values}).fetchall()

    # On the edge between two buckets the last bit of a logarithm decides.
    assert all(
        abs(each - bucket(value)) <= 1 and abs(middle(each) - value) <= ERROR * abs(value) + 1e-6
        for (each,), value in zip(rows, values, strict=True)
    )


def test_of_nothing_there_is_no_quantile_and_of_zeros_it_is_zero() -> None:
    assert quantile(Histogram(), 0.5) is None
    assert quantile(from_values([0.0, 0.0, 1e-12]), 0.5) == 0.0
    with pytest.raises(Unusable):
        quantile(from_values([1.0]), 1.5)
