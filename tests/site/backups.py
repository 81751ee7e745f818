"""A system of its own for tests that copy it: real commands on a real folder."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake
from cx280.site.backup.making import back_up
from cx280.site.backup.manifest import Manifest
from cx280.site.backup.where import Place
from tests.migrated import put_record

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def made_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record and one person in it, made once: copy it."""
    folder = tmp_path_factory.mktemp("record")
    put_record(folder)
    added = cx280(folder, "person", "add", "ana@agency.gov", "Ana", "--role", "administrator")
    assert added.returncode == 0, added.stderr
    return folder


def cx280(
    folder: Path, *command: str, more: Mapping[str, str] | None = None, **given: Any
) -> subprocess.CompletedProcess[str]:
    """Runs a command on the data in `folder`; `more` is added to its environment."""
    return subprocess.run(
        [sys.executable, "-m", "cx280", *command],
        env=environment(folder, more),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        **given,
    )


def environment(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Of a command on the data in `folder`, whatever the tests themselves run on."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "CX280_LAKE", "CX280_SECRET_KEY"}
    }
    return {**kept, "CX280_DATA": str(folder), "PYTHONPATH": str(PROJECT), **(more or {})}


class Silent:
    """Tells nobody how far it is."""

    def stage(self, words: str) -> None:
        """Says nothing."""

    def seen(self, size: int) -> None:
        """Counts nothing."""


def backed_up(folder: Path, target: Path, *, with_key: bool = False) -> Manifest:
    """The same as the command, in this process: quicker."""
    record = {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "cx280.sqlite3"}
    key = (folder / "secret-key").read_text()
    place = Place(folder, str(folder / "lake"), record, key)
    return back_up(place, target, with_key=with_key, tell=Silent())


def said(done: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401
    """What a command with --json printed."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ids_in(lake: Lake) -> list[str]:
    """The ids of all events, those that are there twice twice."""
    return [str(each["id"]) for each in DuckDB(lake).answer("SELECT id FROM events")]


def people_in(folder: Path) -> list[str]:
    """The addresses of the people in a SQLite record."""
    with closing(sqlite3.connect(folder / "cx280.sqlite3")) as record:
        return [each[0] for each in record.execute("SELECT email FROM accounts_person")]
