"""A real collector under abuse: huge, deep, endless and compressed, in a bounded memory."""

from __future__ import annotations

import gzip
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.a_server import Server
from tests.collector.asking import an_event, write_sites

DOORS = ["/t/v1/events", "/t/v1/logs"]
BOMB = gzip.compress(b'[{"id":"' + b"a" * 100_000_000, 9)  # 0.1 MB that would be 100
MOST_GROWTH_MB = 25
AT_ONCE = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("collector")
    write_sites(folder)
    made = Server(folder, ("-m", "cx280", "collect"), ready="/t/v1/health")
    made.start()
    yield made
    made.kill()


def peak_megabytes(server: Server) -> float:
    """The most memory the collector has held."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


def head(path: str, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: cx", "Content-Type: application/json", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def whole(path: str, body: bytes, *headers: str) -> bytes:
    return head(path, f"Content-Length: {len(body)}", *headers) + body


def status_of(line: socket.socket) -> int:
    """The status of the answer; 0 when the connection was cut without one."""
    try:
        return int(line.recv(4096).split(b" ")[1])
    except (OSError, IndexError):
        return 0


def pour(line: socket.socket, piece: bytes, megabytes: int) -> int:
    """Sends the piece again and again until the collector hangs up; the bytes it took."""
    sent = 0
    try:
        while sent < megabytes * 1_000_000:
            line.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    return sent


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (BOMB, ["Content-Encoding: gzip"], 413),
        (gzip.compress(BOMB), ["Content-Encoding: gzip"], 400),
        (b"[" * 250_000, [], 400),
        (b'{"resourceLogs":[{"scopeLogs":[' + b"[" * 100_000, [], 400),
        (b'{"a":' * 50_000, [], 400),
        (b"x" * 1_000_000, [], 413),
    ],
    ids=["bomb", "bomb in a bomb", "deep", "deep logs", "deep objects", "huge"],
)
def test_no_body_costs_memory_however_it_is_made(
    server: Server, door: str, body: bytes, headers: list[str], status: int
) -> None:
    before = peak_megabytes(server)
    lines = [socket.create_connection(("127.0.0.1", server.port), 20) for _ in range(AT_ONCE)]

    for line in lines:
        try:
            line.sendall(whole(door, body, *headers))
        except OSError:
            assert status == 413  # it hung up before it had read everything
    answers = {status_of(line) for line in lines}
    for line in lines:
        line.close()

    unread = {0} if status == 413 else set()
    assert answers <= {status, *unread, 422}  # as an event it is read as far as it is wrong
    assert peak_megabytes(server) - before < MOST_GROWTH_MB
    assert server.ask("POST", DOORS[0], json.dumps(an_event()), "application/json")[0] == 202


@pytest.mark.parametrize(
    ("start", "piece", "status"),
    [
        (head(DOORS[0], "Transfer-Encoding: chunked"), b"10000\r\n" + b" " * 65536 + b"\r\n", 413),
        (head(DOORS[0])[:-2], b"a: b\r\n" * 10_000, 431),
        (head(DOORS[0])[:-2] + b"a: ", b"b" * 60_000, 431),
        (b"POST /", b"t" * 60_000, 431),
    ],
    ids=["body", "headers", "one header", "address"],
)
def test_what_never_ends_is_ended(server: Server, start: bytes, piece: bytes, status: int) -> None:
    before = peak_megabytes(server)

    with closing(socket.create_connection(("127.0.0.1", server.port), 20)) as line:
        line.sendall(start)
        sent = pour(line, piece, megabytes=50)
        answered = status_of(line)

    assert sent < 25_000_000
    assert answered in (status, 0)
    assert peak_megabytes(server) - before < MOST_GROWTH_MB
    assert server.get("/t/v1/health")[0] == 200


IMPATIENT = """
from cx280.collector import commands, heads
heads.HEAD_SECONDS = 0.3
commands.collect()
"""


FEW_PLACES = """
from cx280.collector import app, commands
app.collector.settings = app.collector.settings._replace(most_at_once=20)
commands.collect()
"""


def test_slow_bodies_that_take_all_places_give_them_up_to_others(tmp_path: Path) -> None:
    write_sites(tmp_path)
    server = Server(tmp_path, ("-c", FEW_PLACES), ready="/t/v1/health")
    server.start()
    body = json.dumps(an_event()).encode()
    try:
        lines = [socket.create_connection(("127.0.0.1", server.port), 20) for _ in range(30)]
        for line in lines:
            line.sendall(whole(DOORS[0], body)[:-5])
        time.sleep(1.5)

        answers = [
            server.ask("POST", DOORS[0], json.dumps(an_event(id=f"good-{n}")), "text/plain")[0]
            for n in range(5)
        ]
        first = status_of(lines[0])
        lines[19].sendall(body[-5:])

        assert answers == [202] * 5
        assert first == 503  # it may come again
        assert status_of(lines[19]) == 202  # whose place nobody needed
        for line in lines:
            line.close()
    finally:
        server.kill()


FEW_FILES = """
import resource
from cx280.collector import commands
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, most))
commands.collect()
"""


def test_connections_on_which_nothing_is_said_shut_nobody_out(tmp_path: Path) -> None:
    write_sites(tmp_path)
    server = Server(tmp_path, ("-c", FEW_FILES), ready="/t/v1/health")
    server.start()
    try:
        lines = [socket.create_connection(("127.0.0.1", server.port), 20) for _ in range(200)]

        status, _ = server.ask("POST", DOORS[0], json.dumps(an_event()), "text/plain")

        assert status == 202
        for line in lines:
            line.close()
    finally:
        server.kill()


def test_who_never_says_what_is_wanted_is_let_go_and_who_sends_a_body_is_not(
    tmp_path: Path,
) -> None:
    write_sites(tmp_path)
    server = Server(tmp_path, ("-c", IMPATIENT), ready="/t/v1/health")
    server.start()
    body = json.dumps(an_event()).encode()
    try:
        silent, half, slow = (
            socket.create_connection(("127.0.0.1", server.port), 20) for _ in range(3)
        )
        half.sendall(head(DOORS[0])[:-4])
        slow.sendall(whole(DOORS[0], body)[:-5])

        ends = [silent.recv(10), half.recv(10)]
        time.sleep(0.7)
        slow.sendall(body[-5:])

        assert ends == [b"", b""]
        assert status_of(slow) == 202
        for line in (silent, half, slow):
            line.close()
    finally:
        server.kill()
