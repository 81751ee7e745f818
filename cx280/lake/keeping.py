"""Keeps the table in order: sorted days, no waste, nothing longer than promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from cx280.kernel.problem import Unusable
from cx280.lake.engines import look_at
from cx280.lake.tables import EVENTS, Lake, files_of, writer

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from duckdb import DuckDBPyConnection

# Memory for sorting a day; the rest is sorted on the disk, which takes a fifth longer.
_SORTING = "256MB"
# Bytes of a file of a sorted day: few to open, and small, as one is in memory until it is whole.
_FILE_BYTES = 128 * 1024 * 1024
# Of a file of today: joined every few minutes, so what is joined again and again stays small.
_TODAY_BYTES = 64 * 1024 * 1024
# Tries until another writer of the same day is given way to.
_TRIES = 3
# Hours after which a file that no commit names was left by a writer that was killed.
_ORPHANED_HOURS = 24
_DAY = "SELECT * FROM events WHERE day = DATE"
T = TypeVar("T")


def compact(lake: Lake, today: date) -> list[date]:
    """Rewrites the days before `today` that gained rows, sorted; which those were.

    By service, flow and time: one service's week is then a few row groups, and a funnel opens only
    the pages of its flow, which took a third off it. Today's small files are joined unsorted, which
    never stands in the way of the sealer; meant for every five minutes, as three hundred small
    files made an answer ten times slower. Readers go on with the files they have. A day that
    another writer touches meanwhile is tried again and then left for the next run.
    """
    lake.table().optimize.compact(
        [("day", "=", today.isoformat())], target_size=_TODAY_BYTES, writer_properties=writer()
    )
    return [day for day in _unsorted_days(lake, today) if _sort(day, lake)]


def sorted_mark(day: date) -> str:
    """The app whose version says how many rows of a day are sorted, in the table's transactions."""
    return f"sorted-{day}"


def sweep(lake: Lake, *, hours: int = 1) -> int:
    """Removes files that no version of the last hours names; how many.

    Backups and long queries take less than that; an answer that finds a file gone asks anew.
    """
    old = lake.snapshot().vacuum(hours, dry_run=False, enforce_retention_duration=False)
    orphans = lake.snapshot().vacuum(
        max(hours, _ORPHANED_HOURS), dry_run=False, enforce_retention_duration=False, full=True
    )
    return len(old) + len(orphans)


def forget_before(lake: Lake, day: date, *, site: str = "") -> int:
    """Removes every event of the days before `day`, from the disk too; how many there were.

    With `site`, only that site's. Without, whole files go, so nothing is rewritten. The log of
    versions, which names the least and most of each column, keeps one day more. Copies made
    earlier are forgotten by whoever keeps them.
    """
    if site and not site.isalnum():
        raise Unusable(f"“{site}” is not the key of a site.")
    which = f"day < '{day.isoformat()}'" + (f" AND site = '{site}'" if site else "")
    gone = _with_tries(lambda: lake.snapshot().delete(which))
    count = int(gone["num_deleted_rows"])
    if count:
        lake.snapshot().vacuum(0, dry_run=False, enforce_retention_duration=False)
        table = lake.snapshot()
        table.create_checkpoint()
        table.cleanup_metadata()
    return count


def _unsorted_days(lake: Lake, today: date) -> list[date]:
    """Days before today whose rows are not those that were there when it was sorted."""
    rows: dict[date, int] = {}
    for each in kept_files(lake.table()):
        day = each["partition.day"]
        rows[day] = rows.get(day, 0) + each["num_records"]
    of_sorted = lake.all_handed_over()
    return [
        day
        for day, count in sorted(rows.items())
        if day < today and of_sorted.get(sorted_mark(day)) != count
    ]


def _sort(day: date, lake: Lake) -> bool:
    """Whether the day was rewritten; not where other writers kept coming."""
    from deltalake.exceptions import CommitFailedError

    try:
        _with_tries(lambda: _sort_once(day, lake))
    except CommitFailedError:
        return False
    return True


def _sort_once(day: date, lake: Lake) -> None:
    """Reads and replaces one and the same version: rows that come between make the commit fail."""
    from deltalake import CommitProperties, Transaction, write_deltalake

    table = lake.snapshot()
    count = sum(a["num_records"] for a in kept_files(table) if a["partition.day"] == day)
    with reading(table, lake) as database:
        ordered = database.sql(f"{_DAY} '{day}' ORDER BY service, flow, events.at, id")
        write_deltalake(
            table,
            ordered.to_arrow_reader(65_536),
            mode="overwrite",
            predicate=f"day = '{day}'",
            target_file_size=_FILE_BYTES,
            writer_properties=writer(),
            commit_properties=CommitProperties(
                app_transactions=[Transaction(sorted_mark(day), count)]
            ),
        )


@contextmanager
def reading(table: DeltaTable, lake: Lake) -> Iterator[DuckDBPyConnection]:
    """A database that reads exactly this version, and sorts on the disk what memory cannot hold."""
    import duckdb

    with (
        TemporaryDirectory(prefix="cx280-sort-") as spill,
        duckdb.connect(config={"memory_limit": _SORTING, "temp_directory": spill}) as database,
    ):
        database.execute("SET TimeZone = 'UTC'")
        dataset = look_at(table, database, lake)
        if dataset is not None:
            database.register(EVENTS, dataset)
        yield database


def _with_tries(work: Callable[[], T]) -> T:
    """What `work` gives; done again where another writer came between, three times in all."""
    from deltalake.exceptions import CommitFailedError

    for _ in range(_TRIES - 1):
        with suppress(CommitFailedError):
            return work()
    return work()


def kept_files(table: DeltaTable) -> list[dict[str, Any]]:
    """The files of a version, each with its path, rows, and least and most of each column."""
    return list(files_of(table).to_pylist())
