"""The Delta table of events: opened or created, appended to, told apart by version."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints
from urllib.parse import unquote

from cx280.lake.columns import COLUMNS, EventRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from deltalake import DeltaTable, WriterProperties

EVENTS = "events"
# Of the same columns: events in which personal data was found, cleaned and kept apart.
HELD = "held"
TIMES = ("at", "received")
# The latest microsecond that a calendar day can be written for: the end of the year 9999.
_LAST = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()) * 1_000_000
_SETTINGS = {
    # A commit every two seconds would leave a million log files with the usual 30 days; with one
    # day, 43,000, and to list them took half a second of each commit. Nothing reads so far back.
    "delta.logRetentionDuration": "interval 2 hours",
    "delta.enableExpiredLogCleanup": "true",
    # How long replaced files stay for those who still read them.
    "delta.deletedFileRetentionDuration": "interval 1 hours",
}


class Lake:
    """The table `events` at an address: a folder of this machine or `s3://bucket/prefix`.

    With `name`, another table of the same columns (`HELD`); engines call that one `events` too.

    Storage options of S3 come from the environment (`AWS_ENDPOINT_URL`, `AWS_REGION`, …). Created
    when first opened. May be shared by threads; each process opens its own.
    """

    def __init__(self, address: str | Path, name: str = EVENTS) -> None:
        self.address, self.name = str(address), name
        self.is_remote = "://" in self.address
        if not self.is_remote:
            self.address = str(Path(self.address).resolve())
        self.uri = f"{self.address.rstrip('/')}/{name}"
        self.storage = storage_options() if self.is_remote else {}
        self._table: DeltaTable | None = None
        self._lock = RLock()

    def exists(self) -> bool:
        """Whether the table is there; asking does not make it."""
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(self.uri, self.storage)

    def table(self) -> DeltaTable:
        """The table as it is now; columns that this version has added are merged in."""
        with self._lock:
            if self._table is None:
                self._table = self._open()
            else:
                self._table.update_incremental()
            return self._table

    def snapshot(self) -> DeltaTable:
        """The table as it is now in an object of its own, which nobody else moves on."""
        from deltalake import DeltaTable

        self.table()
        return DeltaTable(self.uri, storage_options=self.storage)

    def version(self) -> int:
        """The number of the newest version of the table."""
        return self.table().version()

    def handed_over(self, app: str) -> int:
        """The last version that an app has handed over, -1 where it has never."""
        last = self.table().transaction_version(app)
        return -1 if last is None else last

    def all_handed_over(self) -> dict[str, int]:
        """The last version of every app, from one reading of the log: asked of delta-rs one by one,
        each would read all of it.
        """
        from deltalake.fs import DeltaStorageHandler
        from pyarrow import fs, parquet

        self.table()
        store = fs.PyFileSystem(DeltaStorageHandler(self.uri, self.storage))
        names = sorted(each.path for each in store.get_file_info(fs.FileSelector("_delta_log")))
        whole = [each for each in names if ".checkpoint" in each and each.endswith(".parquet")]
        last = _number(whole[-1]) if whole else -1
        found: list[dict[str, Any]] = []
        for name in (each for each in whole if _number(each) == last):
            with store.open_input_file(name) as file:
                found += parquet.read_table(file, columns=["txn"])["txn"].drop_null().to_pylist()
        for name in (each for each in names if each.endswith(".json") and _number(each) > last):
            with store.open_input_stream(name) as file:
                lines = file.read().splitlines()
            found += [json.loads(line)["txn"] for line in lines if line.startswith(b'{"txn"')]
        return {each["appId"]: each["version"] for each in found if each["appId"]}

    def append(self, rows: pa.Table, handing_over: Mapping[str, int] | None = None) -> None:
        """Adds rows (see `arrow_of`) in one commit, with the app versions it hands over.

        When it returns the rows are on the disk, not only in the system's memory.
        """
        from deltalake import CommitProperties, Transaction, write_deltalake

        apps = [Transaction(app, version) for app, version in (handing_over or {}).items()]
        with self._lock:
            table = self.table()
            before = table.version()
            write_deltalake(
                table,
                rows,
                mode="append",
                schema_mode="merge",
                writer_properties=writer(),
                commit_properties=CommitProperties(app_transactions=apps or None),
            )
            self._settle(before)

    def _settle(self, before: int) -> None:
        """Waits for the disk: delta-rs does not, and a power cut would take what was handed over.

        Covers every commit since `before`, other writers' too, as ours may be any of them.
        """
        if self.is_remote:
            return
        log = Path(self.uri) / "_delta_log"
        for version in range(before + 1, self.version() + 1):
            commit = log / f"{version:020}.json"
            for line in commit.read_bytes().splitlines():
                added = json.loads(line).get("add")
                if added and (file := Path(self.uri) / unquote(added["path"])).exists():
                    _reach_the_disk(file)
            _reach_the_disk(commit)

    def _open(self) -> DeltaTable:
        from deltalake import DeltaTable

        if not self.is_remote:
            Path(self.uri).mkdir(parents=True, exist_ok=True)
        found = DeltaTable.create(
            self.uri,
            schema(),
            mode="ignore",
            partition_by=["day"],
            configuration=_SETTINGS,
            storage_options=self.storage,
        )
        self._add_new_columns(found)
        self._keep_settings(found)
        return found

    def _keep_settings(self, found: DeltaTable) -> None:
        """A table that an earlier version made gets the settings of this one."""
        from deltalake.exceptions import CommitFailedError

        kept = found.metadata().configuration
        if new := {name: each for name, each in _SETTINGS.items() if kept.get(name) != each}:
            with suppress(CommitFailedError):  # another process just did the same
                found.alter.set_table_properties(new)

    def _add_new_columns(self, found: DeltaTable) -> None:
        from deltalake import Schema

        kept = {each.name for each in found.schema().fields}
        new = [each for each in Schema.from_arrow(schema()).fields if each.name not in kept]
        if new:
            found.alter.add_columns(new)


def _reach_the_disk(file: Path) -> None:
    for each in (file, file.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _number(log_file: str) -> int:
    """The version that a file of the log leads to; -1 of files that lead to none."""
    number = log_file.rsplit("/", 1)[-1].split(".", 1)[0]
    return int(number) if number.isdecimal() else -1


def storage_options() -> dict[str, str]:
    """What AWS_* says in the environment; plain HTTP only where the endpoint is written so."""
    found = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    if found.get("AWS_ENDPOINT_URL", "").startswith("http://"):
        found.setdefault("AWS_ALLOW_HTTP", "true")
    return found


def writer() -> WriterProperties:
    """How files are written: zstd, row groups small enough that one service reads few of them.

    Times are kept as differences: in sorted days those are small, and half as dear to read. What
    hardly ever comes twice gets no dictionary: it would hold every value and then be given up.
    """
    from deltalake import ColumnProperties, WriterProperties

    alone = ColumnProperties(dictionary_enabled=False)
    moment = ColumnProperties(dictionary_enabled=False, encoding="DELTA_BINARY_PACKED")
    return WriterProperties(
        compression="ZSTD",
        compression_level=3,
        max_row_group_size=131_072,
        column_properties={"id": alone, "visitor": alone} | dict.fromkeys(TIMES, moment),
    )


def schema() -> pa.Schema:
    """The columns of `EventRow` and `day`, all nullable, so that a later version may add some."""
    import pyarrow as pa

    types = get_type_hints(EventRow)
    fields = [pa.field(name, _arrow_type(name, types[name])) for name in COLUMNS]
    return pa.schema([*fields, pa.field("day", pa.date32())])


def files_of(table: DeltaTable) -> pa.Table:
    """A row for each file of that version: path, num_records, size_bytes, partition.day, and what
    is known of its columns.

    Read as a stream: `pa.table` would load pandas first where it is, a quarter of a second, 40 MB.
    """
    import pyarrow as pa

    found: Any = table.get_add_actions(flatten=True)
    return pa.RecordBatchReader.from_stream(found).read_all()


def arrow_of(rows: Sequence[EventRow]) -> pa.Table:
    """The rows with `day`, the UTC day of `at`.

    A time that no calendar has (before 1970, after 9999) becomes the time of receipt, else the
    first day of 1970, and the row is marked as skewed: it lands, it is never refused.
    """
    import pyarrow as pa
    from msgspec.structs import astuple

    placed = [each if 0 <= each.at <= _LAST else _placed(each) for each in rows]
    columns: list[Any] = list(zip(*map(astuple, placed), strict=True)) or [()] * len(COLUMNS)
    target = schema()
    arrays = [pa.array(values, target.field(i).type) for i, values in enumerate(columns)]
    days = arrays[COLUMNS.index("at")].cast(pa.date32())
    return pa.Table.from_arrays([*arrays, days], schema=target)


def day_of(micros: int) -> date:
    """The UTC day of a time in microseconds."""
    return datetime.fromtimestamp(micros / 1_000_000, UTC).date()


def _placed(row: EventRow) -> EventRow:
    from msgspec.structs import replace

    received = row.received if 0 <= row.received <= _LAST else 0
    return replace(row, at=received, received=received, skewed=True)


def _arrow_type(name: str, hint: object) -> pa.DataType:
    import pyarrow as pa

    if name in TIMES:
        return pa.timestamp("us", tz="UTC")
    kind = next((each for each in get_args(hint) if each is not NoneType), hint)
    types: dict[object, Any] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    return types[kind]
