"""The process of `cx280.site.apart`: does the jobs that its input names, until the input ends."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Thread, Timer
from typing import IO, Any

import django

from cx280.site.apart import GRACE_SECONDS

log = logging.getLogger(__name__)

# Files written by a job may carry a time a tick of the system's clock after it: wait for the tick.
_TICK_SECONDS = 0.05


def main() -> None:
    """Reads a job a line, does it, and answers with a line; leaves when the input ends."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what a job prints is no answer
        jobs: SimpleQueue[str | None] = SimpleQueue()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the worker's, who ends the input
        signal.signal(signal.SIGTERM, lambda _signal, _frame: _end(jobs))
        Thread(target=_hear, args=(jobs,), daemon=True).start()
        django.setup()
        while (line := jobs.get()) is not None:
            _answer(answers, _done(json.loads(line)))


def _hear(jobs: SimpleQueue[str | None]) -> None:
    for line in sys.stdin:
        jobs.put(line)
    _end(jobs)


def _end(jobs: SimpleQueue[str | None]) -> None:
    """After the job under way, or without it when that takes too long: it is safe to be killed."""
    jobs.put(None)
    last = Timer(GRACE_SECONDS, os._exit, args=(1,))
    last.daemon = True
    last.start()


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    """The job carried out, and how it went."""
    from django.db import close_old_connections

    from cx280.site.job import Job

    now = datetime.fromisoformat(asked.pop("now"))
    job = Job(**asked)
    started = time.monotonic()
    failure = ""
    close_old_connections()
    try:
        job.run(now)
    except Exception as problem:  # one job's failure must not stop the others
        log.exception("job failed: %s", job.name)
        failure = f"{type(problem).__name__}: {problem}"[:500]
    milliseconds = int((time.monotonic() - started) * 1000)
    time.sleep(_TICK_SECONDS)
    finished = datetime.now(UTC).isoformat()
    return {
        "name": job.name,
        "failure": failure,
        "milliseconds": milliseconds,
        "finished": finished,
    }


def _answer(answers: IO[str], said: dict[str, Any]) -> None:
    answers.write(json.dumps(said) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
