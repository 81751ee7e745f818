"""Days are counted together as far as memory allows, and how long what may wait is left alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.rules.batches import ROWS, batches
from cx280.telemetry.rules.facts import DIMENSIONS, SPEED, TOTALS
from cx280.telemetry.rules.pace import pause_after

DAY = date(2026, 3, 10)
lacking = st.dictionaries(
    st.integers(1, 6),
    st.tuples(st.sampled_from([("totals",), ("totals", "speed"), ()]), st.integers(0, ROWS)),
)


@given(st.dictionaries(st.integers(0, 12), lacking, max_size=8))
def test_each_part_that_a_day_lacks_is_in_a_batch_of_that_day(
    days: dict[int, dict[int, tuple[tuple[str, ...], int]]],
) -> None:
    told = [
        (
            DAY - timedelta(days=back),
            {service: parts for service, (parts, _) in each.items()},
            {service: rows for service, (_, rows) in each.items()},
        )
        for back, each in sorted(days.items())
    ]

    found = list(batches(told))

    for day, services, _ in told:
        for service, parts in services.items():
            holding = [b for b in found if b.first <= day <= b.last and service in b.services]
            assert all(any(part in batch.parts for batch in holding) for part in parts)
    assert all(batch.rows <= ROWS or len(batch.services) == 1 for batch in found)
    assert [batch.last for batch in found] == sorted((b.last for b in found), reverse=True)


def test_small_days_in_a_row_are_one_batch_and_a_gap_begins_another() -> None:
    days = [(DAY - timedelta(days=n), {1: ["totals"]}, {1: 10}) for n in (0, 1, 2, 5)]

    found = list(batches(days))

    assert [(each.first, each.last) for each in found] == [
        (DAY - timedelta(days=2), DAY), (DAY - timedelta(days=5), DAY - timedelta(days=5)),
    ]  # fmt: skip


def test_a_large_day_is_divided_by_services_in_the_order_given() -> None:
    rows = dict.fromkeys((3, 1, 2), ROWS // 2)

    found = list(batches([(DAY, {3: ["totals"], 1: ["totals"], 2: ["totals"]}, rows)]))

    assert [each.services for each in found] == [{3, 1}, {2}]


def test_what_is_left_of_a_large_day_is_not_counted_with_all_services_of_a_small_one() -> None:
    large = (DAY, {1: ["totals"], 2: ["totals"]}, {1: ROWS, 2: 10})
    small = (DAY - timedelta(days=1), {1: ["totals"], 2: ["totals"]}, {1: 10, 2: 10})

    found = list(batches([large, small]))

    assert [(each.first, each.services) for each in found] == [
        (DAY, {1}), (DAY, {2}), (DAY - timedelta(days=1), {1, 2}),
    ]  # fmt: skip


def test_what_may_wait_is_left_alone_four_times_as_long_as_it_takes() -> None:
    small, large = (pause_after(DIMENSIONS, rows) for rows in (1_000, 2_000_000))

    assert small < timedelta(seconds=2)
    assert timedelta(minutes=1) < large < timedelta(minutes=2)
    assert pause_after([SPEED], 2_000_000) < timedelta(seconds=3)
    assert pause_after([TOTALS], 2_000_000) == pause_after([TOTALS], 0)
