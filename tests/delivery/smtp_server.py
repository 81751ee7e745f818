"""A real SMTP server as a process of its own, that writes down whatever it takes.

`python -m tests.delivery.smtp_server FOLDER --port N`. A message is answered 250 only after it is
on disk, one JSON line each in FOLDER/taken.jsonl, and removes nothing. Recipients that begin with
`nobody` do not exist (550); those that begin with `later` are put off (451) while FOLDER/busy
exists; to those that begin with `broken` the connection ends before the message is answered for.
"""

from __future__ import annotations

import argparse
import asyncio
import email
import email.policy
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.a_server import PROJECT, free_port


class Taken:
    """What a server took, read back from its file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.delivery.smtp_server", str(self.folder), "--port",
             str(self.port)],
            cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )  # fmt: skip
        until = time.monotonic() + 20
        while not (self.folder / "ready").exists():
            assert time.monotonic() < until, "the mail server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        (self.folder / "ready").unlink(missing_ok=True)

    def messages(self) -> list[dict[str, Any]]:
        """Each message it took: `to`, `at`, and its parts by name."""
        path = self.folder / "taken.jsonl"
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(each) for each in lines if each.endswith("}")]

    def read(self, place: int = -1) -> email.message.EmailMessage:
        """One message as mail programs read it."""
        said = self.messages()[place]["data"]
        found = email.message_from_string(said, policy=email.policy.default)
        assert isinstance(found, email.message.EmailMessage)
        return found


class Server:
    """One connection after another, many at once; a subset of RFC 5321."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = (folder / "taken.jsonl").open("a", encoding="utf-8")

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one client until it leaves."""
        self._say(writer, "220 test")
        to: list[str] = []
        while line := (await reader.readline()).decode("latin-1"):
            verb = line[:4].upper()
            if verb in {"EHLO", "HELO"}:
                self._say(writer, "250 test")
            elif verb == "MAIL":
                to = []
                self._say(writer, "250 OK")
            elif verb == "RCPT":
                self._say(writer, self._recipient(line.partition("<")[2].partition(">")[0], to))
            elif verb == "DATA":
                self._say(writer, "354 go on")
                answer = await self._take(reader, to)
                if any(each.startswith("broken") for each in to):
                    break
                self._say(writer, answer)
            elif verb == "QUIT":
                self._say(writer, "221 bye")
                break
            else:
                self._say(writer, "250 OK")
            await writer.drain()
        writer.close()

    def _recipient(self, address: str, to: list[str]) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later") and (self.folder / "busy").exists():
            return "451 4.2.1 come back later"
        to.append(address)
        return "250 OK"

    async def _take(self, reader: asyncio.StreamReader, to: list[str]) -> str:
        lines: list[bytes] = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                return "451 cut off"
            lines.append(line[1:] if line.startswith(b"..") else line)
        said = {"to": to, "at": time.time(), "data": b"".join(lines).decode()}
        self.file.write(json.dumps(said) + "\n")
        self.file.flush()
        return "250 taken"

    @staticmethod
    def _say(writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())


async def serve(folder: Path, port: int) -> None:
    """Serves until it is killed."""
    server = await asyncio.start_server(Server(folder).talk, "127.0.0.1", port)
    (folder / "ready").touch()
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    asyncio.run(serve(given.folder, given.port))
