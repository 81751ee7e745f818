"""The engines that read the lake: one query, written in the SQL of DuckDB, for all of them."""

from __future__ import annotations

import time
from tempfile import gettempdir
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote
from uuid import uuid4

from cx280.kernel.problem import Unusable
from cx280.lake.dialects import in_spark
from cx280.lake.tables import EVENTS, Lake, files_of, schema

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import DeltaTable
    from duckdb import DuckDBPyConnection
    from pyspark.sql import SparkSession

Rows = list[dict[str, object]]


class Engine(Protocol):
    """Whatever answers a query over the view `events`."""

    def answer(self, sql: str, **parameters: object) -> Rows:
        """The rows, each by column name; `$name` in the query takes the parameter `name`."""
        ...


class DuckDB:
    """Answers in this process, from memory, over the files of the newest version of the table.

    Never a DuckDB database file: it would lock every other process out. An answer is at most
    `fresh_seconds` older than the table. May be shared by threads.
    """

    def __init__(
        self, lake: Lake, *, fresh_seconds: float = 1.0, memory: str = "1GB", threads: int = 2
    ) -> None:
        self.lake = lake
        self._fresh_seconds = fresh_seconds
        self._settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "threads": threads,
        }
        self._lock = Lock()
        self._database: DuckDBPyConnection | None = None
        self._dataset: object = None
        self._version = -1
        self._looked = -float("inf")

    def answer(self, sql: str, **parameters: object) -> Rows:
        """The rows; times are in UTC. Write `events.at` or `"at"`: bare, it is a word of the SQL.

        Files vacuumed away meanwhile are looked up anew, once.
        """
        import duckdb

        try:
            return self._ask(sql, parameters, anew=False)
        except duckdb.IOException:
            return self._ask(sql, parameters, anew=True)

    def _ask(self, sql: str, parameters: dict[str, object], *, anew: bool) -> Rows:
        with self._lock:
            cursor = self._current(anew).cursor()
            if self._dataset is not None:
                cursor.register(EVENTS, self._dataset)
        try:
            cursor.execute("SET TimeZone = 'UTC'")
            found = cursor.execute(sql, parameters or None)
            names = [each[0] for each in found.description or []]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            cursor.close()

    def _opened(self) -> DuckDBPyConnection:
        """An empty database in memory, whose queries reach the lake and nothing else."""
        import duckdb

        database = duckdb.connect(":memory:", config=self._settings)
        # What memory cannot hold goes there; by itself DuckDB would use the folder it runs in.
        database.execute("SET temp_directory = ?", [f"{gettempdir()}/cx280-{uuid4().hex}"])
        database.execute("SET parquet_metadata_cache = true")
        if not self.lake.is_remote:
            database.execute("SET allowed_directories = ?", [[self.lake.uri]])
        database.execute("SET enable_external_access = false")
        return database

    def _current(self, anew: bool) -> DuckDBPyConnection:
        if self._database is None:
            self._database = self._opened()
        now = time.monotonic()
        if anew or now - self._looked >= self._fresh_seconds:
            table = self.lake.table()
            if anew or table.version() != self._version:
                self._dataset = look_at(table, self._database, self.lake)
                self._version = table.version()
            self._looked = now
        return self._database


class SparkConnect:
    """Answers from a cluster that speaks Spark Connect: Databricks, EMR, Apache Spark, Sail.

    `address` is `sc://host:port` with what Spark's client takes after it (`/;token=…`). The
    cluster reads the table at the lake's address, which it must reach, or, where the platform
    knows the table by a name of its catalog, at `table`. Needs the package `pyspark-client`.
    """

    def __init__(self, lake: Lake, address: str, *, table: str = "") -> None:
        self.lake = lake
        self.address = address
        self._table = table
        self._lock = Lock()
        self._session: SparkSession | None = None
        self._version = -1

    def answer(self, sql: str, **parameters: object) -> Rows:
        """The rows, equal to those of `DuckDB`; floats to the last few bits."""
        with self._lock:
            found = self._current().sql(in_spark(sql, parameters))
        return [dict(row) for row in found.toArrow().to_pylist()]

    def close(self) -> None:
        """Ends the session on the cluster."""
        with self._lock:
            if self._session is not None:
                self._session.stop()
                self._session = None

    def _current(self) -> SparkSession:
        import warnings

        # No frame of pandas is made here, so what Spark's client thinks of its version is noise.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        from pyspark.sql import SparkSession

        if self._session is None:
            self._session = SparkSession.builder.remote(self.address).create()
            self._session.conf.set("spark.sql.session.timeZone", "UTC")
            self._version = -1
        version = self.lake.version()
        if version != self._version:
            self._look(self._session)
            self._version = version
        return self._session

    def _look(self, session: SparkSession) -> None:
        if self._table:
            found = session.read.table(self._table)
        else:
            found = session.read.format("delta").load(self.lake.uri)
        found.createOrReplaceTempView(EVENTS)


def engine(lake: Lake, address: str = "duckdb") -> Engine:
    """The engine that `CX280_ENGINE` names: `duckdb`, or `sc://host:port` of a cluster."""
    if address == "duckdb":
        return DuckDB(lake)
    if address.startswith("sc://"):
        return SparkConnect(lake, address)
    raise Unusable(f"The engine is “duckdb” or starts with “sc://”; “{address}” is neither.")


def look_at(table: DeltaTable, database: DuckDBPyConnection, lake: Lake) -> object:
    """Makes `events` in the database that version of the lake's table.

    What comes back, where it is not None, each cursor has to register as `events` for itself:
    object storage is read by delta-rs, so that no extension of DuckDB is downloaded.
    """
    kept = files_of(table)
    if lake.is_remote or not kept.num_rows:
        database.execute(f"DROP VIEW IF EXISTS {EVENTS}")
        return table.to_pyarrow_dataset() if kept.num_rows else schema().empty_table()
    # Not `file_uris`, which escapes the lake's own address too.
    files = [f"{lake.uri}/{unquote(each)}" for each in kept["path"].to_pylist()]
    source = _files(files, uniform=_is_uniform(table, kept))
    database.execute(f"CREATE OR REPLACE VIEW {EVENTS} AS SELECT * FROM {source}")  # noqa: S608
    return None


def _files(files: list[str], *, uniform: bool) -> str:
    names = ", ".join("'" + each.replace("'", "''") + "'" for each in files)
    union = "" if uniform else ", union_by_name = true"
    return f"read_parquet([{names}], hive_partitioning = true, hive_types = {{'day': DATE}}{union})"


def _is_uniform(table: DeltaTable, kept: pa.Table) -> bool:
    """Whether all files are known to have all columns: then no file is opened to ask for them."""
    columns = {each.name for each in table.schema().fields} - {"day"}
    counted = [f"null_count.{name}" for name in columns]
    return all(name in kept.column_names and kept[name].null_count == 0 for name in counted)
