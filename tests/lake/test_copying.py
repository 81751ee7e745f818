"""A copy that is proven and whole or not there, and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

from cx280.kernel.problem import Unusable
from cx280.lake import copying
from cx280.lake.copying import bring_back, copy_counts, copy_to, events_by_day
from cx280.lake.counts import CountRow, Counts
from cx280.lake.engines import DuckDB
from cx280.lake.keeping import compact, forget_before
from cx280.lake.tables import Lake, arrow_of
from tests.lake.rows import DAY, NOON, SECOND, event

LEAP, SECOND_OF_MARCH = date(2024, 2, 29), date(2024, 3, 2)
COUNT = "SELECT day, count(*) AS n FROM events GROUP BY day ORDER BY day"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Three days, two files each."""
    made = Lake(tmp_path / "a lake")
    for turn in range(2):
        rows = [event(f"{turn}{n}", NOON + (n % 3) * DAY - n * SECOND) for n in range(30)]
        made.append(arrow_of(rows), {"buffer-1": turn})
    return made


def test_a_copy_opens_as_a_lake_and_knows_what_was_handed_over(lake: Lake, tmp_path: Path) -> None:
    made = copy_to(lake, tmp_path / "backups/one")

    copy = Lake(tmp_path / "backups/one")
    assert DuckDB(copy).answer(COUNT) == DuckDB(lake).answer(COUNT)
    assert (made.events, made.version, copy.handed_over("buffer-1")) == (60, lake.version(), 1)


def test_a_copy_holds_the_files_of_one_version_only(lake: Lake, tmp_path: Path) -> None:
    compact(lake, SECOND_OF_MARCH)

    copy_to(lake, tmp_path / "copy")

    assert len(list((tmp_path / "copy").rglob("day=*/*.parquet"))) == 3


def test_a_copy_that_differs_is_not_kept(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter([{LEAP: (20, 1)}, {LEAP: (20, 2)}])
    monkeypatch.setattr(copying, "_days_of", lambda *_: next(days))

    with pytest.raises(Unusable, match="differs"):
        copy_to(lake, tmp_path / "copy")

    assert sorted(each.name for each in tmp_path.iterdir()) == ["a lake"]


def test_a_copy_never_overwrites(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="already"):
        copy_to(lake, Path(lake.address))


def test_a_copy_without_a_checkpoint_pointer_opens_past_a_hundred_commits(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    for number in range(103):
        lake.append(arrow_of([event(str(number), NOON + number)]))

    made = copy_to(lake, tmp_path / "copy")

    assert made.events == 103
    assert DuckDB(Lake(tmp_path / "copy")).answer(COUNT) == [{"day": LEAP, "n": 103}]


def test_a_day_forgotten_while_it_is_copied_is_not_in_the_copy(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_file = copying._copy_file
    forgotten = iter([lambda: forget_before(lake, date(2024, 3, 1))])

    def forget_first(*given: Any) -> None:
        next(forgotten, lambda: 0)()
        copy_file(*given)

    monkeypatch.setattr(copying, "_copy_file", forget_first)

    made = copy_to(lake, tmp_path / "copy")

    assert (made.events, min(made.days)) == (40, date(2024, 3, 1))
    assert [str(each) for each in (tmp_path / "copy").rglob(f"day={LEAP}/*")] == []


def test_a_copy_goes_back_to_where_nothing_is_and_goes_on(lake: Lake, tmp_path: Path) -> None:
    copy_to(lake, tmp_path / "copy")

    bring_back(tmp_path / "copy", tmp_path / "new")

    back = Lake(tmp_path / "new")
    assert events_by_day(back) == events_by_day(lake)
    assert back.handed_over("buffer-1") == 1
    back.append(arrow_of([event("one more")]))
    assert sum(events_by_day(back).values()) == 61
    with pytest.raises(Unusable, match="already"):
        bring_back(tmp_path / "copy", tmp_path / "new")


def test_a_table_half_brought_back_cannot_be_opened(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_to(lake, tmp_path / "copy")
    files = sum(each.is_file() for each in (tmp_path / "copy").rglob("*"))
    seen: list[int] = []

    def killed_before_the_last(size: int) -> None:
        seen.append(size)
        if len(seen) == files - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_back(tmp_path / "copy", tmp_path / "new", killed_before_the_last)

    with pytest.raises(Exception, match=r"(?i)version|log|table"):
        DeltaTable(str(tmp_path / "new/events"))


def test_numbers_that_others_counted_are_copied_too(tmp_path: Path) -> None:
    counts = Counts(tmp_path / "lake")
    counts.replace([CountRow("site", "devices", "2026-01-01", "device", "phone", "visits", 12)])

    made = copy_counts(counts, tmp_path / "copy")

    assert (made.events, Counts(tmp_path / "copy").read("site")) == (1, counts.read("site"))
