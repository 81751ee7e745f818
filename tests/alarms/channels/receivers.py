"""Receivers as processes of their own, started for the tests of a module."""

from __future__ import annotations

import email
import email.policy
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.a_server import PROJECT


class MailServer:
    """A mail server and the letters that it has taken."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder

    def letters(self, to: str | None = None) -> list[EmailMessage]:
        """What was taken for an address, or for all, in order."""
        read = [
            email.message_from_bytes(each.read_bytes(), policy=email.policy.SMTP)
            for each in sorted(self.folder.glob("*.eml"))
        ]
        return [each for each in read if to in (None, each["To"])]


@contextmanager
def a_mail_server(folder: Path) -> Iterator[MailServer]:
    """Started, and ended at the end."""
    with started("tests.alarms.channels.mail_server", str(folder)) as port:
        yield MailServer(port, folder)


class WebReceiver:
    """A receiver of posts and what it was sent."""

    def __init__(self, port: int, folder: Path, scheme: str = "http") -> None:
        self.port, self.folder, self.scheme = port, folder, scheme

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address under which it does what the path says."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def requests(self, path: str | None = None) -> list[dict[str, Any]]:
        """What was sent to a path, or to all: `path`, `headers` (in small letters), `body`."""
        read = [json.loads(each.read_bytes()) for each in sorted(self.folder.glob("*.json"))]
        return [each for each in read if path in (None, each["path"])]


@contextmanager
def a_web_receiver(folder: Path, certificate: Path | None = None) -> Iterator[WebReceiver]:
    """Started, and ended at the end; with a certificate (key and chain in one file) over TLS."""
    arguments = [str(folder), *([str(certificate)] if certificate else [])]
    with started("tests.delivery.channels.web_receiver", *arguments) as port:
        yield WebReceiver(port, folder, "https" if certificate else "http")


@contextmanager
def started(module: str, *arguments: str) -> Iterator[int]:
    """The port on which the module listens; it says so in its first line."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
