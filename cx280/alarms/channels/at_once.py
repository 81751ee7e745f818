"""Sends to many addresses at once, so that one that hangs keeps nobody waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from cx280.alarms.channels.shape import Failed, Receipt

Job = TypeVar("Job")


def sent_at_once(
    jobs: Iterable[tuple[Job, Callable[[], Receipt]]],
) -> Iterator[tuple[Job, Receipt | Failed]]:
    """Each job with its receipt or failure, as soon as it is known: fast receivers first.

    jobs: what is to be sent, and how, as many as may be on their way at a time; each runs in a
    thread, so it must not use the record.
    """
    outcomes: SimpleQueue[tuple[Job, Receipt | Failed]] = SimpleQueue()

    def run(job: Job, send: Callable[[], Receipt]) -> None:
        outcomes.put((job, _outcome(send)))

    under_way = 0
    for each in jobs:
        # A daemon: a worker that stops does not wait for who hangs.
        Thread(target=run, args=each, daemon=True, name="alarm").start()
        under_way += 1
    for _ in range(under_way):
        yield outcomes.get()


def _outcome(send: Callable[[], Receipt]) -> Receipt | Failed:
    try:
        return send()
    except Failed as failed:
        return failed
    except Exception as error:  # a fault of ours must not stop the messages of others
        return Failed(
            f"A fault in cx280 itself ({type(error).__name__}): report it.", permanent=False
        )
