"""Events taken: processor time, rate and waiting, against a Django view and a database.

Both servers run as one process under uvicorn on the same disk, one after the other, with the load
generator beside them. Both do the same work for an event: the same schema, rules, visitor number
and marks, durable before the answer. They differ in what this house decided: raw ASGI and a log
with one fdatasync for many requests, against a Django view and one transaction a request.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime

from benchmarks.measuring import own_data, processor_seconds, quantile, resident_megabytes

_SITES = {"sites": {"permits": {"service": 1, "properties": ["form"]}}}
_HEAD = (
    "POST /t/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain;charset=UTF-8\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0\r\n"
    "Origin: https://permits.example.gov\r\nAccept: */*\r\nAccept-Language: en-US\r\n"
    "Content-Length: {length}\r\n\r\n"
)


def main() -> None:
    """Prints figures of both servers and their ratios as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10, help="of each load")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--minutes", type=float, default=0, help="of steady load; memory only")
    given = parser.parse_args()
    if given.minutes:
        from benchmarks import steady

        print(json.dumps(steady.measure(given.minutes)))
        return
    with own_data() as folder:
        (folder / "sites.json").write_text(json.dumps(_SITES))
        os.environ.update(CX280_EVENTS_A_SECOND="0", DJANGO_SETTINGS_MODULE="cx280.site.settings")
        found = _loads("cx280.collector.app:collector", given.seconds, given.connections)
        plain = _loads("benchmarks.plain_receiver:application", given.seconds, given.connections)
    found |= {f"django_{name}": value for name, value in plain.items()}
    for load in ("single", "batch"):
        found[f"{load}_cpu_ratio"] = plain[f"{load}_cpu_us"] / found[f"{load}_cpu_us"]
        found[f"{load}_rate_ratio"] = (
            found[f"{load}_events_a_second"] / plain[f"{load}_events_a_second"]
        )
    print(json.dumps(found))


def _loads(application: str, seconds: float, connections: int) -> dict[str, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--no-access-log",
         "--log-level", "warning", "--no-proxy-headers"],
        start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        asyncio.run(_load(port, connections, 1, 1.0))  # warm
        before = resident_megabytes(server.pid)
        found = _measured("single", server.pid, port, connections, 1, seconds)
        found |= _measured("batch", server.pid, port, connections, 20, seconds)
        found["growth_mb"] = resident_megabytes(server.pid) - before
        return found
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _measured(
    name: str, process: int, port: int, connections: int, batch: int, seconds: float
) -> dict[str, float]:
    before = processor_seconds(process)
    waits = asyncio.run(_load(port, connections, batch, seconds))
    events = len(waits) * batch
    return {
        f"{name}_cpu_us": (processor_seconds(process) - before) / events * 1e6,
        f"{name}_requests_a_second": len(waits) / seconds,
        f"{name}_events_a_second": events / seconds,
        f"{name}_p50_ms": quantile(waits, 0.5) * 1000,
        f"{name}_p99_ms": quantile(waits, 0.99) * 1000,
    }


async def _load(port: int, connections: int, batch: int, seconds: float) -> list[float]:
    """Seconds each request took; every connection sends the next when the last is answered."""
    until = time.monotonic() + seconds
    waits: list[float] = []
    await asyncio.gather(*(_connection(port, batch, until, waits) for _ in range(connections)))
    return waits


async def _connection(port: int, batch: int, until: float, waits: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    visit = uuid.uuid4().hex
    number = 0
    while (started := time.monotonic()) < until:
        number += 1
        writer.write(_request(visit, number, batch))
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 202"), head
        length = head.lower().partition(b"content-length:")[2].partition(b"\r")[0]
        await reader.readexactly(int(length))
        waits.append(time.monotonic() - started)
    writer.close()


def _request(visit: str, number: int, batch: int) -> bytes:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    events = ",".join(
        f'{{"id":"{visit[:20]}-{number}-{each}","site":"permits","at":"{now}","kind":"click",'
        f'"name":"start-application","page":"/permits/boats/{number % 50}","visit":"{visit[:16]}",'
        f'"flow":"boat-permit","step":"who-are-you","value":12.5,"language":"en"}}'
        for each in range(batch)
    )
    body = f"[{events}]".encode()
    return _HEAD.format(length=len(body)).encode() + body


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
