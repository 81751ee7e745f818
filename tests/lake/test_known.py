"""Events sent again are known however late they come, and few others are read to find them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.lake.engines import DuckDB
from cx280.lake.known import Known, looks
from cx280.lake.tables import Lake, arrow_of
from tests.lake.rows import DAY, NOON, SECOND, event

MONTH = 30 * DAY
rows = st.lists(
    st.tuples(st.integers(NOON - MONTH, NOON), st.integers(1, 40), st.uuids().map(str)),
    min_size=1,
    max_size=200,
    unique_by=lambda row: row[2],
)


@given(rows)
def test_every_event_is_looked_for_once_at_its_time_and_among_its_service(
    rows: list[tuple[int, int, str]],
) -> None:
    found = looks(rows)

    by_id = {name: look for look in found for name in look.ids}
    assert sorted(name for look in found for name in look.ids) == sorted(r[2] for r in rows)
    for at, service, name in rows:
        look = by_id[name]
        assert look.first <= at <= look.last
        assert service in look.services


@given(rows)
def test_looks_are_few_and_only_the_last_minutes_are_looked_at_for_all_services(
    rows: list[tuple[int, int, str]],
) -> None:
    recent, *late = looks(rows)

    assert recent.last - recent.first <= 600 * SECOND
    assert all(len(look.services) == 1 for look in late)
    assert len(late) <= max(24, len({service for _, service, _ in rows}))


def test_what_comes_late_is_looked_for_apart_from_what_lies_between() -> None:
    late, close, now = NOON - 2 * DAY, NOON - 2 * DAY + 30 * SECOND, NOON
    found = looks([(now, 1, "a"), (now, 2, "b"), (late, 1, "c"), (close, 1, "d"), (late, 3, "e")])

    assert [(sorted(each.services), each.first, each.last) for each in found] == [
        ([1, 2], now, now),
        ([1], late, close),
        ([3], late, late),
    ]


@pytest.mark.parametrize("ago", [0, 700 * SECOND, DAY, 29 * DAY])
def test_an_event_sent_again_is_known_however_late_it_comes(tmp_path: Path, ago: int) -> None:
    lake = Lake(tmp_path / "lake")
    before = [event(f"{n}", NOON - n * DAY // 3, service=1 + n % 3) for n in range(90)]
    sent = event("sent", NOON - ago, service=2)
    lake.append(arrow_of([*before, sent]))

    batch = arrow_of([event("new", NOON, service=1), sent, event("late", NOON - ago, service=2)])
    new = Known(lake, tmp_path).new_of(batch)

    assert new["id"].to_pylist() == ["new", "late"]
    assert DuckDB(lake).answer("SELECT count(*) AS n FROM events") == [{"n": 91}]


def test_the_same_id_of_another_site_is_another_event(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(arrow_of([event("a", site="irs")]))

    new = Known(lake, tmp_path).new_of(arrow_of([event("a", site="va"), event("a", site="irs")]))

    assert new["site"].to_pylist() == ["va"]
