"""Many requests, one fdatasync: what arrives while one runs goes with the next.

The loop only joins bytes; a thread of its own writes them, so a slow disk never holds up receiving.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import Empty, SimpleQueue

from cx280.kernel.problem import Problem
from cx280.lake.buffer import Buffer, own_buffer

_log = logging.getLogger(__name__)
# A timer may ring a moment early, and a file that could not be closed is tried again.
_LEAST_SECONDS = 0.02


class Busy(Problem):
    """The events cannot be kept now; none of the request was."""

    status = 503


class Commits:
    """Makes bytes durable in groups; `forget` is told the ids that could not be kept.

    `begin` and `end` belong to the life of the loop. Takes back-pressure instead of memory: with
    `most_bytes` waiting, `durable` raises `Busy`.
    """

    def __init__(
        self, root: Path, most_bytes: int, forget: Callable[[Iterable[str]], None]
    ) -> None:
        self._root, self._most, self._forget = root, most_bytes, forget
        self._next: list[bytes] = []
        self._next_ids: list[str] = []
        self._next_waiting: list[asyncio.Future[None]] = []
        self._ids: list[str] = []  # of the group being written
        self._waiting: list[asyncio.Future[None]] = []
        self._work: SimpleQueue[list[bytes] | None] = SimpleQueue()
        self._writing = False
        self._thread: threading.Thread | None = None
        self.pending_bytes = 0
        self.is_failing = False

    @property
    def is_begun(self) -> bool:
        """Whether it writes: between `begin` and `end`."""
        return self._thread is not None

    def begin(self) -> None:
        """Takes a folder of the buffer and starts the thread, once; call it in the running loop."""
        if self._thread is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._idle = asyncio.Event()
        self._idle.set()
        buffer = own_buffer(self._root)
        self._thread = threading.Thread(
            target=self._write, args=(buffer,), name="cx280-buffer", daemon=True
        )
        self._thread.start()

    async def end(self) -> None:
        """Returns when everything pending is durable and the file is closed."""
        if self._thread is None:
            return
        await self._idle.wait()
        thread, self._thread = self._thread, None
        self._work.put(None)
        await asyncio.to_thread(thread.join)

    async def durable(self, lines: bytes, ids: list[str]) -> None:
        """Returns when `lines`, and all given before, are durable; raises `Busy` when they are not.

        Without lines it waits for what is under way: events that were sent twice are only
        acknowledged when their first copy is.
        """
        if not lines and not self._writing:
            return
        if self._thread is None or self.pending_bytes + len(lines) > self._most:
            self._forget(ids)
            raise Busy("More events arrive than the disk takes.", fix="Send them again later.")
        done: asyncio.Future[None] = self._loop.create_future()
        self._next.append(lines)
        self._next_ids += ids
        self._next_waiting.append(done)
        self.pending_bytes += len(lines)
        if not self._writing:
            self._start()
        await done

    def _start(self) -> None:
        self._writing = True
        self._idle.clear()
        self._ids, self._next_ids = self._next_ids, []
        self._waiting, self._next_waiting = self._next_waiting, []
        group, self._next = self._next, []
        self._work.put(group)

    def _done(self, size: int, error: Exception | None) -> None:
        """In the loop, after a group: tells those who wait and starts the next."""
        self.pending_bytes -= size
        self.is_failing = error is not None
        if error is None:
            _tell(self._waiting, None)
        else:
            self._give_up(error)
        self._ids, self._waiting = [], []
        if self._next_waiting:
            self._start()
        else:
            self._writing = False
            self._idle.set()

    def _give_up(self, error: Exception) -> None:
        # The group that waits fails as well: it may hold second copies of what was just lost.
        # Ids are forgotten before anybody can ask again.
        _log.error("Events cannot be written: %s", error)
        self._forget(self._ids)
        self._forget(self._next_ids)
        waiting = [*self._waiting, *self._next_waiting]
        self.pending_bytes = 0
        self._next, self._next_ids, self._next_waiting = [], [], []
        _tell(waiting, Busy("The events cannot be written now.", fix="Send them again later."))

    def _write(self, buffer: Buffer) -> None:
        """The thread: writes groups; rolls the file when it is due, also when nothing arrives."""
        while (group := _taken(self._work, buffer.due_in())) is not None:
            size = sum(map(len, group))
            error: Exception | None = None
            try:
                if size:
                    buffer.append(b"".join(group))
                    buffer.sync()
            except Exception as failed:  # whatever it is, those who wait are told
                error = failed
            if group:
                self._loop.call_soon_threadsafe(self._done, size, error)
            _roll_if_due(buffer)
        try:
            buffer.close()
        except OSError as failed:
            _log.error("The buffer could not be closed: %s", failed.strerror)


def _taken(work: SimpleQueue[list[bytes] | None], seconds: float | None) -> list[bytes] | None:
    """The next group, nothing after so many seconds; without an open file there is no hurry."""
    try:
        return work.get(timeout=None if seconds is None else max(seconds, _LEAST_SECONDS))
    except Empty:
        return []


def _roll_if_due(buffer: Buffer) -> None:
    try:
        if buffer.due_in() == 0:
            buffer.roll()
    except OSError as failed:
        _log.error("The buffer could not be handed over: %s", failed.strerror)


def _tell(waiting: list[asyncio.Future[None]], problem: Problem | None) -> None:
    for each in waiting:
        if each.done():
            continue
        if problem is None:
            each.set_result(None)
        else:
            each.set_exception(problem)
