"""The same for several nodes: the record in PostgreSQL, the lake in a store that speaks S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from cx280.kernel.problem import Unusable
from cx280.lake.counts import CountRow, Counts
from cx280.lake.sealing import seal
from cx280.lake.tables import Lake
from cx280.site.backup.record import copy_record
from tests.lake.rows import NOON, event, lines
from tests.lake.servers import object_store
from tests.migrated import postgresql_record
from tests.postgresql import cluster, programs
from tests.site.backups import cx280, ids_in, said


def database(url: str, name: str) -> str:
    """The address of another database in the same cluster."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """What the environment says of a database, a store and PostgreSQL's programs."""
    with cluster() as url, object_store("lakes") as store:
        # A database at this version is read in: migrating one takes a processor ten seconds.
        there = database(url, postgresql_record(url))
        found = {**store, "DATABASE_URL": there, "CX280_LAKE": "s3://lakes/one"}
        for name, value in store.items():
            monkeypatch.setenv(name, value)
        yield {**found, "PATH": f"{programs()}:{os.environ['PATH']}"}


def test_a_record_in_postgresql_and_a_lake_in_a_store_come_back_into_empty_ones(
    tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    system, target, back = tmp_path / "system", tmp_path / "backup", tmp_path / "back"
    cx280(system, "person", "add", "ana@agency.gov", "Ana", "--role", "administrator",
          more=elsewhere)  # fmt: skip
    lake = Lake("s3://lakes/one")
    (system / "buffer/a").mkdir(parents=True)
    (system / "buffer/a/000000000001.log").write_bytes(lines(event("1"), event("2", NOON + 1)))
    seal(system / "buffer", lake)
    (system / "buffer/a/000000000002.log").write_bytes(lines(event("3")))
    numbers = [CountRow("site", "devices", "2026-01-01", "device", "phone", "visits", 12)]
    Counts("s3://lakes/one").replace(numbers)

    made = said(cx280(system, "backup", "-o", str(target), "--json", more=elsewhere))

    assert (made["record"]["engine"], made["events"], made["counts"]) == ("postgresql", 2, 1)
    again = cx280(back, "restore", str(target), more=elsewhere)
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
    with psycopg.connect(elsewhere["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    other = {
        **elsewhere,
        "DATABASE_URL": database(elsewhere["DATABASE_URL"], "another"),
        "CX280_LAKE": "s3://lakes/two",
    }
    restored = said(cx280(back, "restore", str(target), "--json", more=other))
    assert restored["audit_holds"]
    seal(back / "buffer", Lake("s3://lakes/two"))
    assert sorted(ids_in(Lake("s3://lakes/two"))) == ["1", "2", "3"]
    assert Counts("s3://lakes/two").read("site") == numbers
    with psycopg.connect(other["DATABASE_URL"]) as connection:
        people = connection.execute("SELECT email FROM accounts_person").fetchall()
    assert people == [("ana@agency.gov",)]


def test_without_postgresql_s_programs_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "cx280", "PASSWORD": ""}

    with pytest.raises(Unusable, match="pg_dump is not installed here") as refused:
        copy_record(database, tmp_path, lambda _: None)

    assert "postgresql-client" in refused.value.fix
