"""Signs what is posted, by the convention of Standard Webhooks, which many libraries verify."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets as random
from collections.abc import Sequence
from datetime import datetime

from cx280.kernel.problem import Unusable

_PREFIX = "whsec_"
_MOST = 2  # the new secret and, while it is being changed, the old one


def new_secret() -> str:
    """A secret for one address, to be handed to its receiver."""
    return f"{_PREFIX}{base64.b64encode(random.token_bytes(32)).decode()}"


def headers_of(secrets: Sequence[str], delivery: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers that a receiver verifies. A repetition has the same id and a new time.

    secrets: newest first; with two, whoever still has the old one can verify as well. Raises
    Unusable without a secret, or with one that is none.
    """
    if not secrets:
        raise Unusable("This address has no secret to sign with.", fix="Make one for it.")
    identity, at = f"msg_{delivery}", int(now.timestamp())
    signed = f"{identity}.{at}.".encode() + body
    signatures = [f"v1,{_signature(_key(each), signed)}" for each in secrets[:_MOST]]
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if len(key) < 24:
        raise Unusable("The secret of this address is damaged.", fix="Make a new one for it.")
    return key
