"""Counts refused requests by network in memory, so that a flood of them writes nothing.

A request that is signed is never counted here, so nobody can keep a provider out. What is counted
is gone after a minute.
"""

from __future__ import annotations

import threading
import time

MOST_A_MINUTE = 30
_MOST_KNOWN = 10_000


class Refusals:
    """The refusals of the running minute; shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[str, int] = {}

    def is_flood(self, network: str) -> bool:
        """Whether one more refusal is too many from there; also when too many come at once."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            if network not in self._counts and len(self._counts) >= _MOST_KNOWN:
                return True
            self._counts[network] = self._counts.get(network, 0) + 1
            return self._counts[network] > MOST_A_MINUTE

    def forget(self) -> None:
        """As if nothing had come yet."""
        with self._lock:
            self._counts = {}


refusals = Refusals()
