"""Whether a request comes from Twilio: signed with the token of the account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence


def signature(token: str, url: str, fields: Sequence[tuple[str, str]]) -> str:
    """What Twilio writes into X-Twilio-Signature: HMAC-SHA1 over the address as it was called and
    each field of the form with its value, by name.
    """
    said = url + "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    signed = hmac.new(token.encode(), said.encode(), hashlib.sha1)
    return base64.b64encode(signed.digest()).decode()


def is_from_twilio(token: str, url: str, fields: Sequence[tuple[str, str]], given: str) -> bool:
    """Whether the form was signed with this token; never without a token."""
    if not token or not given.isascii():
        return False
    return hmac.compare_digest(signature(token, url, fields), given)
