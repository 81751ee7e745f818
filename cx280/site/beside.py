"""Jobs that run beside the worker: each in a thread of its own, since it waits for others' servers.

A receiver that hangs holds its own thread, and no other job waits for it. A thread takes no memory
worth telling and starts at once, where a process costs 80 MB and a second of processor time; each
has its own connection to the record, and closes it.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread

from django.db import connections
from django.utils import timezone

from cx280.site.job import Job, Outcome

log = logging.getLogger(__name__)

# Seconds that jobs under way are given when the worker stops; each is safe to be killed.
GRACE_SECONDS = 2.0


class Beside:
    """The threads, one for each job that was sent and is not finished."""

    def __init__(self) -> None:
        self._under_way: dict[str, Thread] = {}
        self._finished: SimpleQueue[Outcome] = SimpleQueue()

    def has(self, job: Job) -> bool:
        """Whether the job was sent and is not finished, as far as was collected."""
        return job.name in self._under_way

    def send(self, job: Job, now: datetime) -> None:
        """Begins the job, whatever the others do."""
        # A daemon: a worker that stops does not wait for who hangs.
        thread = Thread(target=self._do, args=(job, now), daemon=True, name=job.name)
        thread.start()
        self._under_way[job.name] = thread

    def collect(self, now: datetime) -> list[Outcome]:
        """What was finished since the last time; never waits for a job."""
        found = []
        while (outcome := self._next()) is not None:
            self._under_way.pop(outcome.name, None)
            found.append(outcome)
        return found

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """Waits a little for what is under way, and leaves it behind then."""
        until = time.monotonic() + grace_seconds
        for each in self._under_way.values():
            each.join(max(0.0, until - time.monotonic()))

    def _next(self) -> Outcome | None:
        try:
            return self._finished.get_nowait()
        except Empty:
            return None

    def _do(self, job: Job, now: datetime) -> None:
        started = time.monotonic()
        failure = ""
        try:
            job.run(now)
        except Exception as problem:  # it is written down, and tried again when it is next due
            log.exception("job failed: %s", job.name)
            failure = f"{type(problem).__name__}: {problem}"[:500]
        connections.close_all()  # those of this thread
        milliseconds = int((time.monotonic() - started) * 1000)
        self._finished.put(Outcome(job.name, timezone.now(), milliseconds, failure))
