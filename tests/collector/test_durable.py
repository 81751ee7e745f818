"""What a real collector has acknowledged is in the buffer exactly once, however it ends."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests.collector.a_server import PROJECT, Server, post
from tests.collector.asking import an_event, rows

KILLS = 10
SENDERS = 6


class Sender(threading.Thread):
    """Sends events with new ids until it is told to stop; remembers what was acknowledged."""

    def __init__(self, server: Server, name: str) -> None:
        super().__init__(daemon=True)
        self.server, self.label = server, name
        self.acknowledged: list[str] = []
        self.sent = 0
        self.stopping = threading.Event()

    def run(self) -> None:
        connection = self.server.connect()
        while not self.stopping.is_set():
            self.sent += 1
            ids = [f"{self.label}-{self.sent}-{each}" for each in range(1 + self.sent % 3)]
            try:
                if post(connection, *(an_event(id=each) for each in ids)) == 202:
                    self.acknowledged += ids
            except (OSError, http.client.HTTPException):
                connection.close()
                connection = self.server.connect()
                time.sleep(0.02)
        connection.close()


def test_ten_kills_under_load_lose_and_double_nothing_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path)
    senders = [Sender(server, f"s{number}") for number in range(SENDERS)]
    server.start()
    try:
        for sender in senders:
            sender.start()
        for number in range(KILLS):
            time.sleep(0.15 + 0.037 * number)
            server.kill()
            server.start()
        for sender in senders:
            sender.stopping.set()
        for sender in senders:
            sender.join(30)
        server.stop()
    finally:
        server.kill()

    kept = Counter(each["id"] for each in rows(tmp_path, ["log"]))
    acknowledged = [each for sender in senders for each in sender.acknowledged]
    assert len(acknowledged) > 100 * KILLS
    assert [each for each in acknowledged if kept[each] != 1] == []
    assert [each for each, times in kept.items() if times > 1] == []
    assert list(tmp_path.glob("buffer/*/*.open")) == []


def test_when_the_system_refuses_to_write_a_request_sent_again_is_kept_once(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path)
    server.start(longest_file=20_000)  # writes beyond fail in the middle of a line
    refused = 0
    try:
        connection = server.connect()
        for number in range(100):
            events = [an_event(id=f"{number}-{each}") for each in range(10)]
            while (status := post(connection, *events)) != 202:
                assert status == 503
                refused += 1
        connection.close()
        server.stop()
    finally:
        server.kill()

    kept = Counter(each["id"] for each in rows(tmp_path))
    assert refused > 0
    assert kept == Counter(f"{number}-{each}" for number in range(100) for each in range(10))


def test_a_clean_stop_hands_over_everything_and_the_file_closes_by_itself(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        connection = server.connect()
        assert post(connection, an_event(id="a")) == 202
        for _ in range(100):
            if rows(tmp_path, ["log"]):
                break
            time.sleep(0.1)
        by_itself = [each["id"] for each in rows(tmp_path, ["log"])]
        assert post(connection, an_event(id="b")) == 202
        connection.close()
        server.stop()
    finally:
        server.kill()

    assert by_itself == ["a"]
    assert [each["id"] for each in rows(tmp_path, ["log"])] == ["a", "b"]


def test_the_web_role_takes_events_in_front_of_django(tmp_path: Path) -> None:
    server = Server(tmp_path, ("-m", "uvicorn", "cx280.site.asgi:application"))
    server.start()
    try:
        connection = server.connect()
        assert post(connection, an_event(id="a")) == 202
        connection.close()
        assert server.get("/t/v1/schema.json")[1]["title"] == "Events of cx280"
        server.stop()
    finally:
        server.kill()

    assert [each["id"] for each in rows(tmp_path, ["log"])] == ["a"]


def test_the_collector_starts_without_django_and_without_engines() -> None:
    heavy = "{'django', 'duckdb', 'deltalake', 'pyarrow', 'numpy', 'scipy', 'sqlglot'}"
    check = f"import sys, cx280.collector.app; print({heavy} & set(sys.modules))"

    said = subprocess.run(
        [sys.executable, "-c", check], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "set()"
