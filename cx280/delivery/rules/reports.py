"""Reads what mail systems say of a message: it came back (RFC 3464), or is unwanted (RFC 5965).

Such reports are mail themselves. Anybody can send one, so it only counts when it names a message of
ours by its random key; and nothing else in it is kept.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import Message
from typing import Literal, NamedTuple

from cx280.circular.implements import implements

LARGEST = 1_000_000
_KEY = re.compile(r"<([0-9a-f]{32})(?:\.r)?@")


class Report(NamedTuple):
    """What happened to the message with that key."""

    kind: Literal["bounced", "complained"]
    key: str


@implements("280.10-k4")
def read_report(raw: bytes) -> Report | None:
    """The report in a message; None for any other mail, and for a mere delay.

    A copy that came back in full, or its header alone, names the message.
    """
    # Headers as they are written: the newer policy parses them, and breaks on broken ones.
    message = message_from_bytes(raw[:LARGEST], policy=policy.compat32)
    kind = _kind(message)
    key = _key(message)
    return Report(kind, key) if kind and key else None


def _kind(message: Message) -> Literal["bounced", "complained", ""]:
    if message.get_content_type() != "multipart/report":
        return ""
    parts = {each.get_content_type(): each for each in message.walk()}
    if "message/feedback-report" in parts:
        return "complained"
    status = parts.get("message/delivery-status")
    if status is None:
        return ""
    said = [each for each in status.walk() if each.get("Action")]
    failed = any(str(each["Action"]).strip().lower() == "failed" for each in said)
    return "bounced" if failed else ""


def _key(message: Message) -> str:
    """The key of our message in the part that gives it back."""
    for part in message.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            found = _KEY.search(_written(part))
            if found:
                return found[1]
    return ""


def _written(part: Message) -> str:
    """The returned message as text, its header first."""
    if part.get_content_type() == "text/rfc822-headers":
        return str(part.get_payload())
    inside = part.get_payload()
    first = inside[0] if isinstance(inside, list) and inside else None
    return f"{first.get('Message-ID', '')}" if isinstance(first, Message) else ""


def key_of(name: str) -> str:
    """The key inside a Message-ID such as `<0f…@agency.gov>`, or a name given to a provider; of a
    reminder as well.
    """
    key = name.strip().strip("<>").partition("@")[0]
    return key.removesuffix(".r").removesuffix("r")[:32]
