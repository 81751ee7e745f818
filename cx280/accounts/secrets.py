"""Tokens for links and keys: long, random, and kept only as a digest."""

import hashlib
import secrets

# Says what it is when it turns up where it should not; secret scanners look for such starts.
KEY_START = "cx280_"


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """SHA-256 in hexadecimal. Without salt: a random token cannot be guessed from a table."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
