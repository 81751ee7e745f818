"""A collector in a process of its own, `cx280 collect`, for tests that kill it."""

from __future__ import annotations

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.collector.asking import write_sites

PROJECT = Path(__file__).resolve().parents[2]


class Server:
    """Takes events into `folder`; may be killed and started again on the same port."""

    def __init__(self, folder: Path, command: tuple[str, ...] = ("-m", "cx280", "collect")) -> None:
        self.folder = folder
        self._command = command
        write_sites(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, longest_file: int = resource.RLIM_INFINITY) -> None:
        """Starts it and waits until it answers; no file grows beyond `longest_file` bytes."""
        self._process = subprocess.Popen(
            [sys.executable, *self._command, "--port", str(self.port)],
            env={
                **os.environ,
                "CX280_DATA": str(self.folder),
                "CX280_EVENTS_A_SECOND": "0",
                "PYTHONPATH": str(PROJECT),
            },
            cwd=PROJECT,
            start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (longest_file, resource.RLIM_INFINITY)
            ),
        )
        for _ in range(600):
            try:
                if self.get("/t/v1/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the collector did not start within half a minute")

    def kill(self) -> None:
        """kill -9, and nothing gentler."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Asks it to end, as a service manager does."""
        if self._process is not None:
            self._process.terminate()
            assert self._process.wait(timeout=30) in (0, -signal.SIGTERM)

    def get(self, path: str) -> tuple[int, Any]:
        """The status and what was said."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def connect(self) -> http.client.HTTPConnection:
        """A connection to send on."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)


def post(connection: http.client.HTTPConnection, *events: object) -> int:
    """The status; OSError or HTTPException when nothing was acknowledged."""
    connection.request("POST", "/t/v1/events", json.dumps(events), {"Content-Type": "text/plain"})
    answer = connection.getresponse()
    answer.read()
    return answer.status
