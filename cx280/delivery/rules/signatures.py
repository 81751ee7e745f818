"""Who a request comes from: signed as Twilio does, or by the convention of Standard Webhooks."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cx280.delivery.rules.vocabulary import HookVerdict
from cx280.kernel.problem import Unusable

PREFIX = "whsec_"
# How far the clocks of two systems may differ, as the convention proposes.
TOLERANCE = timedelta(minutes=5)
_LEAST_KEY = 24


def key_of(secret: str) -> bytes:
    """The key in a secret like `whsec_MfKQ…`; raises Unusable for what is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < _LEAST_KEY:
        raise Unusable("The secret of this address is damaged.", fix="Make a new one for it.")
    return key


def standard_signature(key: bytes, identity: str, timestamp: str, body: bytes) -> str:
    """`v1,…` over the id, the time and the body."""
    signed = f"{identity}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


class Sender(NamedTuple):
    """What the signature says: whether to take the request, its id, and when it was signed."""

    verdict: HookVerdict
    identity: str = ""
    at: str = ""


def standard_sender(
    secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: datetime
) -> Sender:
    """Who signed a request by Standard Webhooks: TAKEN, UNSIGNED, or OLD (signed, not now).

    headers: named in any case. A time ahead of ours by more than the tolerance is OLD, too.
    """
    given = {name.lower(): value for name, value in headers.items()}
    identity, at = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    said = given.get("webhook-signature", "").split(" ")[:10]
    if not identity or not at.isascii() or not at.isdigit() or len(at) > 12:
        return Sender(HookVerdict.UNSIGNED)
    if not any(
        hmac.compare_digest(standard_signature(key_of(secret), identity, at, body), each)
        for secret in secrets
        for each in said
        if each.isascii()
    ):
        return Sender(HookVerdict.UNSIGNED)
    is_old = abs(now.timestamp() - int(at)) > TOLERANCE.total_seconds()
    return Sender(HookVerdict.OLD if is_old else HookVerdict.TAKEN, identity, at)


def twilio_signature(token: str, url: str, fields: Sequence[tuple[str, str]]) -> str:
    """What Twilio writes into X-Twilio-Signature: the address as it was called, then each field
    of the form, by name.
    """
    said = url + "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    signed = hmac.new(token.encode(), said.encode(), hashlib.sha1)
    return base64.b64encode(signed.digest()).decode()


def is_from_twilio(token: str, url: str, fields: Sequence[tuple[str, str]], signature: str) -> bool:
    """Whether the form was signed with the account's token."""
    if not token or not signature.isascii():
        return False
    return hmac.compare_digest(twilio_signature(token, url, fields), signature)


def digest_of(*parts: str) -> str:
    """40 hexadecimal digits by which the same request is known again."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]
