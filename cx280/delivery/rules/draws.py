"""Numbers that look random and can be drawn again: a keyed hash of what they are for.

Not Python's generator: its state depends on the order of calls, so nobody could check later why
one interaction was drawn and another was not.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import lru_cache

_BITS = 53  # what a float holds exactly


def draw(seed: str, about: str) -> float:
    """A number in [0, 1), the same for the same seed and text on every machine and in any year."""
    found = hashlib.blake2b(about.encode(), key=_key(seed), digest_size=8).digest()
    return (int.from_bytes(found, "big") >> (64 - _BITS)) / (1 << _BITS)


@lru_cache(maxsize=1024)
def _key(seed: str) -> bytes:
    return hashlib.blake2b(seed.encode(), digest_size=32).digest()


def exact(number: float | str | Fraction) -> Fraction:
    """A rate as the fraction that was written: 0.1 is one in ten, not what a float makes of it."""
    return number if isinstance(number, Fraction) else Fraction(str(number))
