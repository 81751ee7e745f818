"""What is remembered for a while and bounded: requests by address, ids already taken."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_ADDRESSES = 50_000
_MOST_IDS = 50_000


class Pace:
    """A bucket of tokens for each address, under its salted name; `rate` 0 is no limit.

    Holds at most 50,000 addresses: full buckets are forgotten first, then the oldest.
    """

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self._buckets: dict[bytes, tuple[float, float]] = {}

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._buckets)

    def wait(self, name: bytes, now: float) -> float:
        """Seconds until the address may send again; 0 when it may send now."""
        if not self.rate:
            return 0.0
        left = self._left(name, now)
        return 0.0 if left >= 1 else (1 - left) / self.rate

    def take(self, name: bytes, now: float, count: int) -> None:
        """Takes tokens; a batch may take more than there are, and the next waits the longer."""
        if not self.rate:
            return
        left = self._left(name, now)
        if name not in self._buckets and len(self._buckets) >= _MOST_ADDRESSES:
            self._make_room(now)
        self._buckets[name] = (left - count, now)

    def forget(self) -> None:
        """Forgets all addresses, as their names change with the salt."""
        self._buckets.clear()

    def _left(self, name: bytes, now: float) -> float:
        tokens, at = self._buckets.get(name, (self.burst, now))
        return min(self.burst, tokens + (now - at) * self.rate)

    def _make_room(self, now: float) -> None:
        full = [name for name in self._buckets if self._left(name, now) >= self.burst]
        for name in full or list(self._buckets)[: _MOST_ADDRESSES // 2]:
            del self._buckets[name]


class Recent:
    """The last 50,000 to 100,000 ids taken, so that an event sent twice is written once."""

    def __init__(self, most: int = _MOST_IDS) -> None:
        self._most = most
        self._new: set[str] = set()
        self._old: set[str] = set()

    def __len__(self) -> int:
        """How many ids are remembered."""
        return len(self._new) + len(self._old)

    def is_new(self, name: str) -> bool:
        """Whether it was not seen lately; it is from now on."""
        if name in self._new or name in self._old:
            return False
        if len(self._new) >= self._most:
            self._old, self._new = self._new, set()
        self._new.add(name)
        return True

    def forget(self, names: Iterable[str]) -> None:
        """Forgets ids whose events could not be kept, so that they may be sent again."""
        self._new.difference_update(names)
        self._old.difference_update(names)
