"""A real server in a process of its own, on a record of its own, for tests that kill it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parents[2]
CODE = "permits"
_FILL = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.builders import a_survey, a_version
from tests.responses.visits import a_document_in_two_languages
a_version(a_survey(code="{CODE}", draft=a_document_in_two_languages()))
"""


class Server:
    """Serves one open survey from `folder`; may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "CX280_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "cx280.site.settings",
            "PYTHONPATH": str(PROJECT),
        }
        self._run([sys.executable, "-c", _FILL])

    def _run(self, command: list[str]) -> None:
        subprocess.run(command, env=self._environment, cwd=PROJECT, check=True)

    def collect_static(self) -> None:
        """Gathers and compresses the style sheets and fonts, as `cx280 serve` does first."""
        collect = "from cx280.site.serving import collect_static; collect_static()"
        self._run([sys.executable, "-c", collect])

    @property
    def address(self) -> str:
        """Where the survey is answered."""
        return f"http://127.0.0.1:{self.port}/s/{CODE}/"

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        command = [sys.executable, "-m", "uvicorn", "cx280.site.asgi:application"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port), "--log-level", "critical"],
            env=self._environment,
            cwd=PROJECT,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                if self.get(f"/s/{CODE}/")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start within a minute")

    def kill(self) -> None:
        """kill -9, and nothing gentler."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Asks it to end, as a service manager does."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def get(self, path: str) -> tuple[int, str]:
        """The status and the page."""
        return self._ask("GET", path, "")

    def post(self, path: str, **fields: str) -> int:
        """The status; OSError or HTTPException when nothing was acknowledged."""
        return self._ask("POST", path, urlencode(fields))[0]

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the record holds, read past the server."""
        with closing(sqlite3.connect(self.folder / "cx280.sqlite3")) as record:
            return record.execute(query).fetchall()
