"""Counts answers by address in memory, so that a flood can be told from an office.

No address is kept or written anywhere: only a keyed digest of it, under a random key that lives in
this process and is thrown away every day with everything counted under it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
import time

from cx280.responses.rules.pace import Bucket, Pace, is_full, one_more

_DAY = 24 * 60 * 60
_MOST = 100_000  # addresses remembered at once; some 20 MB


class Addresses:
    """How many answers came from each address lately; shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: dict[bytes, Bucket] = {}
        self._key = secrets.token_bytes(32)
        self._key_made_at = time.monotonic()

    def one_more(self, address: str, survey: str) -> Pace:
        """What to do with one more answer to the survey from the address."""
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            name = self._name(address, survey)
            bucket, pace = one_more(self._buckets.get(name, Bucket(at=now)), now)
            self._buckets[name] = bucket
        return pace

    def _name(self, address: str, survey: str) -> bytes:
        return hashlib.blake2b(
            f"{network(address)} {survey}".encode(), key=self._key, digest_size=16
        ).digest()

    def _forget(self, now: float) -> None:
        if now - self._key_made_at > _DAY:
            self._buckets.clear()
            self._key, self._key_made_at = secrets.token_bytes(32), now
        if len(self._buckets) >= _MOST:
            quiet = [name for name, each in self._buckets.items() if is_full(each, now)]
            for name in quiet or list(self._buckets)[: _MOST // 2]:
                del self._buckets[name]


def network(address: str) -> str:
    """The address, or its /64 for IPv6: one customer holds that many addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


addresses = Addresses()
