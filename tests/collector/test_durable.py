"""What a real collector has acknowledged is in the buffer exactly once, however it ends."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.a_server import PROJECT, Server
from tests.collector.asking import an_event, rows, write_sites

COLLECT = ("-m", "cx280", "collect")


def a_server(folder: Path, command: tuple[str, ...] = COLLECT) -> Server:
    """A collector of its own for the sites of `asking`."""
    write_sites(folder)
    return Server(folder, command, ready="/t/v1/health", environment={"CX280_EVENTS_A_SECOND": "0"})


def post(connection: http.client.HTTPConnection, *events: object) -> int:
    """The status; OSError or HTTPException when nothing was acknowledged."""
    connection.request("POST", "/t/v1/events", json.dumps(events), {"Content-Type": "text/plain"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_when_the_system_refuses_to_write_a_request_sent_again_is_kept_once(
    tmp_path: Path,
) -> None:
    server = a_server(tmp_path)
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
    server = a_server(tmp_path)
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
    server = a_server(tmp_path, ("-m", "uvicorn", "cx280.site.asgi:application"))
    server.start()
    try:
        connection = server.connect()
        assert post(connection, an_event(id="a")) == 202
        connection.close()
        assert json.loads(server.get("/t/v1/schema.json")[1])["title"] == "Events of cx280"
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
