"""Sends to many addresses at once, so that one that hangs keeps nobody waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from cx280.alarms.channels.shape import Failed, Receipt

Job = TypeVar("Job")

_LINES = 16


def sent_at_once(
    jobs: Iterable[tuple[Job, Callable[[], Receipt]]], lines: int = _LINES
) -> Iterator[tuple[Job, Receipt | Failed]]:
    """Each job with its receipt or failure, as soon as it is known: fast receivers first.

    jobs: what is to be sent, and how; it runs in a thread, so it must not use the record.
    lines: how many at the same time.
    """
    with ThreadPoolExecutor(lines, thread_name_prefix="alarm") as pool:
        waiting = {pool.submit(_outcome, send): job for job, send in jobs}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def _outcome(send: Callable[[], Receipt]) -> Receipt | Failed:
    try:
        return send()
    except Failed as failed:
        return failed
    except Exception as error:  # a fault of ours must not stop the messages of others
        return Failed(
            f"A fault in cx280 itself ({type(error).__name__}): report it.", permanent=False
        )
