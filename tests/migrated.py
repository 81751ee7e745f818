"""A record at this version, made once and copied by whoever needs one: migrating takes a processor
ten seconds, copying none.

It is known by what its migrations say and import. `python -m tests.migrated` makes the one that
tests will ask for, ahead of them.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import django

from tests.a_server import PROJECT
from tests.postgresql import programs

# The folder that pytest gives to such records; outside of its runs there is none.
FOLDER = "CX280_TEST_RECORDS"
_IMPORTED = re.compile(rb"^\s*(?:from|import) (cx280[\w.]*)", re.MULTILINE)


def put_record(folder: Path) -> None:
    """Puts a record at this version into a folder of data.

    Outside a run of tests nothing: commands bring a fresh folder up to date by themselves.
    """
    if FOLDER in os.environ:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(sqlite_record(), folder / "cx280.sqlite3")


def sqlite_record() -> Path:
    """The file: copy it, do not open it."""
    record = _kept() / f"{_digest()}.sqlite3"
    with _alone():
        if not record.exists():
            for each in _kept().glob("*.sqlite3"):  # of other migrations
                each.unlink()
            _make(record)
    return record


def postgresql_record(url: str) -> str:
    """The name of a database in the cluster that the address is of: a template for others."""
    import psycopg  # takes a third of a second, which only these tests need

    name = f"cx280_{_digest()}"
    with _alone(), psycopg.connect(url, autocommit=True) as cluster:
        found = cluster.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            cluster.execute("DROP DATABASE IF EXISTS cx280_unfinished")
            cluster.execute("CREATE DATABASE cx280_unfinished")
            _fill(urlsplit(url)._replace(path="/cx280_unfinished").geturl())
            cluster.execute(f"ALTER DATABASE cx280_unfinished RENAME TO {name}")
    return name


def _fill(url: str) -> None:
    """Clusters are thrown away: what was made in one is kept as a file, and read in by others."""
    made = _kept() / f"{_digest()}.pg.sql"
    unfinished = made.with_suffix(".unfinished")
    if made.exists():
        quiet = ("-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", str(made))
        subprocess.run([programs() / "psql", *quiet], stdout=subprocess.DEVNULL, check=True)
        return
    for each in _kept().glob("*.pg.sql"):  # of other migrations
        each.unlink()
    _migrate(_kept() / "unfinished", DATABASE_URL=url)
    subprocess.run([programs() / "pg_dump", "-O", "-d", url, "-f", unfinished], check=True)
    unfinished.rename(made)


def _make(record: Path) -> None:
    unfinished = _kept() / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _migrate(unfinished)
    with closing(sqlite3.connect(unfinished / "cx280.sqlite3")) as made:
        made.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
    (unfinished / "cx280.sqlite3").rename(record)
    shutil.rmtree(unfinished)


def _migrate(folder: Path, **more: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"CX280_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "cx280.site.settings"}
    command = [sys.executable, "-m", "django", "migrate", "-v0"]
    subprocess.run(command, env={**kept, **own, **more}, cwd=PROJECT, check=True)


@cache
def _digest() -> str:
    """Changes with a migration, with what one imports, and with Django."""
    files = set(PROJECT.glob("cx280/*/migrations/*.py"))
    imported = {name for each in files for name in _IMPORTED.findall(each.read_bytes())}
    files |= {PROJECT / f"{name.decode().replace('.', '/')}.py" for name in imported}
    whole = hashlib.sha256(django.__version__.encode())
    for each in sorted(files):
        if each.is_file():
            whole.update(str(each.relative_to(PROJECT)).encode() + each.read_bytes())
    return whole.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes a record; the others wait for it."""
    with (_kept() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept() -> Path:
    return Path(os.environ[FOLDER])


if __name__ == "__main__":
    if "DATABASE_URL" in os.environ:
        postgresql_record(os.environ["DATABASE_URL"])
    else:
        sqlite_record()
