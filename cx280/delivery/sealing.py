"""Encrypts what may only be kept encrypted: addresses and the secrets persons are known under.

Fernet (AES-128 in CBC with HMAC-SHA256) under a key that follows from the system's secret key, so
that a copy of the database alone reads nothing. After a change of the secret key the former ones,
in SECRET_KEY_FALLBACKS, still open what they sealed.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cx280.kernel.problem import Problem


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


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(each)) for each in keys])


def _derived(secret: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cx280.delivery.sealing")
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
