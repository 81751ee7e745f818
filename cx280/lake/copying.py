"""A proven copy of the lake's tables, and the way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from cx280.kernel.problem import Unusable
from cx280.lake.counts import COUNTS, CountRow, Counts
from cx280.lake.keeping import kept_files, reading
from cx280.lake.tables import HELD, Lake

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from pyarrow.fs import FileSystem

LOG = "_delta_log"
# Versions tried until a copy is whole before its files are forgotten or vacuumed.
_TRIES = 3
_BY_DAY = "SELECT day, count(*), bit_xor(hash(site, id, events.at)) FROM events GROUP BY day"
_NAMES = ", ".join(f'"{each}"' for each in CountRow._fields)
_COUNTS = f"SELECT count(*), bit_xor(hash({_NAMES})) FROM counts"  # noqa: S608  # our own names
Days = Mapping[date, tuple[int, int]]
T = TypeVar("T")
Seen = Callable[[int], None]  # is told how many bytes were copied since the last time


def _nobody(_: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of one table: the version copied, its rows and bytes, the rows of each day."""

    version: int
    events: int
    bytes: int
    days: Mapping[date, int] = field(default_factory=dict)


def copy_to(lake: Lake, folder: Path, seen: Seen = _nobody) -> Copy:
    """Copies the newest version of the table into `folder`, whole or not at all; what was copied.

    `Lake(folder)` opens the copy, which knows what the buffer has handed over. Each day is
    compared by count and by the ids themselves; a difference raises `Unusable`. Files that are
    forgotten while they are copied are not in the copy: a newer version is then taken.
    """

    def proven(draft: Path) -> tuple[DeltaTable, Days]:
        table = lake.snapshot()
        _copy_files(table, lake, draft / lake.name, seen)
        mine, copy = _days_of(table, lake), Lake(draft, lake.name)
        if mine != _days_of(copy.snapshot(), copy):
            raise Unusable("The copy differs from the table; it was not kept.")
        return table, mine

    table, days = _whole_or_not(folder, lake.name, proven)
    by_day = {day: count for day, (count, _) in sorted(days.items())}
    return Copy(table.version(), sum(by_day.values()), _bytes_below(folder / lake.name), by_day)


def copy_counts(counts: Counts, folder: Path, seen: Seen = _nobody) -> Copy:
    """The same for the table `counts`, compared as a whole."""

    def proven(draft: Path) -> tuple[DeltaTable, int]:
        table, copy = counts.snapshot(), Counts(draft)
        _copy_files(table, counts, draft / COUNTS, seen)
        mine = _sum_of(table)
        if mine != _sum_of(copy.snapshot()):
            raise Unusable("The copy differs from the table; it was not kept.")
        return table, mine[0]

    table, rows = _whole_or_not(folder, COUNTS, proven)
    return Copy(table.version(), rows, _bytes_below(folder / COUNTS))


def events_by_day(lake: Lake) -> dict[date, int]:
    """How many events each day has; {} where there is no table."""
    if not lake.exists():
        return {}
    return {day: count for day, (count, _) in sorted(_days_of(lake.snapshot(), lake).items())}


def count_rows(counts: Counts) -> int:
    """How many numbers are kept; 0 where there is no table."""
    return _sum_of(counts.snapshot())[0] if counts.exists() else 0


def is_empty(address: str | Path) -> bool:
    """Whether no table of the lake is at that address."""
    tables = (Lake(address), Lake(address, HELD), Counts(address))
    return not any(each.exists() for each in tables)


def bring_back(copy: Path, address: str | Path, seen: Seen = _nobody) -> None:
    """Puts a copy where nothing is: `s3://…`, or a folder of this machine.

    The log goes last and its oldest entry at the very end, so that a table which is not whole
    cannot be opened. Raises `Unusable` where there is a lake already.
    """
    from deltalake._internal import DeltaFileSystemHandler

    if not is_empty(address):
        raise Unusable(
            f"There is a lake at {address} already; a copy goes where nothing is.",
            fix="Set CX280_LAKE to another folder or prefix.",
        )
    for table in sorted(each for each in copy.iterdir() if each.is_dir()):
        lake = Lake(address, table.name)
        if not lake.is_remote:
            Path(lake.uri).mkdir(parents=True, exist_ok=True)
        # Not through pyarrow, whose buffers this store does not take.
        store = DeltaFileSystemHandler(lake.uri, lake.storage)
        for name in _log_last(table):
            with (table / name).open("rb") as source:
                target = store.open_output_stream(name)
                shutil.copyfileobj(source, target, 1 << 20)
                target.close()  # type: ignore[attr-defined]  # its stub forgets it
            seen((table / name).stat().st_size)


def _log_last(table: Path) -> list[str]:
    names = {str(each.relative_to(table)) for each in table.rglob("*") if each.is_file()}
    log = {each for each in names if each.startswith(f"{LOG}/")}
    return sorted(names - log) + sorted(log, reverse=True)


def _whole_or_not(folder: Path, name: str, make: Callable[[Path], T]) -> T:
    """What `make` gives; the table it drafted then stands in the folder, else nothing does."""
    import duckdb

    target = folder / name
    if target.exists():
        raise Unusable(f"There is something at {target} already; a copy goes where nothing is.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as made:
        for _ in range(_TRIES):
            try:
                done = make(Path(made))
            except (FileNotFoundError, duckdb.IOException):
                continue  # forgotten or vacuumed since this version was looked at
            folder.mkdir(exist_ok=True)
            (Path(made) / name).rename(target)
            return done
    raise Unusable(
        "The lake changes faster than it can be copied.", fix="Try again in a few minutes."
    )


def _copy_files(table: DeltaTable, kept: Lake | Counts, target: Path, seen: Seen) -> None:
    """The files of this version and the log that leads to it, and nothing else, in `target`."""
    from pyarrow import fs

    store = _store(kept)
    log = [each.path for each in store.get_file_info(fs.FileSelector(LOG))]
    wanted = {unquote(each["path"]) for each in kept_files(table)}
    wanted |= {each for each in log if _leads_to(PurePosixPath(each).name, table.version())}
    for each in target.rglob("*"):  # of a version that was given up
        if each.is_file() and str(each.relative_to(target)) not in wanted:
            each.unlink()
    for name in sorted(wanted):
        if not (target / name).exists():
            _copy_file(store, name, target / name)
            seen((target / name).stat().st_size)


def _copy_file(store: FileSystem, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    with store.open_input_stream(name) as source, draft.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    draft.rename(target)


def _store(kept: Lake | Counts) -> FileSystem:
    from deltalake.fs import DeltaStorageHandler
    from pyarrow import fs

    return fs.PyFileSystem(DeltaStorageHandler(kept.uri, kept.storage))


def _leads_to(name: str, version: int) -> bool:
    """Whether a file of the log is a commit or checkpoint up to that version."""
    number = name.split(".", 1)[0]
    return number.isdecimal() and int(number) <= version


def _days_of(table: DeltaTable, lake: Lake) -> dict[date, tuple[int, int]]:
    """Events of each day, and a number that changes when an id does."""
    with reading(table, lake) as database:
        found = database.execute(_BY_DAY).fetchall()
    return {day: (count, check) for day, count, check in found}


def _sum_of(table: DeltaTable) -> tuple[int, int]:
    """How many rows there are, and a number that changes when one does."""
    import duckdb

    with duckdb.connect() as database:
        database.register("counts", table.to_pyarrow_dataset())
        found = database.execute(_COUNTS).fetchall()
    return found[0][0], found[0][1]


def _bytes_below(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
