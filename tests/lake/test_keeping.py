"""Sorted days, no waste, nothing longer than promised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from cx280.lake import engines, keeping
from cx280.lake.engines import DuckDB
from cx280.lake.keeping import compact, forget_before, sweep
from cx280.lake.tables import Lake, arrow_of
from tests.lake.rows import DAY, NOON, SECOND, event

LEAP, FIRST, SECOND_OF_MARCH = date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)
COUNT = "SELECT day, count(*) AS n FROM events GROUP BY day ORDER BY day"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Three days, two files each."""
    made = Lake(tmp_path / "a lake")
    for turn in range(2):
        made.append(
            arrow_of(
                [
                    event(
                        f"{turn}{n}",
                        NOON + (n % 3) * DAY - n * SECOND,
                        service=9 - n % 5,
                        flow=("", "renew", "apply")[n % 7 % 3],
                    )
                    for n in range(30)
                ]
            ),
            {"buffer-1": turn},
        )
    return made


def files(lake: Lake, day: date) -> list[Path]:
    """The files of a day in the newest version."""
    found = (Path(unquote(each)) for each in lake.table().file_uris())
    return [each for each in found if each.parent.name == f"day={day}"]


def test_a_day_that_is_over_becomes_one_file_sorted_by_service_flow_and_time(lake: Lake) -> None:
    assert compact(lake, SECOND_OF_MARCH) == [LEAP, FIRST]

    only, *others = files(lake, LEAP)
    table = pq.read_table(only, partitioning=None)
    columns = (table[name].to_pylist() for name in ("service", "flow", "at"))
    rows = list(zip(*columns, strict=True))
    assert len({flow for _, flow, _ in rows}) == 3
    assert (others, rows) == ([], sorted(rows))
    assert [each["n"] for each in DuckDB(lake).answer(COUNT)] == [20, 20, 20]


def test_the_files_of_today_are_joined(lake: Lake) -> None:
    compact(lake, SECOND_OF_MARCH)

    assert len(files(lake, SECOND_OF_MARCH)) == 1


def test_a_sorted_day_is_sorted_again_only_when_it_gained_events(lake: Lake) -> None:
    compact(lake, SECOND_OF_MARCH)
    assert compact(lake, SECOND_OF_MARCH) == []

    lake.append(arrow_of([event("late")]))

    assert compact(lake, SECOND_OF_MARCH) == [LEAP]
    assert len(files(lake, LEAP)) == 1


def test_events_that_come_while_a_day_is_sorted_are_kept(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = engines.look_at
    late = iter(range(100))

    def look_and_be_overtaken(*given: object, **more: object) -> object:
        if (number := next(late)) < 2:
            Lake(lake.address).append(arrow_of([event(f"late {number}")]))
        return look(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "look_at", look_and_be_overtaken)

    compact(lake, FIRST)

    assert DuckDB(lake).answer(COUNT)[0] == {"day": LEAP, "n": 22}
    assert len(files(lake, LEAP)) == 1


def test_a_day_others_keep_writing_is_left_for_the_next_run(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = engines.look_at

    def always_overtaken(*given: object, **more: object) -> object:
        Lake(lake.address).append(arrow_of([event("late")]))
        return look(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "look_at", always_overtaken)

    assert compact(lake, FIRST) == []
    assert DuckDB(lake).answer(COUNT)[0] == {"day": LEAP, "n": 23}


def test_what_was_handed_over_is_known_after_sorting(lake: Lake) -> None:
    compact(lake, SECOND_OF_MARCH)

    assert Lake(lake.address).handed_over("buffer-1") == 1


def test_sweeping_removes_only_what_no_version_names(lake: Lake) -> None:
    compact(lake, SECOND_OF_MARCH)
    before = len(list(Path(lake.uri).rglob("*.parquet")))

    assert sweep(lake) == 0  # replaced less than an hour ago: somebody may be reading

    assert sweep(lake, hours=0) == before - 3
    assert [each["n"] for each in DuckDB(lake).answer(COUNT)] == [20, 20, 20]


def test_an_answer_survives_the_removal_of_the_files_it_knew(lake: Lake) -> None:
    engine = DuckDB(lake, fresh_seconds=3600)
    engine.answer(COUNT)
    compact(lake, SECOND_OF_MARCH)
    sweep(lake, hours=0)

    assert [each["n"] for each in engine.answer(COUNT)] == [20, 20, 20]


def test_days_before_a_day_are_forgotten_from_the_disk_too(lake: Lake) -> None:
    compact(lake, SECOND_OF_MARCH)

    assert forget_before(lake, FIRST) == 20

    assert [each["day"] for each in DuckDB(lake).answer(COUNT)] == [FIRST, SECOND_OF_MARCH]
    assert list((Path(lake.uri) / f"day={LEAP}").glob("*.parquet")) == []
    assert forget_before(lake, FIRST) == 0


def test_an_empty_lake_has_nothing_to_sort(tmp_path: Path) -> None:
    assert compact(Lake(tmp_path / "empty"), SECOND_OF_MARCH) == []
