"""Kills the sealer (`kill -9`) at random moments under load, then counts by event id.

    python -m benchmarks.kills --kills 100

A writer fills the buffer as the collector does, sending some events twice; a sealer in a process of
its own hands it over and is killed; every fifth one finds the disk full first. At the end the table
must hold every acknowledged event exactly once, read from its files without our own engine.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event, Thread

import msgspec

from cx280.lake.columns import EventRow
from cx280.lake.engines import DuckDB
from cx280.lake.sealing import seal
from cx280.lake.tables import Lake

_SECOND = 1_000_000
# A file larger than this cannot be written: what a process sees of a full disk.
_FULL_DISK_BYTES = 512
_WAITING_FILES = 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was acknowledged and what the table holds; sound when nothing is lost or doubled."""

    kills: int
    acknowledged: int
    lost: int
    doubled: int
    commits: int
    seconds: float

    @property
    def is_sound(self) -> bool:
        return self.acknowledged > 0 and self.lost == 0 and self.doubled == 0


@dataclass(slots=True)
class Writer:
    """Fills one worker's part of the buffer until told to stop; remembers what it acknowledged."""

    folder: Path
    chance: random.Random
    stop: Event = field(default_factory=Event)
    acknowledged: list[EventRow] = field(default_factory=list)

    def run(self) -> None:
        """A file of some twenty events every few milliseconds, one in twenty sent before."""
        self.folder.mkdir(parents=True)
        number = 0
        while not self.stop.is_set():
            number += 1
            rows = [self._row() for _ in range(self.chance.randint(1, 40))]
            path = self.folder / f"{number:012}.open"
            path.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in rows))
            path.rename(path.with_suffix(".log"))
            self.acknowledged.extend(rows)
            self.stop.wait(self.chance.uniform(0, 0.02))
            while len(list(self.folder.iterdir())) > _WAITING_FILES and not self.stop.is_set():
                self.stop.wait(0.01)  # as a collector holds back when nobody seals

    def _row(self) -> EventRow:
        if self.acknowledged and self.chance.random() < 0.05:
            return self.chance.choice(self.acknowledged)
        now = time.time_ns() // 1000 - self.chance.randint(0, 3 * 86_400) * _SECOND
        name = f"{self.chance.getrandbits(128):032x}"
        return EventRow(name, "site", self.chance.randint(1, 20), now, now, "page_view")


def run(folder: Path, kills: int, seed: int) -> Verdict:
    """Writes, seals, kills that often, seals what is left, counts."""
    started = time.monotonic()
    chance = random.Random(seed)
    buffer = folder / "buffer"
    writers = [Writer(buffer / str(each), random.Random(seed * 10 + each)) for each in (1, 2)]
    threads = [Thread(target=each.run) for each in writers]
    for thread in threads:
        thread.start()
    try:
        for turn in range(kills):
            kill_one(folder, chance, is_full=turn % 5 == 4)
    finally:
        for writer in writers:
            writer.stop.set()
        for thread in threads:
            thread.join()
    lake = Lake(folder / "lake")
    seal(buffer, lake)
    sent = {each.id for writer in writers for each in writer.acknowledged}
    return _judge(lake, kills, sent, time.monotonic() - started)


def kill_one(folder: Path, chance: random.Random, *, is_full: bool) -> None:
    """Starts a sealer and kills it in its first, second or third sealing, wherever it then is."""
    command = [sys.executable, "-m", "benchmarks.kills", "--seal", str(folder)]
    with subprocess.Popen(
        [*command, *(["--full"] if is_full else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as sealer:
        assert sealer.stdout is not None
        for _ in range(chance.randint(1, 3)):  # it has begun, and maybe sealed once or twice
            sealer.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        sealer.kill()


def seal_until_killed(folder: Path, *, is_full: bool) -> None:
    """Seals again and again; first, where asked, with a disk that takes nothing."""
    lake = Lake(folder / "lake")
    DuckDB(lake).answer("SELECT 1")  # loads everything, so that kills find it at work
    print("begun", flush=True)
    if is_full:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL_DISK_BYTES, most))
        with contextlib.suppress(Exception):
            seal(folder / "buffer", lake)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    while True:
        if seal(folder / "buffer", lake).events:
            print("sealed", flush=True)
        time.sleep(0.005)


def _judge(lake: Lake, kills: int, sent: set[str], seconds: float) -> Verdict:
    table = lake.table()
    held = Counter(table.to_pyarrow_table(columns=["id"])["id"].to_pylist())
    doubled = sum(count - 1 for count in held.values())
    lost = len(sent ^ held.keys())
    return Verdict(kills, len(sent), lost, doubled, table.version(), round(seconds, 1))


def main() -> None:
    """Prints the verdict as JSON; exit 1 when an event is lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=280)
    parser.add_argument("--seal", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--full", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.seal:
        seal_until_killed(given.seal, is_full=given.full)
    with tempfile.TemporaryDirectory(prefix="cx280-kills-") as folder:
        verdict = run(Path(folder), given.kills, given.seed)
    print(json.dumps(asdict(verdict)))
    sys.exit(not verdict.is_sound)


if __name__ == "__main__":
    main()
