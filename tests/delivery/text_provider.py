"""A provider of texts as a process of its own, that writes down whatever it takes.

`python -m tests.delivery.text_provider FOLDER --port N`. It speaks as Twilio does. A text is
answered 201 only after it is on disk, a JSON line in FOLDER/texts.jsonl. What becomes of it is told
by the first digit after the area code: 5 is no mobile phone (400, code 21614), 6 is put off while
FOLDER/busy exists (429, Retry-After in it), 7 is taken and the line cut, 8 is taken and nothing
answered, 9 has said STOP (21610); 4 is taken, and its receipt says that it failed. While
FOLDER/closed exists everybody is refused (401).

Receipts go out when FOLDER/tell exists, signed with the token in it, to where each text says.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import hmac
import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.a_server import PROJECT, free_port

NO_MOBILE, STOPPED = 21614, 21610


class TextProvider:
    """The provider and what it took, read back from its file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where texts are posted to."""
        return f"http://127.0.0.1:{self.port}/Messages.json"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.delivery.text_provider", str(self.folder), "--port",
             str(self.port)],
            cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )  # fmt: skip
        until = time.monotonic() + 20
        while not (self.folder / "provider-ready").exists():
            assert time.monotonic() < until, "the provider of texts did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        (self.folder / "provider-ready").unlink(missing_ok=True)

    def texts(self) -> list[dict[str, Any]]:
        """Each text it took: the form's fields, and `at`."""
        path = self.folder / "texts.jsonl"
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(each) for each in lines if each.endswith("}")]

    def forget(self) -> None:
        """As it was before anything was sent."""
        for each in ("busy", "closed", "tell", "told"):
            (self.folder / each).unlink(missing_ok=True)
        if (self.folder / "texts.jsonl").exists():
            (self.folder / "texts.jsonl").write_text("")


def signed(token: str, url: str, fields: dict[str, str]) -> str:
    """The signature as the provider's documentation describes it, written for the tests alone."""
    said = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def posted(url: str, fields: dict[str, str], token: str) -> int:
    """Posts a form, signed, as the provider does; the status it is answered."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signed(token, url, fields),
    }
    try:
        connection.request("POST", f"{parts.path}?{parts.query}", urlencode(fields), headers)
        return connection.getresponse().status
    finally:
        connection.close()


class Provider:
    """One connection after another, many at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = (folder / "texts.jsonl").open("a", encoding="utf-8")

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(head.partition("content-length:")[2].split("\r\n")[0])
            body = (await reader.readexactly(length)).decode()
            answer = await self._answer({k: v[0] for k, v in parse_qs(body).items()})
            if answer:
                writer.write(answer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, form: dict[str, str]) -> bytes:
        kind = form["To"][5]
        if (self.folder / "closed").exists():
            return _http(401, '{"code": 20003}')
        if kind == "5":
            return _http(400, json.dumps({"code": NO_MOBILE}))
        if kind == "9":
            return _http(400, json.dumps({"code": STOPPED}))
        if kind == "6" and (self.folder / "busy").exists():
            wait = (self.folder / "busy").read_text() or "2"
            return _http(429, '{"code": 20429}', f"Retry-After: {wait}")
        self.file.write(json.dumps({**form, "at": time.time()}) + "\n")
        self.file.flush()
        if kind == "7":
            return b""
        if kind == "8":
            await asyncio.sleep(60)
        return _http(201, '{"sid": "SM1", "status": "queued"}')

    async def tell(self) -> None:
        """Sends the receipts of what was taken, when told to; a file says when it is through."""
        while True:
            await asyncio.sleep(0.1)
            if (self.folder / "tell").exists():
                token = (self.folder / "tell").read_text()
                (self.folder / "tell").unlink()
                told = await asyncio.to_thread(self._receipts, token)
                (self.folder / "told.part").write_text(json.dumps(told))
                (self.folder / "told.part").rename(self.folder / "told")

    def _receipts(self, token: str) -> dict[str, int]:
        """How many receipts were answered with which status."""
        statuses: dict[str, int] = {}
        for line in (self.folder / "texts.jsonl").read_text().splitlines():
            form = json.loads(line)
            status = "undelivered" if form["To"][5] == "4" else "delivered"
            fields = {"MessageSid": f"SM{abs(hash(line))}", "MessageStatus": status}
            found = str(posted(form["StatusCallback"], fields, token))
            statuses[found] = statuses.get(found, 0) + 1
        return statuses


def _http(status: int, body: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


async def serve(folder: Path, port: int) -> None:
    """Serves until it is killed."""
    provider = Provider(folder)
    server = await asyncio.start_server(provider.talk, "127.0.0.1", port)
    telling = asyncio.create_task(provider.tell())
    (folder / "provider-ready").touch()
    async with server:
        await server.serve_forever()
    telling.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    asyncio.run(serve(given.folder, given.port))
