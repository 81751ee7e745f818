"""What was acknowledged before a backup began is in it once, and nothing half is a backup."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cx280.kernel.problem import Unusable
from cx280.lake.copying import copy_to
from cx280.lake.sealing import seal
from cx280.lake.tables import Lake
from cx280.site.backup.manifest import faults_of, read_manifest
from cx280.site.backup.record import copy_sqlite
from cx280.site.backup.waiting import copy_buffer, go_on_above
from tests.collector.asking import an_event
from tests.collector.test_durable import a_server, post
from tests.lake.rows import NOON, event, lines
from tests.site.backups import PROJECT, backed_up, cx280, environment, ids_in, people_in, said


@pytest.fixture
def system(made_record: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made_record, tmp_path / "system"))


class Busy:
    """Posts events, seals them and writes to the record until it is told to stop."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.acknowledged = folder, list[str]()
        self._stop = threading.Event()
        self.server = a_server(folder)
        self._threads = [threading.Thread(target=each) for each in (self._post, self._keep)]

    def __enter__(self) -> Busy:
        self.server.start()
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for each in self._threads:
            each.join()
        self.server.stop()

    def _post(self) -> None:
        connection, number = self.server.connect(), 0
        while not self._stop.is_set():
            ids = [f"{self.folder.name[:8]}-{number}-{each}" for each in range(5)]
            assert post(connection, *(an_event(id=each) for each in ids)) == 202
            self.acknowledged += ids
            number += 1
        connection.close()

    def _keep(self) -> None:
        lake, number = Lake(self.folder / "lake"), 0
        while not self._stop.wait(0.3):
            seal(self.folder / "buffer", lake)
            with closing(sqlite3.connect(self.folder / "cx280.sqlite3")) as record, record:
                record.execute("UPDATE accounts_person SET name = ?", [f"Ana {number}"])
            number += 1


def test_what_was_acknowledged_before_it_began_is_there_once_after_restoring_and_going_on(
    system: Path, tmp_path: Path
) -> None:
    with Busy(system) as busy:
        time.sleep(3.5)
        before = list(busy.acknowledged)
        made = said(cx280(system, "backup", "-o", str(tmp_path / "backup"), "--json"))
        time.sleep(0.5)

    assert made["events"] > 0
    assert made["waiting"] > 0
    assert said(cx280(system, "backup", "verify", str(tmp_path / "backup"), "--json"))["ok"]
    back = tmp_path / "back"
    restored = said(cx280(back, "restore", str(tmp_path / "backup"), "--json"))
    assert (restored["audit_holds"], restored["migrated"]) == (True, [])
    with Busy(back) as going_on:
        time.sleep(1)
    lake = Lake(back / "lake")
    seal(back / "buffer", lake)
    kept = ids_in(lake)
    assert len(before) > 100
    assert set(before) <= set(kept)
    assert set(going_on.acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert people_in(back) == ["ana@agency.gov"]


def test_a_backup_killed_at_any_moment_is_not_there_and_the_next_one_clears_up(
    system: Path, tmp_path: Path
) -> None:
    lake = Lake(system / "lake")
    for number in range(3):
        (system / "buffer/a").mkdir(parents=True, exist_ok=True)
        rows = lines(*(event(f"{number}-{each}", NOON + each) for each in range(2000)))
        (system / f"buffer/a/{number + 1:012}.log").write_bytes(rows)
        seal(system / "buffer", lake)
    target = tmp_path / "backups/one"
    chance, finished, drafts = random.Random(280), 0, 0
    for _ in range(6):
        running = subprocess.Popen(
            [sys.executable, "-m", "cx280", "backup", "-o", str(target)],
            env=environment(system),
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.2, 1.2))
        running.send_signal(signal.SIGKILL)
        running.wait()
        if target.exists():
            finished += 1
            assert faults_of(target, read_manifest(target)) == []
            shutil.rmtree(target)
        else:
            drafts += len(list((tmp_path / "backups").glob(".cx280-backup-*")))
            with pytest.raises(Unusable, match="no backup"):
                read_manifest(target)

    assert finished < 6
    assert drafts > 0
    assert backed_up(system, target).events.events == 6000
    assert [each.name for each in (tmp_path / "backups").iterdir()] == ["one"]


def test_checking_tells_of_every_file_that_is_missing_changed_or_too_much(
    system: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    (system / "set-aside").mkdir()
    for name in ("a", "b"):
        (system / f"set-aside/{name}.lines").write_text("torn\n")
    backed_up(system, folder)
    (folder / "set-aside/a.lines").unlink()
    (folder / "set-aside/b.lines").write_text("other\n")
    (folder / "set-aside/c.lines").write_text("new\n")

    checked = cx280(system, "backup", "verify", str(folder))

    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "set-aside/a.lines is missing.",
        "set-aside/c.lines is not in the manifest.",
        "set-aside/b.lines is not what it was: its SHA-256 differs.",
    ]
    refused = cx280(tmp_path / "back", "restore", str(folder))
    assert (refused.returncode, list(tmp_path.glob("back/*"))) == (2, [])
    assert refused.stderr.splitlines()[-1].startswith("The backup is damaged: set-aside/a.lines")


def test_nothing_that_is_there_is_overwritten(system: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    backed_up(system, folder)

    again = cx280(system, "backup", "-o", str(folder))
    over = cx280(system, "restore", str(folder))

    assert (again.returncode, over.returncode) == (2, 2)
    assert "never overwrites" in again.stderr
    assert over.stderr.splitlines()[-1].endswith("set CX280_DATA to an empty folder.")
    assert people_in(system) == ["ana@agency.gov"]


def test_an_older_record_is_brought_up_and_a_newer_one_refused(
    system: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(system / "cx280.sqlite3")) as record, record:
        record.execute("DROP TABLE site_jobrun")
        record.execute("DELETE FROM django_migrations WHERE app = 'site'")
    place = tmp_path / "older"
    copied = backed_up(system, place)

    older = said(cx280(tmp_path / "back", "restore", str(place), "--json"))

    assert copied.record.engine == "sqlite"
    assert older["migrated"] == ["site.0001_initial"]
    with closing(sqlite3.connect(system / "cx280.sqlite3")) as record, record:
        record.execute("INSERT INTO django_migrations (app, name, applied) VALUES "
                       "('surveys', '0999_later', '2031-01-01')")  # fmt: skip
    backed_up(system, tmp_path / "newer")
    refused = cx280(tmp_path / "new", "restore", str(tmp_path / "newer"))
    assert refused.returncode == 2
    assert "newer than this one" in refused.stderr
    assert list((tmp_path / "new").iterdir()) == []


def test_nothing_starts_on_what_is_half_restored(tmp_path: Path) -> None:
    (tmp_path / ".restoring").mkdir()

    for command in (("audit", "list"), ("collect", "--port", "0")):
        refused = cx280(tmp_path, *command, timeout=60)

        assert refused.returncode == 2
        assert "being restored" in refused.stderr


def test_a_restore_killed_in_the_middle_starts_nothing_and_is_done_again(
    system: Path, tmp_path: Path
) -> None:
    backed_up(system, tmp_path / "backup")
    back = tmp_path / "back"
    running = subprocess.Popen(
        [sys.executable, "-m", "cx280", "restore", str(tmp_path / "backup")],
        env=environment(back),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not (back / ".restoring/cx280.sqlite3").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()

    assert cx280(back, "audit", "list").returncode == 2
    assert said(cx280(back, "restore", str(tmp_path / "backup"), "--json"))["audit_holds"]
    assert people_in(back) == ["ana@agency.gov"]
    assert not (back / ".restoring").exists()


def test_the_key_is_copied_only_when_it_is_asked_for(system: Path, tmp_path: Path) -> None:
    key = (system / "secret-key").read_text()
    without, with_it = tmp_path / "without", tmp_path / "with"
    left_out = backed_up(system, without).left_out
    backed_up(system, with_it, with_key=True)

    said(cx280(tmp_path / "back", "restore", str(with_it), "--json"))

    assert "secret-key" in left_out
    assert not (without / "secret-key").exists()
    assert (tmp_path / "back/secret-key").read_text() == key
    assert (tmp_path / "back/secret-key").stat().st_mode & 0o777 == 0o600


def test_a_file_still_being_written_is_copied_up_to_its_last_whole_line(tmp_path: Path) -> None:
    folder = tmp_path / "buffer/a"
    folder.mkdir(parents=True)
    (folder / "000000000007.open").write_bytes(lines(event("1"), event("2")) + b'["3","si')
    (folder / "000000000006.log").write_bytes(lines(event("0")))
    (folder / "000000000008.open").write_bytes(b'["4"')

    assert copy_buffer(tmp_path / "buffer", tmp_path / "copy") == 3
    copied = sorted(each.name for each in (tmp_path / "copy/a").iterdir())
    assert copied == ["000000000006.log", "000000000007.log"]


def test_a_number_that_the_copied_lake_has_taken_is_not_given_again(tmp_path: Path) -> None:
    """The lake is copied later, and the clock of the machine restored on may be behind."""
    later, buffer = 900_000_000_000, tmp_path / "buffer"
    (buffer / "a").mkdir(parents=True)
    (buffer / "a/next").write_text("8\n")
    (buffer / f"a/{later}.log").write_bytes(lines(event("1")))
    seal(buffer, lake := Lake(tmp_path / "lake"))

    copy_buffer(buffer, tmp_path / "copy")
    copy_to(lake, tmp_path / "lakes")
    go_on_above(tmp_path / "copy", Lake(tmp_path / "lakes"))

    assert (tmp_path / "copy/a/next").read_text() == f"{later + 1}\n"


def test_a_record_is_copied_as_of_one_moment_while_others_write(system: Path) -> None:
    path, stop = system / "cx280.sqlite3", threading.Event()
    with closing(sqlite3.connect(path, timeout=30)) as live, live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE pairs (side TEXT, number INTEGER, filling BLOB)")

    def write() -> None:
        number = 0
        with closing(sqlite3.connect(path, timeout=30)) as live:
            while not stop.is_set():
                with live:
                    for side in ("left", "right"):
                        live.execute("INSERT INTO pairs VALUES (?, ?, zeroblob(50000))",
                                     [side, number])  # fmt: skip
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.5)
    copied = copy_sqlite(path, system / "copy.sqlite3", lambda _: None)
    stop.set()
    writer.join()

    said_of = "SELECT side, count(*) FROM pairs GROUP BY side"
    with closing(sqlite3.connect(system / "copy.sqlite3")) as copy:
        sides = dict(copy.execute(said_of).fetchall())
    assert sides["left"] == sides["right"] > 0
    assert copied.rows["pairs"] == 2 * sides["left"]


def test_a_manifest_says_when_and_how_much(system: Path, tmp_path: Path) -> None:
    started = datetime.now(UTC)
    seal_one = system / "buffer/a"
    seal_one.mkdir(parents=True)
    (seal_one / "000000000001.log").write_bytes(lines(event("1"), event("2", NOON + 1)))
    seal(system / "buffer", Lake(system / "lake"))
    (seal_one / "000000000002.log").write_bytes(lines(event("3")))
    backed_up(system, tmp_path / "backup")

    manifest = read_manifest(tmp_path / "backup")

    assert started < manifest.began < manifest.ended
    assert manifest.events.days == {"2024-02-29": 2}
    assert manifest.events.waiting == 1
    assert manifest.record.rows["accounts_person"] == 1
    assert "telemetry.0001_initial" in manifest.record.migrations
