"""Encrypts what may only be kept encrypted: addresses, what opens or signs, secrets of persons.

Fernet (AES-128 in CBC with HMAC-SHA256) under a key that follows from the system's secret key, so
that a copy of the database alone reads nothing. After a change of the secret key the former ones,
in SECRET_KEY_FALLBACKS, still open what they sealed.
"""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cx280.kernel.problem import Problem

# One key for each purpose; changed, they open nothing that was sealed before.
_SEALING = b"cx280.delivery.sealing"
_HASHING = b"cx280.delivery.hashing"


class CannotOpen(Problem):
    """Something was encrypted under a key this system does not have."""

    status = 500


def sealed(text: str) -> str:
    """The text, to be read again by `opened` only."""
    return _fernet(_keys()).encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """The text that was sealed; raises CannotOpen under a strange key."""
    try:
        return _fernet(_keys()).decrypt(token.encode()).decode()
    except InvalidToken:
        raise CannotOpen(
            "What was encrypted cannot be read with the secret key of this system.",
            fix="Set CX280_SECRET_KEY to the key it was kept under.",
        ) from None


def hashed(text: str) -> str:
    """64 letters that are the same for the same text, and tell nothing else without the key.

    For knowing again what is sealed: sealed twice, a text looks different each time.
    """
    return hashes(text)[0]


def hashes(text: str) -> tuple[str, ...]:
    """The same under each key that something may have been hashed under, newest first."""
    return tuple(hmac.digest(_derived(each, _HASHING), text.encode(), "sha256").hex()
                 for each in _keys())  # fmt: skip


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(each, _SEALING))) for each in keys]
    )


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
