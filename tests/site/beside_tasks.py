"""Tasks for threads of this process: they hang until they are let go."""

from __future__ import annotations

import threading

begun, let_go = threading.Event(), threading.Event()
quick: list[str] = []


def hang(now: object) -> None:
    """Waits for a receiver that says nothing."""
    begun.set()
    let_go.wait(60)


def be_quick(now: object) -> None:
    """Says in which thread it ran."""
    quick.append(threading.current_thread().name)


def fail(now: object) -> None:
    """Fails."""
    raise ValueError("nobody is there")
