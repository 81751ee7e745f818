"""Waits for what takes no time limit of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")


def in_time(ask: Callable[[], Given], seconds: float) -> Given:
    """What `ask` gives, or raises; TimeoutError when it takes longer.

    It runs in a thread that is left behind then, so it must not use the record; what it does may
    still happen later.
    """
    given: queue.SimpleQueue[tuple[Given | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            given.put((ask(), None))
        except Exception as error:  # handed over to whoever waits
            given.put((None, error))

    threading.Thread(target=run, daemon=True, name="in-time").start()
    try:
        answer, error = given.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # no error, so this is what was given
