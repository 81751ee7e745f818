"""A receiver of posts in a process of its own. What it does is asked for by the path:

`/take`, `/status/500`, `/wait/30` (429), `/redirect`, `/hang`, `/drip`, `/endless`, `/flood`
(headers without end), `/late` (a body that never comes), `/cut`, `/noise`; `/flaky/3/id` takes
the third try, `/slow/0.5/id` after half a second.
Every request is kept as a file before it is answered.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time
from collections import Counter
from pathlib import Path

HANGS = 60.0
_seen: Counter[str] = Counter()


async def _answer(folder: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.strip().split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (r.partition(":") for r in rest)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        path = first.split(" ")[1]
        _keep(folder, {"path": path, "headers": headers, "body": body.decode()})
        await _act(path, writer)
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


def _keep(folder: Path, request: dict[str, object]) -> None:
    name = f"{time.time_ns():020}"
    (folder / f"{name}.part").write_text(json.dumps(request), encoding="utf-8")
    (folder / f"{name}.part").rename(folder / f"{name}.json")


def _plain(status: int, *headers: str, body: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


async def _act(path: str, writer: asyncio.StreamWriter) -> None:
    _, what, *rest = path.partition("?")[0].split("/")
    _seen[path] += 1
    if what == "cut":
        writer.transport.abort()
    elif what == "hang":
        await asyncio.sleep(HANGS)
    elif what == "late":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(HANGS)
    elif what in ("drip", "endless", "flood"):
        await _pour(what, writer)
    else:
        await asyncio.sleep(float(rest[0]) if what == "slow" else 0)
        writer.write(_at_once(what, rest, _seen[path]))


def _at_once(what: str, rest: list[str], times: int) -> bytes:
    """The answer of those that answer whole; times: how often that path was asked."""
    if what == "status":
        return _plain(int(rest[0]), body="no")
    if what == "wait":
        return _plain(429, f"Retry-After: {rest[0]}")
    if what == "redirect":
        return _plain(302, "Location: /take")
    if what == "flaky":
        return _plain(200 if times >= int(rest[0]) else 503)
    if what == "noise":
        return b"\x16\x03 this is no HTTP\r\n\r\n"
    return _plain(200, body="ok")


async def _pour(what: str, writer: asyncio.StreamWriter) -> None:
    """On and on, until the other side leaves."""
    until = time.monotonic() + HANGS
    writer.write(b"HTTP/1.1 200 OK\r\n")
    if what == "endless":
        writer.write(b"Content-Length: 99999999999\r\n\r\n")
    while time.monotonic() < until:
        writer.write(b"X: 1\r\n" if what == "drip" else b"X-More: and more\r\n" * 1000)
        await writer.drain()
        await asyncio.sleep(0.1 if what == "drip" else 0)


async def _serve(folder: Path, certificate: str | None) -> None:
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(
        lambda reader, writer: _answer(folder, reader, writer), "127.0.0.1", 0, ssl=context
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None))
