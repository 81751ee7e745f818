"""Tasks for another process: they write what they did into the file that CX280_TRIED names."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def tell(now: object) -> None:
    """Adds the number of the process to the file."""
    print("what a job prints is no answer")  # noqa: T201
    with Path(os.environ["CX280_TRIED"]).open("a") as file:
        file.write(f"{os.getpid()}\n")


def fail(now: object) -> None:
    """Fails."""
    raise ValueError("the lake is frozen")


def die(now: object) -> None:
    """The process is killed, as by a system short of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang(now: object) -> None:
    """Does not come back within a minute."""
    tell(now)
    time.sleep(60)
