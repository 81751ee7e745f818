"""Counting killed with `kill -9` at random moments, and by two at once: real processes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.migrated import put_record
from tests.telemetry.counted import alike
from tests.telemetry.happened import kept
from tests.telemetry.test_counting import some_days

KILLS = 4
# Makes two services, and says their numbers.
SERVICES = """
import django
django.setup()
from tests.builders import a_service
print(a_service().pk, a_service().pk)
"""
FACTS = (
    "SELECT service_id, day, part, body, events, read, due_at, made_with FROM telemetry_dayfacts"
)


class Record:
    """A folder with a record and a lake of its own, counted by processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without = {name: each for name, each in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {
            **without,
            "CX280_DATA": str(folder),
            "CX280_LAKE": str(folder / "lake"),
            "DJANGO_SETTINGS_MODULE": "cx280.site.settings",
        }
        put_record(folder)
        made = subprocess.run(
            [sys.executable, "-c", SERVICES],
            env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for number in map(int, made.stdout.split()):
            kept(folder / "lake", some_days(number, number, 300))

    def counting(self) -> subprocess.Popen[bytes]:
        """A process that counts what waits."""
        return subprocess.Popen(
            [sys.executable, "-m", "cx280", "facts"],
            env=self.environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def facts(self) -> list[tuple[object, ...]]:
        """All that is kept, but for when it was counted."""
        return self._ask(FACTS)

    def forget(self) -> None:
        """Leaves nothing counted."""
        for table in ("dayfacts", "countedday", "counting", "stepsseen"):
            self._ask(f"DELETE FROM telemetry_{table}")

    def _ask(self, sql: str) -> list[tuple[object, ...]]:
        database = sqlite3.connect(self.folder / "cx280.sqlite3", timeout=30)
        with database:
            found = database.execute(sql).fetchall()
        database.close()
        return found


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path)


def test_killed_at_any_moment_and_run_again_the_facts_are_the_same(record: Record) -> None:
    began = time.monotonic()
    assert record.counting().wait(120) == 0
    seconds = time.monotonic() - began
    whole = record.facts()
    chance = random.Random()

    for _ in range(KILLS):
        record.forget()
        process = record.counting()
        time.sleep(seconds * (0.4 + 0.6 * chance.random()))
        process.send_signal(signal.SIGKILL)
        process.wait(30)

        assert record.counting().wait(120) == 0

        assert alike(record.facts(), whole)
    assert len(whole) > 200


def test_two_that_count_at_once_come_to_the_same(record: Record) -> None:
    assert record.counting().wait(120) == 0
    whole = record.facts()
    record.forget()

    both = [record.counting(), record.counting()]
    statuses = [each.wait(120) for each in both]
    assert record.counting().wait(120) == 0

    assert statuses == [0, 0]
    assert alike(record.facts(), whole)
