"""How soon the lake has an event, part by part, and what `cx280 serve` costs while it is idle.

    python -m benchmarks.freshness [--times 10] [--idle 30]

Starts the real system with one site, waits until its process for the lake has gone, and measures
processor time while nothing comes. Then it sends one event at a time: the first, for which that
process has to be started (`cold`), and others at odd moments (`warm`). Seconds from sending to:
acknowledged, its file closed, in the lake. What a browser waits before it sends, and what counting
and a page add, is not in here. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import own_data, processes, processor_seconds, quantile
from benchmarks.record import in_a_child, with_a_site
from tests.a_server import Server

_SITE = "freshness"
_LOOK_SECONDS = 0.01
_PATIENCE = 120.0
# By then every job has been looked after once.
_STARTED_SECONDS = 12.0
PARTS = ("acknowledged", "closed", "in_the_lake")


def main() -> None:
    """Prints the parts and the idle cost as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.freshness")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--idle", type=float, default=30.0, help="seconds of idleness to measure")
    given = parser.parse_args()
    with own_data() as folder:
        in_a_child(lambda: with_a_site(_SITE))
        server = Server(folder, ("-m", "cx280", "serve"), ready="/health")
        server.start()
        try:
            found = measured(folder, server, given.times, given.idle)
        finally:
            server.stop()
    print(json.dumps({name: round(each, 3) for name, each in found.items()}))


def measured(folder: Path, server: Server, times: int, idle: float) -> dict[str, float]:
    """Idle cost in percent of one core; seconds of the first event, and of the others."""
    _until(lambda: _SITE in _read(folder / "sites.json"))
    time.sleep(_STARTED_SECONDS)
    _until(lambda: not any(b"apart_process" in each for each in processes(server.pid).values()))
    idling = processes(server.pid)
    before = sum(map(processor_seconds, idling))
    time.sleep(idle)
    used = sum(map(processor_seconds, idling)) - before
    found = {"idle_cpu_percent": 100 * used / idle, "load": os.getloadavg()[0]}
    cold = followed(folder, server)
    found |= {f"cold_{name}": each for name, each in zip(PARTS, cold, strict=True)}
    chance, warm = random.Random(280), []
    for _ in range(times):
        time.sleep(chance.uniform(0.5, 6))
        warm.append(followed(folder, server))
    for name, *each in zip(PARTS, *warm, strict=True):
        found |= {f"warm_{name}_median": quantile(each, 0.5), f"warm_{name}_most": max(each)}
    return found


def followed(folder: Path, server: Server) -> tuple[float, float, float]:
    """Seconds until a new event was acknowledged, its file closed, and the lake had it."""
    name = uuid.uuid4().hex
    started = time.monotonic()
    status, said = server.ask("POST", "/t/v1/events", _event(name), "text/plain")
    assert status == 202, said
    acknowledged = time.monotonic() - started
    _until(lambda: not any(name in _read(each) for each in folder.glob("buffer/*/*.open")))
    closed = time.monotonic() - started
    _until(lambda: any(name in _read(each) for each in _files_of_the_lake(folder)))
    return acknowledged, closed, time.monotonic() - started


def _event(name: str) -> str:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps([{"id": name, "site": _SITE, "at": now, "kind": "page_view", "page": "/"}])


def _files_of_the_lake(folder: Path) -> list[Path]:
    """Its log, newest first: a commit names the least and greatest id of the file it adds."""
    return sorted(folder.glob("lake/events/_delta_log/*.json"), reverse=True)[:3]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:  # renamed since it was listed
        return ""


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"it did not come to hold within {_PATIENCE:.0f} seconds")
        time.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    main()
