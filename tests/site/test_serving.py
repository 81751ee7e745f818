"""`cx280 serve` as a service manager sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.a_server import Server
from tests.migrated import put_record


def of_its_session(leader: int) -> set[int]:
    """The processes that were started with it and are there still."""
    found = set()
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if os.getsid(int(each.name)) == leader:
                found.add(int(each.name))
    return found


def links_of(server: Server) -> list[str]:
    """The addresses that `cx280 links` prints on the server's data."""
    add = ["person", "add", "ann@agency.example", "Ann", "--role", "administrator"]
    for command in (add, ["links", "--json"]):
        run = subprocess.run(
            [sys.executable, "-m", "cx280", *command],
            env=server.environment, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    return [each["address"] for each in json.loads(run.stdout)]


def test_what_it_started_has_ended_when_it_ends_and_links_name_its_port(tmp_path: Path) -> None:
    put_record(tmp_path)
    server = Server(tmp_path, ("-m", "cx280", "serve"), ready="/health")
    try:
        server.start()
        leader = server.pid
        assert len(of_its_session(leader)) >= 2  # web and worker

        server.stop()

        assert of_its_session(leader) == set()
        assert links_of(server)[0].startswith(f"http://localhost:{server.port}/")
    finally:
        server.kill()
