"""A lake in a store that speaks S3: the same hand-over, the same answers, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from deltalake import CommitProperties, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from cx280.lake.copying import bring_back, copy_to, events_by_day
from cx280.lake.engines import DuckDB, SparkConnect
from cx280.lake.keeping import compact, forget_before, sweep
from cx280.lake.sealing import Sealed, seal
from cx280.lake.tables import Lake, arrow_of
from tests.lake.rows import DAY, NOON, event, lines
from tests.lake.servers import object_store, sail

QUERY = """
SELECT day, kind, count(*) AS n, median(value) AS middle FROM events
WHERE service = $service GROUP BY day, kind ORDER BY day, kind"""


@pytest.fixture(scope="module", autouse=True)
def store() -> Iterator[None]:
    with object_store("lakes") as settings, pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def lake(request: pytest.FixtureRequest) -> Lake:
    """An empty lake of the test's own."""
    return Lake(f"s3://lakes/{request.node.name}")


def test_the_buffer_is_sealed_into_the_store_once(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "buffer/a/000000000001.log"
    path.parent.mkdir(parents=True)
    content = lines(event("1"), event("2", NOON + 1), event("1"))
    path.write_bytes(content)
    assert seal(tmp_path / "buffer", lake) == Sealed(events=2, files=1, repeated=1)
    path.write_bytes(content)

    assert seal(tmp_path / "buffer", lake) == Sealed(known=1)
    assert DuckDB(lake).answer("SELECT count(*) AS n FROM events") == [{"n": 2}]


def test_of_two_that_hand_over_the_same_the_store_refuses_one(lake: Lake) -> None:
    lake.append(arrow_of([event("0")]))
    slow = lake.snapshot()
    lake.append(arrow_of([event("1")]), {"buffer-1": 1})

    with pytest.raises(CommitFailedError):
        write_deltalake(
            slow,
            arrow_of([event("1")]),
            mode="append",
            commit_properties=CommitProperties(app_transactions=[Transaction("buffer-1", 1)]),
        )


def test_both_engines_read_the_store_and_answer_alike(lake: Lake) -> None:
    rows = [event(str(n), NOON + n * DAY // 9, value=n / 7, service=n % 2) for n in range(40)]
    lake.append(arrow_of(rows))

    here = DuckDB(lake).answer(QUERY, service=1)

    with sail() as address:
        spark = SparkConnect(lake, address)
        there = spark.answer(QUERY, service=1)
        spark.close()
    assert len(here) == 5
    assert [each["n"] for each in here] == [each["n"] for each in there]
    assert [each["middle"] for each in here] == pytest.approx([each["middle"] for each in there])


def test_the_store_is_kept_in_order_and_copied_out(lake: Lake, tmp_path: Path) -> None:
    for turn in range(2):
        lake.append(arrow_of([event(f"{turn}{n}", NOON + n * DAY) for n in range(3)]))

    assert len(compact(lake, date(2024, 3, 2))) == 2
    assert forget_before(lake, date(2024, 3, 1)) == 2
    sweep(lake, hours=0)

    assert copy_to(lake, tmp_path / "copy").events == 4
    assert DuckDB(Lake(tmp_path / "copy")).answer("SELECT count(*) AS n FROM events") == [{"n": 4}]
    bring_back(tmp_path / "copy", f"{lake.address}-again")
    assert events_by_day(Lake(f"{lake.address}-again")) == events_by_day(lake)
