"""Whether memory stays flat: minutes of load on a collector, with the real worker beside it.

    python -m benchmarks.collector --minutes 10

Twenty seconds of all that goes, then 3,000 events a second on 64 connections, singly and in batches
of 20, from as many addresses and agents as one likes. Memory is sampled every two seconds, of the
collector and of the worker's process for the lake, which the worker ends when it has grown. A line
is fitted to what comes after two minutes, or after half of a shorter run.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.measuring import (
    own_data,
    processes,
    processor_seconds,
    quantile,
    resident_megabytes,
)
from benchmarks.record import in_a_child, with_a_site
from tests.a_server import PROJECT, Server

CONNECTIONS = 64
_SITE = "permits"
BATCH = 20
EVENTS_A_SECOND = 3000
BURST_SECONDS = 20.0
WARM_MINUTES = 2.0
_SAMPLE_SECONDS = 2.0
_HEAD = (
    "POST /t/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain;charset=UTF-8\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:{agent}) Gecko/20100101 Firefox/140.0\r\n"
    "X-Forwarded-For: {address}\r\nAccept: */*\r\nContent-Length: {length}\r\n\r\n"
)


class Load:
    """Sends for `seconds` on 64 connections, half of them singly; knows how long answers took."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port = port
        self.started = time.monotonic()
        self.burst_ends = self.started + min(BURST_SECONDS, seconds / 10)
        self.ends = self.started + seconds
        self.waits: list[float] = []
        self.events = 0
        self.refused = 0

    async def run(self) -> None:
        """Until the end."""
        await asyncio.gather(*(self._connection(each) for each in range(CONNECTIONS)))

    async def _connection(self, number: int) -> None:
        batch = 1 if number % 2 else BATCH
        # A third of the events come singly.
        share = EVENTS_A_SECOND * (1 / 3 if batch == 1 else 2 / 3) / (CONNECTIONS / 2)
        pause = batch / share
        chance = random.Random(number)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        following = time.monotonic()
        while (now := time.monotonic()) < self.ends:
            writer.write(_request(chance, batch))
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length:")[2].partition(b"\r")[0]
            await reader.readexactly(int(length))
            if head.startswith(b"HTTP/1.1 202"):
                self.events += batch
            else:
                self.refused += 1
            if now < self.burst_ends:
                following = time.monotonic()
                continue
            self.waits.append(time.monotonic() - now)
            following += pause
            await asyncio.sleep(max(0.0, following - time.monotonic()))
        writer.close()


def _request(chance: random.Random, batch: int) -> bytes:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    visit = f"{chance.getrandbits(64):x}"
    start = uuid.UUID(int=chance.getrandbits(128)).hex[:28]
    events = ",".join(
        f'{{"id":"{start}-{each}","site":"permits","at":"{now}","kind":"click",'
        f'"name":"start-application","page":"/permits/boats/{chance.getrandbits(13)}",'
        f'"visit":"{visit}","flow":"boat-permit","step":"who-are-you","value":12.5}}'
        for each in range(batch)
    )
    body = f"[{events}]".encode()
    address = ".".join(str(chance.getrandbits(8)) for _ in range(4))
    return (
        _HEAD.format(length=len(body), address=address, agent=chance.getrandbits(14)).encode()
        + body
    )


def measure(minutes: float) -> dict[str, object]:
    """Loads for so long; memory of both processes, their growth, and what an event cost."""
    with own_data() as folder:
        in_a_child(lambda: with_a_site(_SITE))
        collector = Server(
            folder, ("-m", "cx280", "collect"), ready="/t/v1/health",
            environment={"CX280_BEHIND_PROXY": "1"},
        )  # fmt: skip
        collector.start()
        worker = subprocess.Popen(
            [sys.executable, "-m", "cx280", "work"], env=collector.environment,
            cwd=PROJECT, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_for_the_site(folder)
            load = Load(collector.port, minutes * 60)
            samples, sealers = asyncio.run(_sampled(load, folder, collector.pid, worker.pid))
            cpu = processor_seconds(collector.pid)
            collector.stop()
        finally:
            collector.kill()
            worker.terminate()
            worker.wait(60)
        held = _sealed(folder)
    if held != load.events:
        raise SystemExit(f"{load.events} events were acknowledged, {held} are in the table")
    found: dict[str, object] = {
        "minutes": minutes,
        "events": load.events,
        "refused_requests": load.refused,
        "cpu_us": cpu / load.events * 1e6,
        "p50_ms": quantile(load.waits, 0.5) * 1000,
        "p99_ms": quantile(load.waits, 0.99) * 1000,
        "sealers": sealers,
        "waiting_median_s": quantile([each[3] for each in samples], 0.5),
        "waiting_p99_s": quantile([each[3] for each in samples], 0.99),
    }
    for column, name in ((1, "collector"), (2, "sealer")):
        found |= {f"{name}_{key}": value for key, value in _growth(samples, column).items()}
    return found


def _wait_for_the_site(folder: Path) -> None:
    """Until the worker has told the collector of it, which looks every second."""
    for _ in range(600):
        if (folder / "sites.json").exists() and _SITE in (folder / "sites.json").read_text():
            time.sleep(2)
            return
        time.sleep(0.1)
    raise SystemExit("the worker did not tell of the site within a minute")


async def _sampled(
    load: Load, folder: Path, collector: int, worker: int
) -> tuple[list[tuple[float, ...]], int]:
    """Seconds since the start, the megabytes of both, and how long the oldest event has waited; and
    how many processes sealed in turn.
    """
    samples: list[tuple[float, ...]] = []
    sealers: set[int] = set()
    running = asyncio.create_task(load.run())
    while not running.done():
        if sealer := _sealer(worker):
            sealers.add(sealer)
            held = (resident_megabytes(each) for each in (collector, sealer))
            samples.append((time.monotonic() - load.started, *held, _waiting(folder)))
        await asyncio.wait([running], timeout=_SAMPLE_SECONDS)
    await running
    return samples, len(sealers)


def _waiting(folder: Path) -> float:
    """Seconds since the oldest file of the buffer was begun: its number says when."""
    begun = [int(each.stem) / 100 for each in folder.glob("buffer/*/*") if each.stem.isdigit()]
    return max(0.0, time.time() - min(begun)) if begun else 0.0


def _sealer(worker: int) -> int:
    """The number of the worker's process for the lake; 0 while there is none."""
    names = processes(worker).items()
    return next((each for each, command in names if b"apart_process" in command), 0)


def _growth(samples: list[tuple[float, ...]], column: int) -> dict[str, object]:
    """At the start, when warm and at the end; the slope of a line, in MB a minute; each minute."""
    table = np.array(samples)
    minutes, held = table[:, 0] / 60, table[:, column]
    warm = minutes >= min(WARM_MINUTES, minutes[-1] / 2)
    after = held[warm]
    tenth = max(1, len(after) // 10)
    return {
        "start_mb": float(held[0]),
        "warm_mb": float(np.median(after[:tenth])),
        "end_mb": float(np.median(after[-tenth:])),
        "most_mb": float(held.max()),
        "slope_mb_a_minute": float(np.polyfit(minutes[warm], after, 1)[0]),
        "by_minute_mb": [
            round(float(np.median(held[minutes.astype(int) == each])), 1)
            for each in range(int(minutes[-1]) + 1)
        ],
    }


def _sealed(folder: Path) -> int:
    """How many events the table holds when everything is sealed."""
    from cx280.lake.sealing import seal
    from cx280.lake.tables import Lake

    lake = Lake(folder / "lake")
    seal(folder / "buffer", lake)
    return int(lake.table().count())
