"""The lake that benchmarks measure is like those that people keep, and kept like them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.lake import described, fill
from benchmarks.lake_questions import asked
from benchmarks.visits import SERVICES, a_day, weight
from cx280.lake.engines import DuckDB
from cx280.lake.keeping import compact
from cx280.lake.tables import Lake, schema

MONDAY = date(2026, 11, 23)
WEEK = 7


@pytest.fixture(scope="module")
def day() -> pa.Table:
    return a_day(MONDAY, 20_000, 280)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = Lake(tmp_path_factory.mktemp("large") / "lake")
    fill(made, 4_000, 280, MONDAY, days=WEEK)
    return made


def test_a_day_is_the_same_whenever_it_is_made(day: pa.Table) -> None:
    assert day.equals(a_day(MONDAY, 20_000, 280))
    assert not day.equals(a_day(MONDAY, 20_000, 281))


def test_a_day_has_about_the_events_asked_for_all_of_them_its_own(day: pa.Table) -> None:
    at = day["at"].to_pylist()

    assert day.num_rows == pytest.approx(20_000, rel=0.05)
    assert day.schema == schema()
    assert {each.date() for each in at} == {MONDAY}
    assert len(set(day["id"].to_pylist())) == day.num_rows


def test_a_day_is_in_the_order_in_which_days_are_sorted(day: pa.Table) -> None:
    columns = (day[name].to_pylist() for name in ("service", "flow", "at"))
    rows = list(zip(*columns, strict=True))

    assert rows == sorted(rows)


def test_services_are_of_very_different_size_and_robots_and_languages_are_among_visits(
    day: pa.Table,
) -> None:
    sizes = day["service"].value_counts().to_pylist()
    by_service = {each["values"]: each["counts"] for each in sizes}

    assert by_service.keys() == set(range(1, SERVICES + 1))
    assert by_service[1] > 15 * by_service[20]
    assert 0.03 < sum(day["bot"].to_pylist()) / day.num_rows < 0.1
    assert set(day["language"].to_pylist()) == {"en", "es", "zh", "vi", "ht"}


def test_fewer_visits_reach_each_step_than_the_one_before(day: pa.Table) -> None:
    steps = [row["step"] for row in day.select(["name", "step"]).to_pylist()
             if row["name"] == "step"]  # fmt: skip
    reached = [
        steps.count(each)
        for each in ("who-you-are", "your-address", "your-papers", "check-and-send")
    ]
    finished = day["kind"].to_pylist().count("transaction_complete")

    assert reached == sorted(reached, reverse=True)
    assert reached[1] > 1.2 * reached[2]
    assert reached[3] > finished > 100


def test_weekends_are_quieter() -> None:
    assert weight(MONDAY) > 2 * weight(MONDAY - timedelta(1))


def test_its_days_are_as_sorting_leaves_them_and_today_as_sealing_does(lake: Lake) -> None:
    files = described(lake)["files"]

    assert files > WEEK + 60
    assert compact(lake, MONDAY) == []
    assert described(lake)["files"] == WEEK + 1  # today's are joined


def test_every_question_that_is_measured_has_an_answer(lake: Lake) -> None:
    engine = DuckDB(lake)

    for name, (sql, about) in asked(MONDAY).items():
        assert engine.answer(sql, **about), name


def test_times_are_kept_as_differences_and_nothing_unique_in_a_dictionary(lake: Lake) -> None:
    path = next(Path(lake.uri).rglob("day=2026-11-20/*.parquet"))
    group = pq.ParquetFile(path).metadata.row_group(0)
    written = {group.column(at).path_in_schema: group.column(at).encodings for at in range(21)}

    assert "DELTA_BINARY_PACKED" in written["at"]
    assert "DELTA_BINARY_PACKED" in written["received"]
    assert "RLE_DICTIONARY" not in written["id"]
    assert "RLE_DICTIONARY" in written["page"]
    assert datetime.fromtimestamp(0, UTC) < pq.read_table(path, partitioning=None)["at"][0].as_py()
