"""Signs what is posted, by the convention of Standard Webhooks, which many libraries verify."""

from __future__ import annotations

import base64
import secrets as random
from collections.abc import Sequence
from datetime import datetime

from cx280.delivery.rules.signatures import PREFIX, key_of, standard_signature
from cx280.kernel.problem import Unusable

_MOST = 2  # the new secret and, while it is being changed, the old one


def new_secret() -> str:
    """A secret for one address, to be handed to its receiver."""
    return f"{PREFIX}{base64.b64encode(random.token_bytes(32)).decode()}"


def headers_of(secrets: Sequence[str], delivery: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers that a receiver verifies. A repetition has the same id and a new time.

    secrets: newest first; with two, whoever still has the old one can verify as well. Raises
    Unusable without a secret, or with one that is none.
    """
    if not secrets:
        raise Unusable("This address has no secret to sign with.", fix="Make one for it.")
    identity, at = f"msg_{delivery}", int(now.timestamp())
    signatures = [
        standard_signature(key_of(each), identity, str(at), body) for each in secrets[:_MOST]
    ]
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }
