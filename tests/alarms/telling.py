"""Workers that tell of incidents, the receivers they tell, and what each says became of it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from cx280.delivery.sealing import opened
from tests.a_server import PROJECT
from tests.alarms.channels.receivers import MailServer, WebReceiver
from tests.audit.test_turns import same_database

TWICE = "may come twice"
_ASK = (
    "SELECT d.id, c.sealed_address, d.state, d.attempts FROM alarms_delivery d "
    "JOIN alarms_contact c ON c.id = d.contact_id ORDER BY d.id"
)


class Told(NamedTuple):
    """A delivery as it stands: where it goes, how far it came, its log."""

    name: str
    address: str
    state: str
    log: tuple[str, ...]

    @property
    def lost(self) -> int:
        """How often a worker died while it sent, by the log."""
        return sum(TWICE in each for each in self.log)

    @property
    def failed(self) -> int:
        """How often the receiver failed, by the log."""
        return sum(each.startswith("failed") for each in self.log)


class Stage:
    """The receivers, the record as it is when this is made, and workers over both.

    lease: after how many seconds a worker that says nothing is taken to be gone.
    """

    def __init__(self, mail: MailServer, web: WebReceiver, folder: Path, lease: float = 4) -> None:
        self.mail, self.web, self._folder, self._lease = mail, web, folder, lease
        self._workers: list[subprocess.Popen[str]] = []
        self._environment = {
            **same_database(folder),
            "DJANGO_SETTINGS_MODULE": "cx280.site.settings",
            "PYTHONPATH": str(PROJECT),
            "CX280_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "CX280_SMTP_HOST": "127.0.0.1",
            "CX280_SMTP_PORT": str(mail.port),
            "CX280_WEBHOOK_PRIVATE": "127.0.0.0/8",
            "CX280_WEBHOOK_SECONDS": "1.5",
            "CX280_LOG": "CRITICAL",
        }

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._workers:
            each.kill()
            each.wait()

    def start(self, workers: int = 1) -> None:
        """Starts workers, each of which has begun when this comes back."""
        for _ in range(workers):
            started = subprocess.Popen(
                [sys.executable, "-m", "tests.alarms.alarm_worker", str(self._lease)],
                env=self._environment, cwd=PROJECT, text=True, stdout=subprocess.PIPE,
            )  # fmt: skip
            self._workers.append(started)
            assert started.stdout is not None
            with started.stdout as said:
                assert said.readline() == "ready\n"

    def start_whole(self) -> None:
        """Starts the worker of cx280 with all its jobs; receivers have a minute to answer."""
        self._workers.append(
            subprocess.Popen(
                [sys.executable, "-m", "cx280", "work"],
                env={**self._environment, "CX280_WEBHOOK_SECONDS": "60"}, cwd=PROJECT, text=True,
            )
        )  # fmt: skip

    def kill(self) -> None:
        """kill -9 of the worker that was started first."""
        worker = self._workers.pop(0)
        assert worker.poll() is None, "a worker ended by itself"
        worker.kill()
        worker.wait()

    def end(self) -> None:
        """Kills every worker that is left."""
        while self._workers:
            self.kill()

    def told(self) -> list[Told]:
        """The deliveries, read beside the workers."""
        return [
            Told(str(pk), opened(address), state, tuple(words for _, words in _read(attempts)))
            for pk, address, state, attempts in self._rows(_ASK)
        ]

    def finished(self, job: str) -> str:
        """When the worker last finished a job, as it is kept; "" if never."""
        found = self._rows(f"SELECT finished_at FROM site_jobrun WHERE name = '{job}'")
        return str(found[0][0] or "") if found else ""

    def _rows(self, question: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(question)
                return list(cursor.fetchall())
        with closing(sqlite3.connect(self._folder / "cx280.sqlite3", timeout=30)) as record:
            return record.execute(question).fetchall()

    def reached(self) -> Counter[str]:
        """How often each delivery came to its receiver, by the name that it carries."""
        letters = [each["Message-ID"].partition("@")[0] for each in self.mail.letters()]
        posts = [each["headers"]["webhook-id"] for each in self.web.requests()]
        return Counter(
            [each.removeprefix("<alarm-") for each in letters]
            + [each.removeprefix("msg_") for each in posts]
        )

    def wait(self, until: Callable[[], bool], seconds: float = 180) -> None:
        """Waits for it; fails with what became of the deliveries."""
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, self.told()
            assert all(each.poll() is None for each in self._workers), "a worker ended by itself"
            time.sleep(0.05)


def _read(attempts: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    read: list[tuple[str, str]] = json.loads(attempts) if isinstance(attempts, str) else attempts
    return read
