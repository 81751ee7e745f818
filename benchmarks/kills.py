"""Kills collectors and the sealer (`kill -9`) at random moments under load, counts by event id.

    python -m benchmarks.kills --kills 100 [--seed 280] [--small-disk]

Two collectors (`cx280 collect`) take events over HTTP into one buffer, a sealer hands them to the
table and sorts it; each process runs and dies on its own schedule, collectors as often together as
the sealer. Among their lives are full disks (no file may grow, at any moment and size, until it is
lifted or the process is killed; with `--small-disk`, as root, a disk that really is full), clocks
that jump, and last lines torn as by a power cut. At the end the table must hold every acknowledged
event exactly once and no event twice, read from its files without our own engine.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event, Lock, Thread

from benchmarks.senders import SITE, Sender
from cx280.lake.sealing import seal
from cx280.lake.tables import Lake
from tests.a_server import PROJECT, Server

COLLECTORS = 2
_MINUTE = 60
_JUMPS = (-3 * 1440, -120, -10, -1, 10, 120, 3 * 1440)  # minutes
_LARGEST_WHEN_FULL = (0, 1, 12, 300, 1000, 3000, 8000, 20_000, 40_000)
_SMALL_DISK = "48m"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was done, what was acknowledged, what the table holds.

    Sound when no acknowledged event is missing (`lost`), none is there twice (`doubled`), none is
    there that nobody sent (`strange`), and nothing is left in the buffer.
    """

    acknowledged: int
    held: int
    lost: int
    doubled: int
    strange: int
    left: int
    commits: int
    seconds: float
    counts: dict[str, int]

    @property
    def is_sound(self) -> bool:
        wrong = self.lost + self.doubled + self.strange + self.left
        return self.acknowledged > 0 and not wrong


class Sealer:
    """Seals in a process of its own; remembers what it said."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.said: list[tuple[float, str]] = []
        self.begun, self.at_work, self.ended = Event(), Event(), Event()
        self._nurse: subprocess.Popen[str] | None = None
        self._pid = 0

    def start(self) -> None:
        """Returns when it is ready to seal."""
        for each in (self.begun, self.at_work, self.ended):
            each.clear()
        if self._nurse is None:
            self._nurse = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.doomed", "seal"],
                env=self.environment, cwd=PROJECT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            self._listening = Thread(target=self._listen, args=(self._nurse,), daemon=True)
            self._listening.start()
        assert self._nurse.stdin is not None
        self._nurse.stdin.write("\n")
        self._nurse.stdin.flush()
        assert self.begun.wait(60), "the sealer did not start within a minute"

    def _listen(self, nurse: subprocess.Popen[str]) -> None:
        assert nurse.stdout is not None
        heard = {"begun": self.begun, "sealing": self.at_work, "ended": self.ended}
        for line in nurse.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "begun":
                self._pid = int(rest)
            if word != "ended":
                self.said.append((time.monotonic(), line.strip()))
            if word in heard:
                heard[word].set()
        nurse.stdout.close()

    def usual(self) -> float:
        """Seconds that most of the last sealings took which came to their end."""
        taken = [
            then - now
            for (now, word), (then, next_word) in pairwise(self.said[-100:])
            if word == "sealing" and next_word.startswith("sealed")
        ]
        return sorted(taken)[len(taken) // 2] if taken else 0.3

    def limit_files(self, longest: int) -> None:
        """From now on no file grows beyond so many bytes."""
        _, most = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (longest, most))

    def kill(self) -> None:
        """kill -9, and nothing gentler."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            assert self.ended.wait(60)
            self._pid = 0

    def close(self) -> None:
        """The end of the nurse as well."""
        self.kill()
        if self._nurse is not None and self._nurse.stdin is not None:
            self._nurse.stdin.close()
            self._listening.join(10)
            self._nurse.wait(10)


class Run:
    """One run in `folder`: senders, collectors, a sealer, and whoever kills them."""

    def __init__(self, folder: Path, clock: Path, seed: int, *, small_disk: bool = False) -> None:
        self.folder, self.clock, self.small_disk = folder, clock, small_disk
        self.said = clock.with_name("said")  # by collectors; beside the clock, so never full
        self.chance = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self._lock, self._holders = Lock(), 0
        (folder / "sites.json").write_text(json.dumps({"sites": {SITE: {"service": 1}}}))
        clock.write_text("0")
        mine = {"CX280_EVENTS_A_SECOND": "0", "CX280_CLOCK": str(clock)}
        command = ("-m", "benchmarks.doomed", "collect")
        self.collectors = [
            Server(folder, command, ready="/t/v1/health", environment=mine, errors=self.said)
            for _ in range(COLLECTORS)
        ]
        self.sealer = Sealer(self.collectors[0].environment)
        ports = [each.port for each in self.collectors]
        self.senders = [Sender(f"s{each}", ports, seed + each, 0.02) for each in range(4)]

    def run(self, kills: int) -> Verdict:
        """Kills that often, lets everything come to rest, seals what is left, and counts."""
        started = time.monotonic()
        try:
            self.sealer.start()
            for collector in self.collectors:
                collector.start()
            for sender in self.senders:
                sender.start()
            self._together(
                *(self._deaths_of(each, kills // COLLECTORS) for each in self.collectors),
                self._deaths_of_the_sealer(kills),
            )
            self._rest()
        finally:
            self.sealer.close()
            for collector in self.collectors:
                collector.kill()
        lake = Lake(self.folder / "lake")
        last = seal(self.folder / "buffer", lake)
        self.counts["files found handed over, and not yet removed"] += last.known
        return self._judge(lake, time.monotonic() - started)

    def _together(self, *works: Callable[[], None]) -> None:
        failed: list[BaseException] = []

        def guarded(work: Callable[[], None]) -> None:
            try:
                work()
            except BaseException as error:
                failed.append(error)

        threads = [Thread(target=guarded, args=(each,)) for each in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]

    def _deaths_of(self, collector: Server, kills: int) -> Callable[[], None]:
        chance = random.Random(self.chance.random())

        def deaths() -> None:
            for _ in range(kills):
                time.sleep(chance.uniform(0, 0.8))
                if chance.random() < 0.3:
                    self._jump(chance)
                if chance.random() < 0.25:
                    with self._full_disk(collector.limit_files, chance):
                        time.sleep(chance.uniform(0.05, 0.5))
                        if chance.random() < 0.5:
                            collector.kill()
                    time.sleep(chance.uniform(0, 0.2))
                collector.kill()
                self.counts["kills of a collector"] += 1
                self._tear(chance)
                collector.start()

        return deaths

    def _deaths_of_the_sealer(self, kills: int) -> Callable[[], None]:
        chance = random.Random(self.chance.random())

        def deaths() -> None:
            for _ in range(kills):
                self._let_it_seal(chance)
                if chance.random() < 0.25:
                    with self._full_disk(self.sealer.limit_files, chance):
                        self._let_it_seal(chance)
                        if chance.random() < 0.5:
                            self.sealer.kill()
                self.sealer.kill()
                self.counts["kills of the sealer"] += 1
                last = self.sealer.said[-1][1]
                self.counts[f"sealer killed while {last}"] += last in ("sealing", "sorting")
                self.sealer.start()

        return deaths

    def _let_it_seal(self, chance: random.Random) -> None:
        """Up to a moment, mostly within the next sealing, as long as those usually take."""
        self.sealer.at_work.clear()
        if chance.random() < 0.8:
            self.sealer.at_work.wait(2)
        time.sleep(chance.uniform(0, 1.5 * self.sealer.usual()))

    def _jump(self, chance: random.Random) -> None:
        """Moves the clock of this machine by minutes to days, or back to what is right."""
        minutes = chance.choice(_JUMPS) if self.clock.read_text() == "0" else 0
        draft = self.clock.with_suffix(f".{chance.random()}")
        draft.write_text(str(minutes * _MINUTE))
        draft.replace(self.clock)
        self.counts["jumps of the clock"] += 1

    def _tear(self, chance: random.Random) -> None:
        """Leaves half a line, or what was never written, at the end of a dead process's file."""
        for path in self.folder.glob("buffer/*/*.open"):
            if chance.random() < 0.5:
                continue
            with suppress(BlockingIOError, FileNotFoundError), (path.parent / "lock").open() as own:
                fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody else writes here
                lines = path.read_bytes().splitlines() or [b'["torn"']
                half = lines[-1][: chance.randint(1, len(lines[-1]))]
                with path.open("ab") as file:
                    file.write(chance.choice([half, b"\0" * 100, b"\xff{"]))
                self.counts["torn last lines"] += 1

    @contextmanager
    def _full_disk(self, limit: Callable[[int], None], chance: random.Random) -> Iterator[None]:
        self.counts["full disks"] += 1
        if self.small_disk:
            with self._filled():
                yield
            return
        limit(chance.choice(_LARGEST_WHEN_FULL))
        try:
            yield
        finally:
            with suppress(ProcessLookupError):  # it was killed meanwhile
                limit(resource.RLIM_INFINITY)

    @contextmanager
    def _filled(self) -> Iterator[None]:
        """Fills the disk to its last byte; emptied when nobody wants it full any more."""
        filler = self.folder / "filler"
        with self._lock:
            self._holders += 1
            with suppress(OSError), filler.open("ab", buffering=0) as file:
                for size in (1 << 20, 4096, 1):
                    with suppress(OSError):
                        while file.write(b"x" * size) == size:
                            pass
        try:
            yield
        finally:
            with self._lock:
                self._holders -= 1
                if not self._holders:
                    filler.unlink(missing_ok=True)

    def _rest(self) -> None:
        """Senders end, collectors close what the killed ones left and stop as asked."""
        self.clock.write_text("0")
        for sender in self.senders:
            sender.stopping.set()
        for sender in self.senders:
            sender.join(60)
        for collector in self.collectors:
            collector.stop()
        self.collectors[0].start()  # takes what the last ones left
        self.collectors[0].stop()

    def _judge(self, lake: Lake, seconds: float) -> Verdict:
        ledgers = [each.ledger for each in self.senders]
        for each in ledgers:
            self.counts += each.counts
        self.counts += _refusals(self.sealer.said, self.said)
        acknowledged = set().union(*(each.acknowledged for each in ledgers))
        given_up = set().union(*(each.given_up for each in ledgers)) - acknowledged
        table = lake.table()
        rows = table.to_pyarrow_table(columns=["id", "skewed"])
        held = Counter(rows["id"].to_pylist())
        self.counts["rows with a corrected time"] = sum(rows["skewed"].to_pylist())
        self.counts["given up, and in the table all the same"] = len(given_up & held.keys())
        self.counts["given up, and not in the table"] = len(given_up - held.keys())
        left = [each for each in self.folder.glob("buffer/*/*") if each.suffix in (".log", ".open")]
        return Verdict(
            acknowledged=len(acknowledged),
            held=held.total(),
            lost=len(acknowledged - held.keys()),
            doubled=sum(count - 1 for count in held.values()),
            strange=len(held.keys() - acknowledged - given_up),
            left=len(left),
            commits=table.version(),
            seconds=round(seconds, 1),
            counts=dict(sorted(self.counts.items())),
        )


def _refusals(said: list[tuple[float, str]], log: Path) -> Counter[str]:
    """How often the disk refused to write, and what else failed."""
    found: Counter[str] = Counter()
    for _, line in said:
        if line.startswith("sealed"):
            found["sealings that came to their end"] += 1
            found["files found handed over, and not yet removed"] += int(line.split()[3])
        if line.startswith("failed"):
            full = any(each in line for each in ("File too large", "No space left", "os error 27"))
            found["sealings that the disk refused" if full else f"sealer {line}"[:150]] += 1
    for line in log.read_text().splitlines() if log.exists() else []:
        found["groups of events that the disk refused"] += "cannot be written" in line
        found["tracebacks of collectors"] += "Traceback" in line
    return found


@contextmanager
def _disk(*, small: bool) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cx280-kills-") as name:
        if not small:
            yield Path(name)
            return
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL_DISK}", "tmpfs", name]
        subprocess.run(mount, check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def main() -> None:
    """Prints a table, and the verdict as JSON; exit 1 when an event is lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    parser.add_argument("--kills", type=int, default=100, help="of the sealer, and of collectors")
    parser.add_argument("--seed", type=int, default=280)
    parser.add_argument("--small-disk", action="store_true", help="one that is full; needs root")
    given = parser.parse_args()
    os.environ.pop("CX280_LAKE", None)
    with _disk(small=given.small_disk) as folder, tempfile.TemporaryDirectory() as other:
        run = Run(folder, Path(other) / "clock", given.seed, small_disk=given.small_disk)
        verdict = run.run(given.kills)
    found = asdict(verdict)
    for name, count in {**found.pop("counts"), **found}.items():
        print(f"{name:<60} {count:>12,}")
    print(json.dumps({**found, **verdict.counts}))
    sys.exit(not verdict.is_sound)


if __name__ == "__main__":
    main()
