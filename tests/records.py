"""The database of the tests is a copy of one that was made once, not migrated by each process."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection

from tests.a_server import PROJECT
from tests.migrated import FOLDER, postgresql_record, sqlite_record


def pytest_configure(config: pytest.Config) -> None:
    """Where records are kept; with several processes, one is made while they load the tests."""
    os.environ.setdefault(FOLDER, str(config.cache.mkdir("cx280-records")))
    if getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        # Whoever needs it before it is there waits for it, or makes it.
        ahead = subprocess.Popen([sys.executable, "-m", "tests.migrated"], cwd=PROJECT)
        config.add_cleanup(lambda: _end(ahead))


def _end(ahead: subprocess.Popen[bytes]) -> None:
    ahead.terminate()
    ahead.wait()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Asked for before the database of the tests is created, which then finds everything done."""
    if connection.vendor == "postgresql":
        template = postgresql_record(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield
        return
    # A database in memory lives as long as somebody is connected.
    memory = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    with closing(sqlite3.connect(memory, uri=True)) as held:
        with closing(sqlite3.connect(sqlite_record())) as made:
            made.backup(held)
        yield
