"""The table of events, and what DuckDB answers over it."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from cx280.lake import tables
from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake, arrow_of, schema
from tests.lake.rows import DAY, NOON, SECOND, event


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_a_lake_nobody_wrote_to_answers_with_no_rows(lake: Lake) -> None:
    assert DuckDB(lake).answer("SELECT id, day FROM events") == []


def test_an_event_comes_back_as_it_was_handed_over(lake: Lake) -> None:
    lake.append(arrow_of([event("a", value=2.5, visitor=-(2**63), bot=True, page="/é")]))

    found = DuckDB(lake).answer("SELECT * FROM events")[0]

    assert found["at"] == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert found["day"] == date(2024, 2, 29)
    assert (found["value"], found["visitor"], found["bot"], found["page"]) == (
        2.5, -(2**63), True, "/é",
    )  # fmt: skip


def test_the_day_is_the_utc_day_of_the_event(lake: Lake) -> None:
    midnight = NOON + DAY // 2
    lake.append(arrow_of([event("before", midnight - 1), event("after", midnight)]))

    found = DuckDB(lake).answer("SELECT id, day FROM events ORDER BY events.at")

    assert [each["day"] for each in found] == [date(2024, 2, 29), date(2024, 3, 1)]


@pytest.mark.parametrize("absurd", [-1, -(2**63), 2**63 - 1])
def test_an_absurd_time_lands_on_the_day_it_was_received(lake: Lake, absurd: int) -> None:
    lake.append(arrow_of([event("a", absurd, received=NOON)]))

    found = DuckDB(lake).answer("SELECT day, skewed FROM events")

    assert found == [{"day": date(2024, 2, 29), "skewed": True}]


def test_an_answer_is_as_fresh_as_asked(lake: Lake) -> None:
    prompt, lazy = DuckDB(lake, fresh_seconds=0), DuckDB(lake, fresh_seconds=3600)
    counting = "SELECT count(*) AS n FROM events"
    lake.append(arrow_of([event("a")]))
    assert (prompt.answer(counting), lazy.answer(counting)) == ([{"n": 1}], [{"n": 1}])

    Lake(lake.address).append(arrow_of([event("b")]))

    assert (prompt.answer(counting), lazy.answer(counting)) == ([{"n": 2}], [{"n": 1}])


def test_a_parameter_is_never_read_as_sql(lake: Lake) -> None:
    lake.append(arrow_of([event("a", name="it's"), event("b")]))

    found = DuckDB(lake).answer(
        "SELECT id FROM events WHERE name = $name AND day >= $first",
        name="it's",
        first=date(2024, 2, 29),
    )

    assert found == [{"id": "a"}]


def test_what_an_app_handed_over_is_remembered_with_its_rows(lake: Lake) -> None:
    assert lake.handed_over("buffer-1") == -1

    lake.append(arrow_of([event("a")]), {"buffer-1": 7, "buffer-2": 3})

    fresh = Lake(lake.address)
    assert (fresh.handed_over("buffer-1"), fresh.handed_over("buffer-2")) == (7, 3)


def test_what_all_apps_handed_over_is_read_at_once_before_a_checkpoint_and_after(
    lake: Lake,
) -> None:
    assert lake.all_handed_over() == {}

    lake.append(arrow_of([event("a")]), {"one": 3, "other": 8})
    lake.table().create_checkpoint()
    lake.append(arrow_of([event("b")]), {"one": 4})
    lake.append(arrow_of([event("c")]))

    assert lake.all_handed_over() == {"one": 4, "other": 8}


def test_a_table_of_an_earlier_version_gains_the_new_columns(tmp_path: Path) -> None:
    earlier = pa.schema([each for each in schema() if each.name != "properties"])
    old = arrow_of([event("old")]).select(earlier.names)
    write_deltalake(tmp_path / "lake/events", old, partition_by=["day"])
    lake = Lake(tmp_path / "lake")

    lake.append(arrow_of([event("new", at=NOON + SECOND, properties='{"to": "x"}')]))

    found = DuckDB(lake).answer("SELECT id, properties FROM events ORDER BY events.at")
    assert [each["properties"] for each in found] == [None, '{"to": "x"}']


def test_a_column_of_a_later_version_does_not_stop_this_one(lake: Lake) -> None:
    later = arrow_of([event("later")]).append_column("mood", pa.array(["calm"]))
    lake.append(later)

    lake.append(arrow_of([event("now", at=NOON + SECOND)]))

    found = DuckDB(lake).answer("SELECT id, mood FROM events ORDER BY events.at")
    assert [each["mood"] for each in found] == ["calm", None]


def test_delta_knows_no_unsigned_column(lake: Lake) -> None:
    lake.append(arrow_of([event("a")]))

    found = DeltaTable(lake.uri)

    assert found.metadata().partition_columns == ["day"]
    assert not any("uint" in str(each.type) for each in schema())


@pytest.mark.parametrize(
    "reach",
    [
        "SELECT * FROM read_text('{outside}')",
        "COPY (SELECT 1) TO '{outside}'",
        "SET enable_external_access = true",
        "SELECT * FROM read_text('{lake}/../outside.txt')",
    ],
)
def test_a_query_reaches_nothing_of_the_machine_but_the_lake(
    lake: Lake, tmp_path: Path, reach: str
) -> None:
    (tmp_path / "outside.txt").write_text("not for queries")
    lake.append(arrow_of([event("a")]))
    engine = DuckDB(lake)
    assert len(engine.answer("SELECT * FROM events")) == 1

    with pytest.raises(duckdb.Error):
        engine.answer(reach.format(outside=tmp_path / "outside.txt", lake=lake.address))


def test_a_folder_with_a_quote_in_its_name_is_a_folder(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "the agency's lake")
    lake.append(arrow_of([event("a")]))

    assert DuckDB(lake).answer("SELECT id FROM events") == [{"id": "a"}]


def test_threads_share_an_engine_while_the_table_moves_on(lake: Lake) -> None:
    engine = DuckDB(lake, fresh_seconds=0)

    def ask(_: int) -> int:
        return int(str(engine.answer("SELECT count(*) AS n FROM events")[0]["n"]))

    with ThreadPoolExecutor(4) as pool:
        asked = pool.map(ask, range(80))
        for number in range(20):
            lake.append(arrow_of([event(str(number), NOON + number)]))
        counts = list(asked)

    assert max(counts) <= 20
    assert ask(0) == 20


def test_the_log_of_versions_keeps_two_hours_and_what_was_handed_over_for_ever(lake: Lake) -> None:
    log = Path(lake.uri) / "_delta_log"
    for number in range(100):  # a checkpoint is made at every hundredth version
        lake.append(arrow_of([event(f"old-{number}")]), {"early": number})
    three_hours_ago = time.time() - 3 * 3600
    for each in log.iterdir():
        os.utime(each, (three_hours_ago, three_hours_ago))

    for number in range(100):
        lake.append(arrow_of([event(f"new-{number}")]), {"late": number})

    again = Lake(lake.address)
    assert len(list(log.glob("*.json"))) < 120
    assert (again.handed_over("early"), again.handed_over("late")) == (99, 99)
    assert DuckDB(again).answer("SELECT count(*) AS n FROM events") == [{"n": 200}]


def test_a_table_of_an_earlier_version_gets_the_settings_of_this_one(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setitem(tables._SETTINGS, "delta.logRetentionDuration", "interval 1 days")
        lake.table()

    found = Lake(lake.address).table().metadata().configuration

    assert found == tables._SETTINGS
