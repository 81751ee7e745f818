"""A real server in a process of its own, for tests and benchmarks that kill it."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


class Server:
    """What `command` (arguments of Python) serves from `folder`, killed and started as often as
    one likes, always on the same port. It is up when `ready` answers with 200.
    """

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        *,
        ready: str,
        environment: Mapping[str, str] | None = None,
        errors: Path | None = None,
    ) -> None:
        self.folder, self.ready = folder, ready
        self._errors = errors
        self.command = tuple(command)
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "CX280_DATA": str(folder),
            "PYTHONPATH": str(PROJECT),
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, longest_file: int = resource.RLIM_INFINITY, *, within: float = 60) -> None:
        """Starts it and waits until it answers, `within` seconds; no file grows beyond
        `longest_file` bytes.
        """
        with self._errors.open("ab") if self._errors else nullcontext() as errors:
            self._process = subprocess.Popen(
                [sys.executable, *self.command, "--port", str(self.port)],
                env=self.environment,
                cwd=PROJECT,
                stderr=errors,
                start_new_session=True,
            )
        self.limit_files(longest_file)
        until = time.monotonic() + within
        while time.monotonic() < until:
            try:
                if self.get(self.ready)[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise AssertionError(f"the server did not start within {within:.0f} seconds")

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    def limit_files(self, longest: int) -> None:
        """From now on no file grows beyond so many bytes, as on a disk that is full."""
        _, most = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (longest, most))

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

    def connect(self) -> http.client.HTTPConnection:
        """A connection to send on."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def get(self, path: str) -> tuple[int, str]:
        """The status and what was said."""
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str]:
        """The same on a connection of its own; OSError or HTTPException when nothing came back."""
        connection = self.connect()
        try:
            connection.request(method, path, body or None, {"Content-Type": kind} if kind else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
