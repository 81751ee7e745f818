"""Copies the system of record while others write to it, and brings it back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cx280.kernel.problem import Unusable
from cx280.site.backup.manifest import Record

if TYPE_CHECKING:
    from psycopg import Connection

Seen = Callable[[int], None]
SQLITE, POSTGRESQL = "cx280.sqlite3", "record.dump"
_PAGES = 4096
_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def engine_of(database: dict[str, Any]) -> str:
    """`sqlite` or `postgresql`, of an entry of Django's DATABASES."""
    return str(database["ENGINE"]).rpartition(".")[2].removesuffix("3")


def copy_record(database: dict[str, Any], folder: Path, seen: Seen) -> Record:
    """Copies the record into the folder as it is at one moment; what is in it."""
    if engine_of(database) == "sqlite":
        return copy_sqlite(Path(database["NAME"]), folder / SQLITE, seen)
    return copy_postgresql(database, folder / POSTGRESQL, seen)


def copy_sqlite(source: Path, target: Path, seen: Seen) -> Record:
    """A copy of one moment of a SQLite record, checked page by page."""
    if not source.exists():
        raise Unusable(f"There is no record at {source}.", fix="Set CX280_DATA to where it is.")
    with closing(sqlite3.connect(source, isolation_level=None)) as live:
        # Held open, so that what others write does not make the copy begin again and again.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target)) as copy:
            size = int(live.execute("PRAGMA page_size").fetchone()[0])
            live.backup(copy, pages=_PAGES, progress=lambda *_: seen(_PAGES * size))
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
            if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise Unusable(f"The record is damaged and was not copied: {said}.")
    return read_sqlite(target)


def read_sqlite(path: Path) -> Record:
    """What a SQLite record holds; a copy nobody writes to."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as copy:
        said = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = sorted(each[0] for each in copy.execute(said))
        rows = {each: copy.execute(_count(each)).fetchone()[0] for each in tables}
        applied = [".".join(each) for each in copy.execute(_MIGRATIONS)]
    return Record("sqlite", rows, applied)


def copy_postgresql(database: dict[str, Any], target: Path, seen: Seen) -> Record:
    """A dump (pg_dump's custom format) and the counts of the same moment of PostgreSQL."""
    _find("pg_dump")
    with _connected(database) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert found is not None  # noqa: S101  # a function gives one row
        options = [f"--snapshot={found[0]}", "--format=custom", f"--file={target}"]
        _run("pg_dump", database, *options, "--no-owner", "--no-privileges")
        seen(target.stat().st_size)
        return read_postgresql(connection)


def read_postgresql(connection: Connection[tuple[Any, ...]]) -> Record:
    """What a PostgreSQL record holds, seen by the connection."""
    tables = tables_of(connection)
    rows = {}
    for each in tables:
        found = connection.execute(_count(each).encode()).fetchone()
        rows[each] = found[0] if found else 0
    applied = [".".join(each) for each in connection.execute(_MIGRATIONS)]
    return Record("postgresql", rows, applied)


def tables_of(connection: Connection[tuple[Any, ...]]) -> list[str]:
    """The tables of the schema that the record is in."""
    said = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    return [each[0] for each in connection.execute(said)]


def bring_back(database: dict[str, Any], folder: Path) -> Record:
    """Puts the record of a backup where its database is empty; what is in it then."""
    if engine_of(database) == "sqlite":
        shutil.copyfile(folder / SQLITE, database["NAME"])
        return read_sqlite(Path(database["NAME"]))
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", database, *options, str(folder / POSTGRESQL))
    with _connected(database) as connection:
        return read_postgresql(connection)


def refuse_what_does_not_fit(database: dict[str, Any], record: Record) -> None:
    """Raises `Unusable` where a record of that kind cannot go, with the way out."""
    engine = engine_of(database)
    if engine != record.engine:
        way = (
            "Unset DATABASE_URL."
            if record.engine == "sqlite"
            else "Set DATABASE_URL to an empty PostgreSQL database."
        )
        raise Unusable(
            f"The backup is of {record.engine}, and the settings name {engine}.", fix=way
        )
    if engine == "postgresql":
        with _connected(database) as connection:
            if tables_of(connection):
                raise Unusable(
                    f"The database {database['NAME']} is not empty.",
                    fix="Make an empty one (createdb) and name it in DATABASE_URL.",
                )


def _count(table: str) -> str:
    quoted = table.replace('"', '""')
    return f'SELECT count(*) FROM "{quoted}"'  # noqa: S608  # the database's own names


@contextmanager
def _connected(database: dict[str, Any]) -> Iterator[Connection[tuple[Any, ...]]]:
    import psycopg

    try:
        connection = psycopg.connect(_address(database), password=database["PASSWORD"] or None)
    except psycopg.OperationalError as problem:
        said = str(problem).strip().splitlines()[0]
        raise Unusable(f"The record cannot be reached: {said}.") from None
    with connection:
        yield connection


def _address(database: dict[str, Any]) -> str:
    """Where the database is, as PostgreSQL's programs read it; the password goes another way."""
    from psycopg.conninfo import make_conninfo

    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    given = {name: database[key] for name, key in names.items() if database.get(key)}
    options = {
        name: value
        for name, value in database.get("OPTIONS", {}).items()
        if isinstance(value, str | int) and name not in {"server_side_binding"}
    }
    return make_conninfo(**{**given, **options})


def _find(program: str) -> None:
    if shutil.which(program) is None:
        raise Unusable(
            f"The record is in PostgreSQL, and {program} is not installed here.",
            fix="Install PostgreSQL's client programs (postgresql-client), as new as the server.",
        )


def _run(program: str, database: dict[str, Any], *options: str) -> None:
    """Runs one of PostgreSQL's programs; its first complaint becomes the sentence."""
    _find(program)
    password = {"PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else {}
    done = subprocess.run(
        [program, f"--dbname={_address(database)}", *options],
        env={**os.environ, **password},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = next(iter(done.stderr.strip().splitlines()), "it gave no reason")
        raise Unusable(f"{program} stopped: {said.removeprefix(f'{program}: ').rstrip('.')}.")
