"""Jobs that run apart from the worker: in a process that is there while there is something to do.

What a job loads stays in its process: the libraries that read the lake alone take 150 MB. So the
worker hands such jobs to another process, one after another, and ends it a minute after the last,
or between two jobs when it has grown: memory that was given back stays with a process, in pieces.
One that has grown is given no more jobs: under steady load there is else no moment between two.
The other process ends by itself when its input does, so it never outlives a worker for long.
"""

from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cx280.site.job import Job, Outcome

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0
# Sealing alone comes to rest at 350 MB; sorting a day takes more, and leaves it behind.
MOST_MEGABYTES = 400.0
# Seconds that a job under way is given when the worker stops; each is safe to be killed.
GRACE_SECONDS = 6.0


class Apart:
    """The other process, started when the first job is sent and whenever it is gone."""

    def __init__(
        self, idle_seconds: float = IDLE_SECONDS, most_megabytes: float = MOST_MEGABYTES
    ) -> None:
        self._idle_seconds, self._most_megabytes = idle_seconds, most_megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._sent: list[tuple[Job, datetime]] = []
        self._for_the_next: list[tuple[Job, datetime]] = []
        self._heard = b""
        self._since = time.monotonic()  # the first of those sent has been the first, or none there

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        return self._process.pid if self._process else None

    def has(self, job: Job) -> bool:
        """Whether the job was sent and is not finished."""
        return any(each.name == job.name for each, _ in (*self._sent, *self._for_the_next))

    def send(self, job: Job, now: datetime) -> None:
        """Hands the job over, to be done after those that were sent before."""
        if self._sent and self._has_grown():
            self._for_the_next.append((job, now))
            return
        if not self._sent:
            self._since = time.monotonic()
        self._sent.append((job, now))
        if self._process is None:
            self._start()
        self._write(job, now)

    def collect(self, now: datetime) -> list[Outcome]:
        """What was finished since the last time; never waits for a job.

        A process that died, or that is at one job for longer than the job's `patience`, costs that
        job its turn: it failed. The others are sent to a new process.
        """
        process = self._process
        if process is None:
            return []
        is_gone = process.poll() is not None  # asked first: what it said before is read after
        found = self._read(process)
        seconds = time.monotonic() - self._since
        if not self._sent:
            if is_gone or self._has_grown() or seconds > self._idle_seconds:
                self.close()
            self._send_what_waited()
        elif is_gone:
            found += self._begin_again(process, now, f"its process ended ({process.returncode})")
        elif seconds > self._sent[0][0].patience:
            found += self._begin_again(process, now, f"not finished after {seconds:.0f} seconds")
        return found

    def _has_grown(self) -> bool:
        return self._process is not None and _megabytes(self._process.pid) > self._most_megabytes

    def _send_what_waited(self) -> None:
        waited, self._for_the_next = self._for_the_next, []
        for job, now in waited:
            self.send(job, now)

    def close(self) -> None:
        """Ends the process: at once where it has nothing to do, else within a few seconds."""
        process, self._process, self._heard = self._process, None, b""
        if process is None:
            return
        _close_input(process)
        try:
            process.wait(GRACE_SECONDS + 1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cx280.site.apart_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"DJANGO_SETTINGS_MODULE": "cx280.site.settings", **os.environ},
        )

    def _write(self, job: Job, now: datetime) -> None:
        line = json.dumps({**job.as_data(), "now": now.isoformat()}) + "\n"
        # A process that is gone is noticed, and what was sent is sent again, by `collect`.
        with suppress(OSError):
            if self._process and self._process.stdin:
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()

    def _read(self, process: subprocess.Popen[bytes]) -> list[Outcome]:
        pipe = process.stdout.fileno() if process.stdout else -1
        while select.select([pipe], [], [], 0)[0]:
            said = os.read(pipe, 65_536)
            if not said:
                break
            self._heard += said
        *lines, self._heard = self._heard.split(b"\n")
        return [self._finished(json.loads(line)) for line in lines]

    def _finished(self, said: dict[str, str]) -> Outcome:
        self._sent = [each for each in self._sent if each[0].name != said["name"]]
        self._since = time.monotonic()
        finished = datetime.fromisoformat(said["finished"])
        return Outcome(said["name"], finished, int(said["milliseconds"]), said["failure"])

    def _begin_again(
        self, process: subprocess.Popen[bytes], now: datetime, why: str
    ) -> list[Outcome]:
        process.kill()
        self.close()
        (job, _), *others = self._sent
        log.error("job failed: %s: %s", job.name, why)
        milliseconds = int((time.monotonic() - self._since) * 1000)
        self._sent = []
        for each, moment in others:
            self.send(each, moment)
        self._send_what_waited()
        return [Outcome(job.name, now, milliseconds, f"Left: {why}.")]


def _megabytes(pid: int) -> float:
    """The memory that a process holds now; 0 of one that is gone, or where none can be told."""
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def _close_input(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if process.stdin:
            process.stdin.close()
